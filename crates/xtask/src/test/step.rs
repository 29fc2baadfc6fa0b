//! Steps of `cargo xtask test`, and their results.

use crate::command::Task;
use crate::error::Result;
use crate::setup::Setup;

/// A step.
#[derive(Debug)]
pub(crate) struct TestStep {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Paths without which there is nothing to do.
    pub(crate) needs: &'static [&'static str],
    pub(crate) action: StepAction,
}

/// Function that runs a step.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StepAction {
    /// Runs everything.
    Whole(fn(&Setup<'_>) -> Result<StepResult>),
    /// Runs everything, or the tests whose file or name contains a text.
    Filtered(fn(&Setup<'_>, Option<&str>) -> Result<StepResult>),
}

/// Result of a step that did not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StepResult {
    Passed,
    /// Passed, with a remark.
    PassedBut(String),
    /// Skipped, for this reason.
    Skipped(String),
}

/// Runs a task whose success is that of the step.
pub(crate) fn passed(task: Task) -> Result<StepResult> {
    task.run().map(|()| StepResult::Passed)
}
