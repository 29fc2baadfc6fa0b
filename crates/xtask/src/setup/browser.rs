//! A browser for the tests, the driver that steers it, and letters for Chinese text.

use std::env;
use std::path::{Path, PathBuf};

use super::apt;
use crate::error::{Error, Result};
use crate::project::Project;

const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MACOS_BROWSERS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const FONTS: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/// Chromium or Chrome.
pub(crate) fn chromium(project: &Project) -> Result<PathBuf> {
    let find = || {
        named("HAVENASK_CHROMIUM")
            .or_else(|| BROWSERS.iter().find_map(|name| project.which(name)))
            .or_else(|| MACOS_BROWSERS.iter().map(PathBuf::from).find(|file| file.exists()))
    };
    find_or_install(project, "Chromium", &["chromium"], "HAVENASK_CHROMIUM", find)
}

/// The driver of that browser.
pub(crate) fn chromedriver(project: &Project) -> Result<PathBuf> {
    let find = || named("CHROMEDRIVER").or_else(|| project.which("chromedriver"));
    find_or_install(project, "ChromeDriver", &["chromium-driver"], "CHROMEDRIVER", find)
}

/// Chinese letters, without which a screenshot shows boxes. Other systems bring their own.
pub(crate) fn fonts(project: &Project) -> Result<()> {
    let debian = Path::new("/etc/debian_version").exists();
    if !debian || Path::new(FONTS).exists() {
        return Ok(());
    }
    apt::install(project, "Chinese fonts", &["fonts-noto-cjk"])
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|file| file.is_file())
}

fn find_or_install(
    project: &Project,
    what: &str,
    packages: &[&str],
    variable: &str,
    find: impl Fn() -> Option<PathBuf>,
) -> Result<PathBuf> {
    let hint = || format!("install {what} and set {variable} to its path if it is not on PATH");
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(project, what, packages).map_err(|error| error.hint(hint()))?;
    find().ok_or_else(|| Error::new(format!("looking for {what}"), "it is not there").hint(hint()))
}
