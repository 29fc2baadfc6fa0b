//! The page in a browser, with the proxy and the emulator behind it: its tests, and its pictures.

use crate::command::Task;
use crate::error::Result;
use crate::form;
use crate::progress::say;
use crate::project::Project;
use crate::setup::Setup;

/// All specs of `tests/browser`, with everything that they need.
pub(crate) fn test(setup: &Setup<'_>) -> Result<Task> {
    setup.test_packages()?;
    let chromium = setup.browser()?.chromium;
    let python = setup.python()?;
    let task = setup.project.task("playwright", "npx").args(["--no-install", "playwright", "test"]);
    let task = task.dir(&setup.project.root.join("tests/browser"));
    let task = form::with_all(setup, task)?;
    Ok(task.env("HAVENASK_CHROMIUM", chromium).env("HAVENASK_PYTHON", python))
}

/// Writes `docs/screenshots/` anew.
pub(crate) fn screenshots(project: &Project) -> Result<()> {
    let folder = project.root.join("docs/screenshots");
    let task = test(&Setup::new(project))?.arg("screenshots");
    task.env("HAVENASK_SCREENSHOTS", &folder).run()?;
    say(format_args!("pictures: {}", folder.display()));
    Ok(())
}
