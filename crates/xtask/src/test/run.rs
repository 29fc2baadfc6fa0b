//! Running the steps one after the other, with a table at the end.

use std::time::Instant;

use super::report::{ReportRow, table};
use super::step::{StepAction, StepResult, TestStep};
use super::steps;
use crate::disk;
use crate::error::{Result, TaskError};
use crate::process;
use crate::progress::{note, say};
use crate::project::Project;
use crate::setup::Setup;

/// Lists the steps.
pub(crate) fn list() {
    for step in steps::ALL {
        say(format_args!("{:<10} {}", step.name, step.about));
    }
}

/// Runs the named steps, or all. An error means that at least one failed.
pub(crate) fn run(project: &Project, names: &[String], filter: Option<&str>) -> Result<()> {
    let choosing = |why| TaskError::new("choosing the steps", why);
    if let Some(unknown) = names.iter().find(|name| steps::ALL.iter().all(|s| s.name != **name)) {
        return Err(choosing(format!("there is no step `{unknown}`"))
            .hint("name them as `cargo xtask test --list` does"));
    }
    let filtered = |step: &TestStep| matches!(step.action, StepAction::Filtered(_));
    let chosen = |step: &&TestStep| names.is_empty() || names.iter().any(|name| name == step.name);
    if filter.is_some() && !steps::ALL.iter().filter(chosen).all(filtered) {
        let all: Vec<_> = steps::ALL.iter().filter(|it| filtered(it)).map(|it| it.name).collect();
        return Err(choosing("a step takes no filter".to_owned())
            .hint(format!("filter one of {}", all.join(", "))));
    }
    let setup = Setup::new(project);
    let mut rows = Vec::new();
    for step in steps::ALL.iter().filter(chosen) {
        note(format_args!("\n=== {}: {}", step.name, step.about));
        let start = Instant::now();
        let result = if process::stop_requested() {
            Ok(StepResult::Skipped("stopped".into()))
        } else if let Some(missing) = step.needs.iter().find(|path| !project.has(path)) {
            Ok(StepResult::Skipped(format!("there is no {missing}")))
        } else {
            match step.action {
                StepAction::Whole(run) => run(&setup),
                StepAction::Filtered(run) => run(&setup, filter),
            }
        };
        match &result {
            Err(error) => note(format_args!("xtask: {error}")),
            Ok(StepResult::PassedBut(why) | StepResult::Skipped(why)) => note(why),
            Ok(StepResult::Passed) => {}
        }
        rows.push(ReportRow { name: step.name, result, time: start.elapsed() });
    }
    let is_well = rows.iter().all(|row| row.result.is_ok());
    if !is_well && let Some(advice) = disk::advice(project) {
        note(format_args!("xtask: {advice}"));
    }
    say(table(&rows));
    if is_well && !process::stop_requested() {
        return Ok(());
    }
    // The last line of the table is the last line of the output.
    std::process::exit(if process::stop_requested() { 130 } else { 1 })
}
