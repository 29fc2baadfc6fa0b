//! `cargo xtask bench`: the table of `tests/bench`, ours beside its peers.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::package;
use crate::progress::note;
use crate::project::Project;
use crate::setup::Setup;

/// Builds what is measured, and prints the table.
pub(crate) fn run(project: &Project) -> Result<()> {
    let setup = Setup::new(project);
    let npm = package::build(&setup)?;
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
