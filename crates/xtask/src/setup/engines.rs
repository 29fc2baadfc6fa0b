//! The other two browser engines: Firefox, and `WebKit` with the driver and the screen that it needs.

use std::fs;
use std::path::{Path, PathBuf};

use super::program::{find_or_install, named};
use crate::error::Result;
use crate::project::Project;

const FIREFOXES: [&str; 2] = ["firefox-esr", "firefox"];
/// The folder of a library of Debian: its browser lies two folders below, beside no program of PATH.
const LIBRARIES: &str = "/usr/lib";
const WEBKITS: [&str; 3] = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];

/// The programs that the tests of the engines run.
#[derive(Clone, Debug)]
pub(crate) struct Engines {
    /// Firefox.
    pub(crate) firefox: PathBuf,
    /// `WebKitWebDriver`, a server of the protocol `WebDriver`.
    pub(crate) webkit_driver: PathBuf,
    /// The small browser that `WebKitGTK` brings.
    pub(crate) minibrowser: PathBuf,
}

/// Finds or installs all of them.
pub(crate) fn find(project: &Project) -> Result<Engines> {
    let firefox = || {
        named("HAVENASK_FIREFOX").or_else(|| FIREFOXES.iter().find_map(|name| project.which(name)))
    };
    let driver = || named("HAVENASK_WEBKIT_DRIVER").or_else(|| project.which("WebKitWebDriver"));
    let browser = || named("HAVENASK_MINIBROWSER").or_else(|| minibrowser(Path::new(LIBRARIES)));
    let webkit = ["webkit2gtk-driver"];
    let firefox =
        find_or_install(project, "Firefox", &["firefox-esr"], "HAVENASK_FIREFOX", firefox)?;
    let webkit_driver =
        find_or_install(project, "WebKit", &webkit, "HAVENASK_WEBKIT_DRIVER", driver)?;
    let minibrowser =
        find_or_install(project, "MiniBrowser", &webkit, "HAVENASK_MINIBROWSER", browser)?;
    let xvfb = || project.which("Xvfb");
    find_or_install(project, "a screen for WebKit", &["xvfb"], "PATH", xvfb)?;
    Ok(Engines { firefox, webkit_driver, minibrowser })
}

fn minibrowser(libraries: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(libraries).ok()?.flatten().map(|entry| entry.path());
    let mut files = folders
        .flat_map(|folder| WEBKITS.map(|name| folder.join(name).join("MiniBrowser")))
        .filter(|file| file.is_file());
    files.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp_dir::TempDir;

    #[test]
    fn finds_the_browser_of_whatever_machine() {
        let temp_dir = TempDir::new("engines");
        assert_eq!(minibrowser(temp_dir.path()), None);
        let folder = temp_dir.path().join("riscv64-linux-gnu/webkit2gtk-4.1");
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(minibrowser(temp_dir.path()), None);
        fs::write(folder.join("MiniBrowser"), "").unwrap();
        assert_eq!(minibrowser(temp_dir.path()), Some(folder.join("MiniBrowser")));
    }
}
