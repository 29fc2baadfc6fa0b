//! Steps that run cargo.

use std::time::Duration;

use super::step::{StepResult, passed};
use crate::error::Result;
use crate::progress::note;
use crate::setup::postgres::Cluster;
use crate::setup::{Setup, WASM};
use crate::{fault_campaign, npm_form};

/// Time limit for fetching the database of advisories.
const FETCH_LIMIT: Duration = Duration::from_mins(3);

pub(super) fn format(setup: &Setup<'_>) -> Result<StepResult> {
    setup.components()?;
    let task = setup.project.cargo("cargo fmt").args(["fmt", "--all", "--check"]);
    passed(task.hint("run `cargo fmt --all`"))
}

pub(super) fn lint(setup: &Setup<'_>) -> Result<StepResult> {
    setup.components()?;
    let task = setup.project.cargo("cargo clippy").args(["clippy", "--workspace", "--all-targets"]);
    task.args(["--all-features", "--", "-D", "warnings"]).run()?;
    // Parts of these are compiled for nothing else.
    let toolchain = setup.wasm()?;
    // The module of the package has no standard library: it is not compiled beside what has one.
    for packages in [&["havenask-wasm"][..], &["havenask-core", "havenask-client", "havenask-web"]]
    {
        let task = setup.project.cargo("cargo clippy for WebAssembly");
        let packages = packages.iter().flat_map(|it| ["--package", *it]);
        let task = task.args(["clippy", "--target", WASM]).args(packages);
        toolchain.apply(task.args(["--", "-D", "warnings"])).run()?;
    }
    Ok(StepResult::Passed)
}

pub(super) fn deny(setup: &Setup<'_>) -> Result<StepResult> {
    let program = setup.deny()?.join("cargo-deny");
    let task =
        |what: &str| setup.project.task(what, &program).args(["--workspace", "--all-features"]);
    let check = task("cargo deny").args(["check", "--hide-inclusion-graph"]);
    let check = check.args(["bans", "licenses", "sources"]);
    check.hint("see deny.toml, and `cargo tree -i CRATE` for who asks for a crate").run()?;
    // Some machines reach crates.io and nothing else.
    let fetch = task("fetching the advisories").args(["fetch", "db"]).limit(FETCH_LIMIT);
    if let Err(error) = fetch.quiet() {
        note(error);
        let why = "advisories were not checked: their database could not be reached";
        return Ok(StepResult::PassedBut(why.into()));
    }
    passed(task("cargo deny").args(["--offline", "check", "advisories"]))
}

pub(super) fn native(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    let task = setup.project.cargo("cargo test").args(["test", "--workspace", "--all-features"]);
    passed(task.args(filter))
}

pub(super) fn postgres(setup: &Setup<'_>) -> Result<StepResult> {
    let cluster = Cluster::start(setup.project)?;
    let task = setup.project.cargo("cargo test on PostgreSQL");
    let task = task.args(["test", "--package", "havenask-proxy", "--all-features"]);
    let task = task.args(["--test", "ledger", "--test", "no_repeat", "--test", "retry"]);
    let task = task.args(["--test", "limits", "--test", "check", "--test", "access"]);
    let task = task.args(["--test", "store", "--test", "lost_commit", "--test", "crash"]);
    let task = task.args(["--test", "ledger_ownership", "--test", "ledger_command"]);
    let task = task.args([
        "--test",
        "prices",
        "--test",
        "budgets",
        "--test",
        "account",
        "--test",
        "store_under_load",
    ]);
    passed(task.env("HAVENASK_TEST_POSTGRES", &cluster.url))
}

pub(super) fn campaign(setup: &Setup<'_>) -> Result<StepResult> {
    let fills_a_disk = fault_campaign::run(setup.project, fault_campaign::SHORT)?;
    Ok(if fills_a_disk {
        StepResult::Passed
    } else {
        StepResult::PassedBut("no disk was filled: nothing may be mounted here".into())
    })
}

pub(super) fn docs(setup: &Setup<'_>) -> Result<StepResult> {
    let task = setup.project.cargo("cargo doc").args(["doc", "--workspace", "--no-deps"]);
    passed(task.env("RUSTDOCFLAGS", "-Dwarnings"))
}

pub(super) fn core_wasm(setup: &Setup<'_>) -> Result<StepResult> {
    let task = setup.project.cargo("cargo check of the core for WebAssembly");
    let task = task.args(["check", "--package", "havenask-core", "--target", WASM]);
    passed(setup.wasm()?.apply(task))
}

pub(super) fn wasm(setup: &Setup<'_>, filter: Option<&str>) -> Result<StepResult> {
    let runner = setup.bindgen()?.join("wasm-bindgen-test-runner");
    let driver = setup.browser()?.driver;
    let task = setup.project.cargo("cargo test in a browser");
    let task = task
        .args(["test", "--package", "havenask-web", "--target", WASM, "--lib", "--tests"])
        .args(filter);
    let task = task.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    // A machine with two busy cores is slow to start a browser.
    let task = task.env("CHROMEDRIVER", driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    passed(setup.wasm()?.apply(task))
}

pub(super) fn publish(setup: &Setup<'_>) -> Result<StepResult> {
    let cargo = setup.project.cargo("cargo publish --dry-run");
    // Changes that are not committed yet are tried too.
    let cargo = cargo.args(["publish", "--workspace", "--dry-run", "--allow-dirty"]);
    // As the workspace compiles its dependencies: they are not compiled a second time.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").run()?;
    let npm = setup.project.task("npm publish --dry-run", "npm");
    passed(npm.args(["publish", "--dry-run"]).arg(npm_form::build(setup)?.0))
}
