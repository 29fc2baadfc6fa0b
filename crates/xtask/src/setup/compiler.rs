//! A compiler for C++, of which libFuzzer is made.

use std::path::PathBuf;

use super::program::{find_or_install, named};
use crate::error::Result;
use crate::project::Project;

/// The one that CXX names, or the one of the system.
pub(crate) fn cpp(project: &Project) -> Result<PathBuf> {
    let find = || named("CXX").or_else(|| project.which("c++"));
    find_or_install(project, "a C++ compiler", &["g++"], "CXX", find)
}
