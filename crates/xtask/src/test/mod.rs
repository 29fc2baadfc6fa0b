//! `cargo xtask test`: one step after the other, and a table at the end.

mod report;
mod steps;

use std::time::Instant;

use crate::disk;
use crate::error::{Error, Result};
use crate::progress::{note, say};
use crate::project::Project;
use crate::setup::Setup;
use crate::stop;
use report::Row;

/// How a step ended, unless it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Passed,
    /// All is well, and there is something to know.
    PassedBut(String),
    /// It was not run, for this reason.
    Skipped(String),
}

/// Prints the names of the steps.
pub(crate) fn list() {
    for step in steps::ALL {
        say(format_args!("{:<10} {}", step.name, step.about));
    }
}

/// Runs the named steps, or all. An error means that at least one failed.
pub(crate) fn run(project: &Project, names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| steps::ALL.iter().all(|s| s.name != **name)) {
        return Err(Error::new("choosing the steps", format!("there is no step `{unknown}`"))
            .hint("name them as `cargo xtask test --list` does"));
    }
    let setup = Setup::new(project);
    let mut rows = Vec::new();
    for step in steps::ALL {
        if !names.is_empty() && !names.iter().any(|name| name == step.name) {
            continue;
        }
        note(format_args!("\n=== {}: {}", step.name, step.about));
        let start = Instant::now();
        let result = if stop::requested() {
            Ok(Outcome::Skipped("stopped".into()))
        } else if let Some(missing) = step.needs.iter().find(|path| !project.has(path)) {
            Ok(Outcome::Skipped(format!("there is no {missing}")))
        } else {
            (step.run)(&setup)
        };
        match &result {
            Err(error) => note(format_args!("xtask: {error}")),
            Ok(Outcome::PassedBut(why) | Outcome::Skipped(why)) => note(why),
            Ok(Outcome::Passed) => {}
        }
        rows.push(Row { name: step.name, result, time: start.elapsed() });
    }
    let is_well = rows.iter().all(|row| row.result.is_ok());
    if !is_well && let Some(advice) = disk::advice(project) {
        note(format_args!("xtask: {advice}"));
    }
    say(report::table(&rows));
    if is_well && !stop::requested() {
        return Ok(());
    }
    // The table has said it all, and its last line is to be the last one.
    std::process::exit(if stop::requested() { 130 } else { 1 })
}
