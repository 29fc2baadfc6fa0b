//! `cargo xtask bench`: the package beside its peers (`tests/bench`), and the emulator and the proxy beside nginx
//! (`tests/load`).

use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Bench;
use crate::error::{Error, Result};
use crate::package;
use crate::progress::{note, say};
use crate::project::Project;
use crate::servers::{self, Profile};
use crate::setup::Setup;

/// Builds what is measured, and prints a table for each part.
pub(crate) fn run(project: &Project, what: Bench) -> Result<()> {
    let setup = Setup::new(project);
    if what != Bench::Load {
        package(&setup)?;
    }
    if what == Bench::All {
        say("");
    }
    if what != Bench::Package {
        load(&setup)?;
    }
    Ok(())
}

fn load(setup: &Setup<'_>) -> Result<()> {
    let project = setup.project;
    let programs = setup.load()?;
    let servers = servers::build(project, Profile::Release)?;
    let folder = project.target.join("load");
    let clear = || {
        // A failure shows where something is to be written.
        let _ = fs::remove_dir_all(&folder);
    };
    clear();
    note("bench: measuring the load, seven or eight minutes; let the machine do nothing else …");
    let task = project.cargo("the load benchmark");
    let task = task.args(["run", "--quiet", "--release", "--package", "havenask-load", "--"]);
    let task = task.arg("--emulator").arg(servers.emulator).arg("--proxy").arg(servers.proxy);
    let task = task.arg("--nginx").arg(programs.nginx).arg("--wrk").arg(programs.wrk);
    let measured = task.arg("--folder").arg(&folder).run();
    clear();
    measured
}

fn package(setup: &Setup<'_>) -> Result<()> {
    let project = setup.project;
    let npm = package::build(setup)?;
    let native = program(project, &project.target, "")?;
    // Without the processor's own SHA instructions, which WebAssembly does not have either.
    let soft = "--cfg sha2_256_backend=\"soft\"";
    let soft = program(project, &project.target.join("bench-soft"), soft)?;
    setup.bench_packages()?;
    let chromium = setup.browser()?.chromium;
    note("bench: measuring, a minute or two; let the machine do nothing else …");
    let task = project.task("the benchmark", "node").arg("tests/bench/bench.mjs");
    let task = task.env("HAVENASK_NPM", npm).env("HAVENASK_CHROMIUM", chromium);
    task.env("HAVENASK_NATIVE", native).env("HAVENASK_NATIVE_SOFT", soft).run()
}

/// The native benchmark, compiled with these flags.
fn program(project: &Project, target: &Path, flags: &str) -> Result<PathBuf> {
    let task = project.cargo("compiling the native benchmark").env("RUSTFLAGS", flags);
    let task = task.args(["bench", "--package", "havenask-core", "--bench", "sign", "--no-run"]);
    let task = task.args(["--message-format=json", "--target-dir"]).arg(target);
    let messages = task.read()?;
    let executable = |line: &str| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        Some(PathBuf::from(rest.split_once('"')?.0))
    };
    messages.lines().find_map(executable).ok_or_else(|| {
        Error::new("finding the native benchmark", "cargo named no program that it has built")
    })
}
