//! Running the benchmarks: each prints a row per line with its cells separated by tabs, and this joins them to one table.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{machine, table};
use crate::args::BenchPart;
use crate::error::{Context, Result, TaskError};
use crate::progress::{note, say};
use crate::project::Project;
use crate::servers::{self, Profile, local, wait_ready};
use crate::setup::{Browser, Setup};
use crate::{npm_form, package, serve};

/// Document with the table, between two marks.
const DOCUMENT: &str = "docs/benchmarks.md";

/// Builds what is measured, prints the table, and puts it into its document when it is whole.
pub(crate) fn run(project: &Project, part: Option<BenchPart>) -> Result<()> {
    let setup = Setup::new(project);
    let wanted = |wanted| part.is_none_or(|part| part == wanted);
    let mut parts = Vec::new();
    if wanted(BenchPart::Package) {
        parts.extend(["The package".into(), package(&setup)?]);
    }
    if wanted(BenchPart::Page) {
        parts.extend(["The page".into(), page(&setup)?]);
    }
    if wanted(BenchPart::Load) {
        parts.push(load(&setup)?);
    }
    let table = table::of(&parts.join("\n"))?;
    if part.is_none() {
        let file = project.root.join(DOCUMENT);
        let document = fs::read_to_string(&file).context(|| format!("reading {DOCUMENT}"))?;
        let measured = format!("{}\n\n{table}", machine::of(&setup)?);
        let document = table::put(&document, &measured).ok_or_else(|| {
            TaskError::new(format!("writing {DOCUMENT}"), "it has lost its marks")
        })?;
        fs::write(&file, document).context(|| format!("writing {DOCUMENT}"))?;
    }
    say(table);
    Ok(())
}

fn package(setup: &Setup<'_>) -> Result<String> {
    let project = setup.project;
    let npm = package::build(setup)?;
    let native = program(project, &project.target, "")?;
    // Without the processor's own SHA instructions, which WebAssembly does not have either.
    let soft = "--cfg sha2_256_backend=\"soft\"";
    let soft = program(project, &project.target.join("bench-soft"), soft)?;
    setup.bench_packages()?;
    let chromium = setup.browser()?.chromium;
    note("bench: measuring the package, a minute or two; let the machine do nothing else …");
    let task = project.task("the benchmark of the package", "node").arg("tests/bench/bench.mjs");
    let task = task.env("HAVENASK_NPM", npm).env("HAVENASK_CHROMIUM", chromium);
    task.env("HAVENASK_NATIVE", native).env("HAVENASK_NATIVE_SOFT", soft).aloud().read()
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
        TaskError::new("finding the native benchmark", "cargo named no program that it has built")
    })
}

fn page(setup: &Setup<'_>) -> Result<String> {
    let project = setup.project;
    let (_, site) = npm_form::build(setup)?;
    let servers = servers::build(project, Profile::Release)?;
    setup.bench_packages()?;
    let Browser { chromium, .. } = setup.browser()?;
    let again = starts_again(project)?;
    note("bench: measuring the page, half a minute …");
    let task = project.task("the benchmark of the page", "node").arg("tests/bench/visit.mjs");
    let task = task.env("HAVENASK_SITE", site).env("HAVENASK_CHROMIUM", chromium);
    let task = task.env("HAVENASK_EMULATOR", servers.emulator).env("HAVENASK_PROXY", servers.proxy);
    Ok(format!("{}\n{again}", task.aloud().read()?))
}

/// Duration of `cargo xtask serve` when everything is built.
fn starts_again(project: &Project) -> Result<String> {
    let what = || "starting `cargo xtask serve`".to_owned();
    let port = servers::free_pair().context(what)?;
    let address = local(port);
    let serve = || project.cargo(what()).args(["xtask", "serve", "--port", &port.to_string()]);
    let mut seconds = 0.0;
    // The first one builds what is missing.
    for _ in 0..2 {
        let start = Instant::now();
        wait_ready("page", &mut serve().spawn()?, address)?;
        seconds = start.elapsed().as_secs_f64();
    }
    fs::remove_dir_all(serve::store(project, port)).context(what)?;
    let mark = if seconds <= 20.0 { "reached" } else { "short" };
    Ok(format!("`cargo xtask serve`, when all is built\t{seconds:.1} s\t≤ 20 s\t{mark}\t"))
}

fn load(setup: &Setup<'_>) -> Result<String> {
    let project = setup.project;
    let programs = setup.load()?;
    setup.bench_packages()?;
    let servers = servers::build(project, Profile::Release)?;
    let folder = project.target.join("load");
    let clear = || {
        // A failure shows where something is to be written.
        let _ = fs::remove_dir_all(&folder);
    };
    clear();
    note("bench: measuring the load, about ten minutes; let the machine do nothing else …");
    let task = project.cargo("the load benchmark");
    let task = task.args(["run", "--quiet", "--release", "--package", "havenask-load", "--"]);
    let task = task.arg("--emulator").arg(servers.emulator).arg("--proxy").arg(servers.proxy);
    let task = task.arg("--nginx").arg(programs.nginx).arg("--wrk").arg(programs.wrk);
    let task = task.args(["--node-proxy", "tests/bench/proxy.mjs"]);
    let measured = task.arg("--folder").arg(&folder).aloud().read();
    clear();
    measured
}
