//! Playwright: tests and screenshots of the page, with the proxy and the emulator.

use crate::command::Task;
use crate::error::Result;
use crate::npm_form;
use crate::progress::say;
use crate::project::Project;
use crate::setup::Setup;

/// Runs the specs of `tests/browser` whose file name contains the filter or, if there is none, the tests whose title contains it.
pub(crate) fn test(setup: &Setup<'_>, filter: Option<&str>) -> Result<Task> {
    setup.test_packages()?;
    let chromium = setup.browser()?.chromium;
    let python = setup.python()?;
    let task = setup.project.task("playwright", "npx").args(["--no-install", "playwright", "test"]);
    let folder = setup.project.root.join("tests/browser");
    let is_file = |filter: &str| {
        let specs = folder.join("specs").read_dir().into_iter().flatten().flatten();
        specs.into_iter().any(|spec| spec.file_name().to_string_lossy().contains(filter))
    };
    let task = match filter {
        None => task,
        Some(filter) if is_file(filter) => task.arg(filter),
        Some(filter) => task.args(["--grep", filter]),
    };
    let task = task.dir(&folder);
    let task = npm_form::with_all(setup, task)?;
    Ok(task.env("HAVENASK_CHROMIUM", chromium).env("HAVENASK_PYTHON", python))
}

/// Writes `docs/screenshots/` anew.
pub(crate) fn screenshots(project: &Project) -> Result<()> {
    let folder = project.root.join("docs/screenshots");
    let task = test(&Setup::new(project), Some("screenshots"))?;
    task.env("HAVENASK_SCREENSHOTS", &folder).run()?;
    say(format_args!("pictures: {}", folder.display()));
    Ok(())
}
