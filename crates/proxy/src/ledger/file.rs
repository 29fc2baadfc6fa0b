//! The files of a `SQLite` ledger. One that is deleted or replaced while it is open leaves the proxy with a file that nobody finds
//! again.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// A file, told apart from any other of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId {
    device: u64,
    inode: u64,
}

impl FileId {
    /// The file at a path.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        let found = fs::metadata(path)?;
        Ok(Self { device: found.dev(), inode: found.ino() })
    }

    /// The file at a path, and when it was last written.
    pub(super) fn written_at(path: &Path) -> io::Result<(Self, SystemTime)> {
        Ok((Self::at(path)?, fs::metadata(path)?.modified()?))
    }

    /// The file with what was written last, which `SQLite` keeps beside the other while that is open.
    pub(super) fn of_log(path: &Path) -> Option<Self> {
        let mut log = fs::canonicalize(path).ok()?.into_os_string();
        log.push("-wal");
        Self::at(&PathBuf::from(log)).ok()
    }
}
