//! Pythons of our own, for the tests that speak to us through packages of others.

use std::fs;
use std::path::PathBuf;

use super::apt;
use crate::command::Task;
use crate::error::{Context, Result};
use crate::freshness;
use crate::progress;
use crate::project::Project;

/// The SDK of today, and what the tests need beside it.
pub(crate) const TODAY: &str = "tests/sdk/requirements.txt";
/// The last SDK with the older runtime.
pub(crate) const OLD: &str = "tests/sdk/requirements-5.2.3.txt";
/// Schemathesis, which sends the proxy all that its OpenAPI document allows.
pub(crate) const SCHEMATHESIS: &str = "tests/openapi/requirements.txt";

/// The Python of a virtual environment, which is made again when its requirements are newer.
pub(crate) fn of(project: &Project, requirements: &str, folder: &str) -> Result<PathBuf> {
    let what = format!("pip install -r {requirements}");
    let requirements = project.root.join(requirements);
    let folder = project.target.join(folder);
    let python = folder.join("bin/python");
    let ready = folder.join(".ready");
    if freshness::is_as_new_as(&ready, &requirements) && python.exists() {
        return Ok(python);
    }
    if project.which("python3").is_none() {
        apt::install(project, "Python 3", &["python3", "python3-venv"])?;
    }
    progress::step(&what, || {
        // Debian leaves part of the module out of its own Python until it is asked for.
        environment(project, &folder).quiet().or_else(|_| {
            apt::install(project, "the venv module of Python", &["python3-venv"])?;
            environment(project, &folder).quiet()
        })?;
        project
            .task(what.as_str(), &python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
            .arg(&requirements)
            .hint("the network or a proxy may be in the way; see `pip config list`")
            .quiet()?;
        fs::write(&ready, "").context(|| format!("writing {}", ready.display()))
    })?;
    Ok(python)
}

fn environment(project: &Project, folder: &std::path::Path) -> Task {
    let task = project.task("making a virtual environment of Python", "python3");
    task.args(["-m", "venv", "--clear"]).arg(folder).hint("install Python's venv module")
}
