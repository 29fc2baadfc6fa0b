//! Developer commands: `cargo xtask help` lists them.

#[cfg(not(unix))]
compile_error!("the developer commands need Linux or macOS; on Windows, run them in WSL");

mod args;
mod bench;
mod bless;
mod command;
mod developer_view;
mod disk;
mod error;
mod fault_campaign;
mod freshness;
mod fuzz;
mod hash;
mod lock;
mod lockfile;
mod npm_form;
mod package;
mod page_html;
mod page_module;
mod playwright;
mod process;
mod progress;
mod project;
mod serve;
mod servers;
mod setup;
mod site;
#[cfg(test)]
mod temp_dir;
mod test;
mod wasm_module;

use std::process::ExitCode;

use args::{XtaskArguments, XtaskCommand};
use clap::Parser;
use error::{Result, TaskError};
use fault_campaign::Campaign;
use progress::{note, say};
use project::Project;
use setup::Setup;

fn main() -> ExitCode {
    match run(XtaskArguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note(format_args!("xtask: {error}"));
            if let Some(advice) = Project::find().ok().as_ref().and_then(disk::advice) {
                note(format_args!("xtask: {advice}"));
            }
            ExitCode::from(if process::stop_requested() { 130 } else { 1 })
        }
    }
}

fn run(command: XtaskCommand) -> Result<()> {
    process::listen().map_err(|error| TaskError::new("listening for Ctrl-C", error))?;
    let project = &Project::find()?;
    match command {
        XtaskCommand::Bench { part } => bench::run(project, part),
        XtaskCommand::Bless => bless::run(project),
        XtaskCommand::Build => build(project),
        XtaskCommand::Faults { purchases, seed } => {
            fault_campaign::run(project, Campaign { purchases, seed }).map(drop)
        }
        XtaskCommand::Fuzz { target, runs } => fuzz::run(project, target.as_deref(), runs),
        XtaskCommand::Screenshots => playwright::screenshots(project),
        XtaskCommand::Serve { port, watch: false } => serve::run(project, port),
        XtaskCommand::Serve { port, watch: true } => serve::watch(project, port),
        XtaskCommand::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        XtaskCommand::Test { steps, filter, .. } => test::run(project, &steps, filter.as_deref()),
    }
}

fn build(project: &Project) -> Result<()> {
    let (package, site) = npm_form::build(&Setup::new(project))?;
    say(format_args!("package: {}\npage: {}", package.display(), site.display()));
    Ok(())
}
