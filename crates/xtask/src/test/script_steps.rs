//! Steps that run Node, Playwright or pytest.

use std::path::{Path, PathBuf};

use super::step::{StepResult, passed};
use crate::command::Task;
use crate::error::{Context, Result, TaskError};
use crate::servers::{self, Profile};
use crate::setup::Setup;
use crate::{npm_form, package, playwright};

/// Task of the step `package`.
pub(crate) fn package_tests(setup: &Setup<'_>, filter: Option<&str>) -> Result<Task> {
    setup.test_packages()?;
    let task = node_test(setup, "tests/package", filter, &[])?;
    Ok(task.env("HAVENASK_NPM", npm_form::build(setup)?.0))
}

pub(super) fn package(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    passed(package_tests(setup, filter)?)
}

pub(super) fn consumers(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    setup.consumers()?;
    let chromium = setup.browser()?.chromium;
    let task = node_test(setup, "tests/package/consumers", filter, &[])?;
    passed(task.env("HAVENASK_NPM", npm_form::build(setup)?.0).env("HAVENASK_CHROMIUM", chromium))
}

pub(super) fn examples(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    setup.consumers()?;
    let chromium = setup.browser()?.chromium;
    let example = setup.project.cargo("compiling the example of the core");
    example.args(["build", "--package", "havenask-core", "--example", "buy"]).run()?;
    let task = npm_form::with_all(setup, node_test(setup, "tests/examples", filter, &[])?)?;
    passed(task.env("HAVENASK_CHROMIUM", chromium))
}

/// Task of the step `sdk`.
pub(crate) fn sdk_tests(setup: &Setup<'_>, filter: Option<&str>) -> Result<Task> {
    setup.test_packages()?;
    setup.curl()?;
    let python = setup.python()?;
    let binaries = servers::build(setup.project, Profile::Dev)?;
    let package = package::build(setup)?;
    let task = setup
        .project
        .task("pytest", python)
        .args(["-m", "pytest", "tests/sdk"])
        .args(pytest_filter(filter));
    let task = task.env("HAVENASK_NPM", package).env("HAVENASK_OLD_PYTHON", setup.old_python()?);
    Ok(task.env("HAVENASK_EMULATOR", binaries.emulator).env("HAVENASK_PROXY", binaries.proxy))
}

pub(super) fn sdk(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    passed(sdk_tests(setup, filter)?)
}

pub(super) fn openapi(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    let python = setup.schemathesis()?;
    let binaries = servers::build(setup.project, Profile::Dev)?;
    let task = setup
        .project
        .task("pytest", python)
        .args(["-m", "pytest", "tests/openapi"])
        .args(pytest_filter(filter));
    passed(task.env("HAVENASK_EMULATOR", binaries.emulator).env("HAVENASK_PROXY", binaries.proxy))
}

pub(super) fn browser(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    passed(playwright::test(setup, filter)?)
}

pub(super) fn engines(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    setup.test_packages()?;
    let (browser, engines) = (setup.browser()?, setup.engines()?);
    // A browser that does not start keeps nobody waiting.
    let task = node_test(setup, "tests/engines", filter, &["--test-force-exit"])?;
    let task = npm_form::with_all(setup, task)?;
    let task = task.env("HAVENASK_CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.driver);
    let task = task.env("HAVENASK_FIREFOX", engines.firefox);
    let task = task.env("HAVENASK_WEBKIT_DRIVER", engines.webkit_driver);
    passed(task.env("HAVENASK_MINIBROWSER", engines.minibrowser))
}

/// Runs the files `*.test.mjs` of a folder whose name contains the filter or, if there is none, the tests whose name contains it.
fn node_test(
    setup: &Setup<'_>,
    folder: &str,
    filter: Option<&str>,
    options: &[&str],
) -> Result<Task> {
    let files = test_files(&setup.project.root.join(folder))?;
    if files.is_empty() {
        return Err(TaskError::new("node --test", format!("{folder} has no file *.test.mjs")));
    }
    let task = setup
        .project
        .task("node --test", "node")
        .args(["--test", "--test-reporter=spec"])
        .args(options);
    let Some(filter) = filter else { return Ok(task.args(files)) };
    let name =
        |file: &&PathBuf| file.file_name().is_some_and(|it| it.to_string_lossy().contains(filter));
    let named: Vec<_> = files.iter().filter(name).collect();
    if named.is_empty() {
        return Ok(task.arg(format!("--test-name-pattern={filter}")).args(files));
    }
    Ok(task.args(named))
}

fn pytest_filter(filter: Option<&str>) -> impl Iterator<Item = &str> {
    filter.into_iter().flat_map(|filter| ["-k", filter])
}

/// Test files of a folder; older versions of Node have no patterns.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = folder.read_dir().context(|| format!("reading {}", folder.display()))?;
    let files = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<_> =
        files.filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_test_files_in_order() {
        let temp_dir = crate::temp_dir::TempDir::new("test-files");
        for name in ["b.test.mjs", "a.test.mjs", "helper.mjs"] {
            std::fs::write(temp_dir.path().join(name), "").unwrap();
        }
        let files = test_files(temp_dir.path()).unwrap();
        let names: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
        assert_eq!(names, ["a.test.mjs", "b.test.mjs"]);
    }
}
