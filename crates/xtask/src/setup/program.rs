//! Programs of the system: the one that a variable names, or the one on PATH, or the one that apt-get installs.

use std::env;
use std::path::PathBuf;

use super::apt;
use crate::error::{Result, TaskError};
use crate::project::Project;

/// The program that an environment variable names, if it is there.
pub(crate) fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|file| file.is_file())
}

/// Finds a program, after installing packages if need be.
pub(crate) fn find_or_install(
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
    find().ok_or_else(|| {
        TaskError::new(format!("looking for {what}"), "it is not there").hint(hint())
    })
}
