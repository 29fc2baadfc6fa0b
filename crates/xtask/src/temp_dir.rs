//! Temporary directories of unit tests.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// A directory that is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct TempDir(PathBuf);

impl TempDir {
    /// Creates an empty directory. The name keeps tests that run at the same time apart.
    pub(crate) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("havenask-xtask-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
