//! A folder for one unit test, removed after it.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The folder; dropping it removes it.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

/// An empty folder. `name` keeps tests that run at the same time apart.
pub(crate) fn scratch(name: &str) -> Scratch {
    let path = env::temp_dir().join(format!("havenask-xtask-{}-{name}", process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the temporary folder can be written");
    Scratch(path)
}

impl Scratch {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
