//! The developer commands: `cargo xtask help` names them.
//!
//! This is the first thing that runs on a bare machine, so it depends on next to nothing.

#[cfg(not(unix))]
compile_error!("the developer commands need Linux or macOS; on Windows, run them in WSL");

mod args;
mod bench;
mod command;
mod developer;
mod disk;
mod error;
mod faults;
mod form;
mod fuzz;
mod inline_script;
mod lock;
mod lockfile;
mod package;
mod playwright;
mod progress;
mod project;
#[cfg(test)]
mod scratch;
mod serve;
mod servers;
mod setup;
mod site;
mod stamp;
mod stop;
mod test;

use std::process::ExitCode;

use args::Command;
use error::{Error, Result};
use progress::{note, say};
use project::Project;
use setup::Setup;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let command = match args::parse(&arguments) {
        Ok(command) => command,
        Err(why) => {
            note(format_args!("xtask: {why}\n\n{}", args::USAGE));
            return ExitCode::from(2);
        }
    };
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note(format_args!("xtask: {error}"));
            if let Some(advice) = Project::find().ok().as_ref().and_then(disk::advice) {
                note(format_args!("xtask: {advice}"));
            }
            ExitCode::from(if stop::requested() { 130 } else { 1 })
        }
    }
}

fn run(command: &Command) -> Result<()> {
    stop::listen().map_err(|error| Error::new("listening for Ctrl-C", error))?;
    match command {
        Command::Help => say(args::USAGE.trim_end()),
        Command::ListSteps => test::list(),
        Command::Bench(what) => bench::run(&Project::find()?, *what)?,
        Command::Build => build()?,
        Command::Faults(campaign) => faults::run(&Project::find()?, *campaign)?,
        Command::Fuzz { target, runs } => {
            fuzz::run(&Project::find()?, target.as_deref(), *runs)?;
        }
        Command::Screenshots => playwright::screenshots(&Project::find()?)?,
        Command::Serve { port } => serve::run(&Project::find()?, *port)?,
        Command::Test { steps } => test::run(&Project::find()?, steps)?,
    }
    Ok(())
}

fn build() -> Result<()> {
    let project = Project::find()?;
    let setup = Setup::new(&project);
    let (package, site) = form::build(&setup)?;
    say(format_args!("package: {}\npage: {}", package.display(), site.display()));
    Ok(())
}
