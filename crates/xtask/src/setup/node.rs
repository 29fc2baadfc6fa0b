//! Node with npm, and the npm packages of the tests.

use std::path::Path;

use super::{apt, tools};
use crate::error::{Result, TaskError};
use crate::freshness;
use crate::progress;
use crate::project::Project;

/// The oldest Node that the package and its tests run on.
const OLDEST: (u32, u32) = (20, 19);

/// Makes sure that a recent Node and npm are there.
pub(crate) fn node(project: &Project) -> Result<()> {
    if project.which("node").is_none() || project.which("npm").is_none() {
        apt::install(project, "Node and npm", &["nodejs", "npm"])?;
    }
    if is_recent(project)? {
        return Ok(());
    }
    // Debian 12 brings a version that is too old.
    tools::node(project)?;
    if is_recent(project)? {
        return Ok(());
    }
    let (major, minor) = OLDEST;
    Err(TaskError::new("looking for Node", format!("it is older than {major}.{minor}"))
        .hint(format!("install Node {major}.{minor} or later from https://nodejs.org")))
}

fn is_recent(project: &Project) -> Result<bool> {
    let version = project.task("asking Node for its version", "node").arg("--version").read()?;
    Ok(number(&version).is_some_and(|version| version >= OLDEST))
}

fn number(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// The npm packages of a folder, as its lock file has them.
pub(crate) fn packages(project: &Project, folder: &str) -> Result<()> {
    let tests = project.root.join(folder);
    let lock = tests.join("package-lock.json");
    // npm writes this one last.
    let installed = tests.join("node_modules/.package-lock.json");
    if !lock.exists() || freshness::is_as_new_as(&installed, &lock) {
        return Ok(());
    }
    progress::step(&format!("npm packages of {folder}/"), || {
        project
            .task(format!("npm install in {folder}/"), "npm")
            // Not `npm ci`: it refuses a lock file without the packages of platforms that a registry does not have.
            .args(["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"])
            // The tests drive the system's browser.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .dir(&tests)
            .hint("the network or a proxy may be in the way; see `npm config get registry`")
            .quiet()?;
        touch(&installed)
    })
}

/// npm may give the file an earlier time than the lock file has.
fn touch(file: &Path) -> Result<()> {
    let now = std::time::SystemTime::now();
    let set = std::fs::File::open(file).and_then(|open| open.set_modified(now));
    match set {
        // Without a single package there is no such file.
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(TaskError::new(format!("marking {}", file.display()), error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version() {
        assert_eq!(number("v20.9.2"), Some((20, 9)));
        assert!(number("v20.9.2") < Some(OLDEST) && number("v22.1.0") > Some(OLDEST));
        assert_eq!(number("20"), None);
        assert_eq!(number("v"), None);
    }
}
