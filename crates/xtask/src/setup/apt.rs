//! Packages of Debian and its relatives.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use crate::command::Task;
use crate::error::{Result, TaskError};
use crate::progress;
use crate::project::Project;

/// A slow mirror may need this long for a browser.
const LIMIT: Duration = Duration::from_mins(20);

/// Installs packages for `what`, or says which ones a person has to install.
pub(crate) fn install(project: &Project, what: &str, packages: &[&str]) -> Result<()> {
    let failed = |why: &str| TaskError::new(format!("installing {what}"), why);
    if project.which("apt-get").is_none() {
        let hint = format!("install {what} by hand (on Debian: {})", packages.join(" "));
        return Err(failed("this system has no apt-get").hint(hint));
    }
    let by_hand = by_hand(packages);
    let sudo = if is_root() {
        false
    } else if project.task(what, "sudo").args(["-n", "true"]).read().is_ok() {
        true
    } else {
        return Err(failed("it needs root, and there is no sudo without a password").hint(by_hand));
    };
    progress::step(&format!("{what} (apt-get install {})", packages.join(" ")), || {
        let install = || apt(project, what, sudo).args(INSTALL).args(packages).hint(&by_hand);
        // Without lists, or with old ones, the packages are not found.
        install().quiet().or_else(|_| {
            apt(project, what, sudo).arg("update").hint(&by_hand).quiet()?;
            install().quiet()
        })
    })
}

/// `--no-remove`: nothing that a person has chosen goes away for us.
const INSTALL: [&str; 4] = ["install", "-y", "--no-install-recommends", "--no-remove"];

fn apt(project: &Project, what: &str, sudo: bool) -> Task {
    let what = format!("installing {what}");
    let task = if sudo {
        let task = project.task(what, "sudo");
        task.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
    } else {
        project.task(what, "apt-get").env("DEBIAN_FRONTEND", "noninteractive")
    };
    task.args(["-q", "-o", "DPkg::Lock::Timeout=300"]).limit(LIMIT)
}

fn by_hand(packages: &[&str]) -> String {
    format!(
        "run `sudo apt-get update && sudo apt-get install -y --no-install-recommends {}` \
         and try again",
        packages.join(" ")
    )
}

/// Returns true for root.
pub(crate) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_to_run_by_hand_can_be_pasted() {
        assert_eq!(
            by_hand(&["nodejs", "npm"]),
            "run `sudo apt-get update && sudo apt-get install -y --no-install-recommends \
             nodejs npm` and try again"
        );
    }
}
