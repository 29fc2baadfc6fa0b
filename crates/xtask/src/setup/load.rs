//! Programs of the load benchmark: a server to compare with, and a client.

use std::path::PathBuf;

use super::program::{find_or_install, named};
use crate::error::Result;
use crate::project::Project;

/// Path in Debian, which is not on the PATH of a user.
const DEBIAN: &str = "/usr/sbin/nginx";

/// nginx. Where Debian's package is installed for this, it starts its service, which listens on port 80 from then on;
/// the benchmark uses one of its own and leaves that one alone.
pub(crate) fn nginx(project: &Project) -> Result<PathBuf> {
    let find = || {
        named("HAVENASK_NGINX")
            .or_else(|| project.which("nginx"))
            .or_else(|| Some(PathBuf::from(DEBIAN)).filter(|file| file.is_file()))
    };
    find_or_install(project, "nginx", &["nginx"], "HAVENASK_NGINX", find)
}

/// wrk.
pub(crate) fn wrk(project: &Project) -> Result<PathBuf> {
    let find = || named("HAVENASK_WRK").or_else(|| project.which("wrk"));
    find_or_install(project, "wrk", &["wrk"], "HAVENASK_WRK", find)
}
