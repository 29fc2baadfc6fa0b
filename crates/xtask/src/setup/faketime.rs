//! libfaketime, by which the clock of a process is off.

use std::fs;
use std::path::{Path, PathBuf};

use super::apt;
use crate::error::{Result, TaskError};
use crate::project::Project;

/// Path of the library within a folder of libraries.
const LIBRARY: &str = "faketime/libfaketime.so.1";
const FOLDERS: [&str; 2] = ["/usr/lib", "/usr/lib64"];

/// The library, installed where it is missing.
pub(crate) fn library(project: &Project) -> Result<PathBuf> {
    if let Some(library) = find() {
        return Ok(library);
    }
    apt::install(project, "libfaketime", &["libfaketime"])?;
    find().ok_or_else(|| TaskError::new("looking for libfaketime", "it is not there"))
}

fn find() -> Option<PathBuf> {
    let of_machines = fs::read_dir(FOLDERS[0]).ok()?.flatten().map(|entry| entry.path());
    let mut folders = of_machines.chain(FOLDERS.map(|folder| Path::new(folder).to_owned()));
    folders.find_map(|folder| Some(folder.join(LIBRARY)).filter(|library| library.is_file()))
}
