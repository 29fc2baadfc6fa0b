//! Node with npm, and the npm packages of the tests.

use std::path::Path;

use super::apt;
use crate::error::{Error, Result};
use crate::progress;
use crate::project::Project;
use crate::stamp;

/// The oldest Node that wasm-opt and the tests run on.
const OLDEST: u32 = 18;

/// Makes sure that a recent Node and npm are there.
pub(crate) fn node(project: &Project) -> Result<()> {
    if project.which("node").is_none() || project.which("npm").is_none() {
        apt::install(project, &format!("Node {OLDEST} or later and npm"), &["nodejs", "npm"])?;
    }
    let version = project.task("asking Node for its version", "node").arg("--version").read()?;
    match major(&version) {
        Some(major) if major >= OLDEST => Ok(()),
        _ => Err(Error::new("looking for Node", format!("Node {version} is too old"))
            .hint(format!("install Node {OLDEST} or later from https://nodejs.org"))),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The npm packages of tests/, as its lock file has them.
pub(crate) fn test_packages(project: &Project) -> Result<()> {
    let tests = project.root.join("tests");
    let lock = tests.join("package-lock.json");
    // npm writes this one last.
    let installed = tests.join("node_modules/.package-lock.json");
    if !lock.exists() || stamp::is_as_new_as(&installed, &lock) {
        return Ok(());
    }
    progress::step("npm packages of tests/ (npm ci)", || {
        project
            .task("npm ci in tests/", "npm")
            .args(["ci", "--no-fund", "--no-audit", "--loglevel=error"])
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
            Err(Error::new(format!("marking {}", file.display()), error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
        assert_eq!(major("v"), None);
    }
}
