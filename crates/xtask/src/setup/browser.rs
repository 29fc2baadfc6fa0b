//! A browser for the tests, the driver that steers it, and letters for Chinese text.

use std::path::{Path, PathBuf};

use super::apt;
use super::program::{find_or_install, named};
use crate::error::Result;
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
