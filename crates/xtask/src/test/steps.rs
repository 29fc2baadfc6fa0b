//! The steps, in the order in which they run: the quick ones first.

use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use crate::command::Task;
use crate::error::{Context, Error, Result};
use crate::progress::note;
use crate::servers::{self, Profile};
use crate::setup::postgres::Cluster;
use crate::setup::{Setup, WASM};
use crate::{faults, form, package, playwright};

/// A step.
#[derive(Debug)]
pub(crate) struct Step {
    /// What a person calls it by.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
    /// Paths without which there is nothing to do.
    pub(crate) needs: &'static [&'static str],
    /// Does it.
    pub(crate) run: fn(&Setup<'_>) -> Result<Outcome>,
}

/// All of them.
pub(crate) const ALL: &[Step] = &[
    Step { name: "format", about: "rustfmt has nothing to change", needs: &[], run: format },
    Step { name: "lint", about: "clippy finds nothing", needs: &[], run: lint },
    Step {
        name: "deny",
        about: "licences, sources and advisories",
        needs: &["deny.toml"],
        run: deny,
    },
    Step { name: "native", about: "unit, integration and doc tests", needs: &[], run: native },
    Step {
        name: "postgres",
        about: "the tests of the ledger, its failures and its limits once more, on PostgreSQL",
        needs: &["crates/proxy/tests/ledger.rs"],
        run: postgres,
    },
    Step {
        name: "faults",
        about: "purchases through proxies that are killed, from a cloud that misbehaves",
        needs: &["tests/faults/Cargo.toml", "crates/proxy/Cargo.toml"],
        run: campaign,
    },
    Step { name: "docs", about: "the documentation builds", needs: &[], run: docs },
    Step {
        name: "core-wasm",
        about: "the core compiles for WebAssembly",
        needs: &["crates/core/Cargo.toml"],
        run: core_wasm,
    },
    Step {
        name: "wasm",
        about: "the page's tests in a browser",
        needs: &["web/Cargo.toml", "web/webdriver.json"],
        run: wasm,
    },
    Step {
        name: "package",
        about: "the npm package, from outside",
        needs: &["crates/wasm/npm/package.json", "tests/package"],
        run: package,
    },
    Step {
        name: "consumers",
        about: "the npm package in bundlers, runtimes and browsers",
        needs: &["tests/package/consumers/package-lock.json"],
        run: consumers,
    },
    Step {
        name: "examples",
        about: "what newcomers copy: each example, against the emulator and the proxy",
        needs: &[
            "tests/examples",
            "tests/package/consumers/package-lock.json",
            "web/examples",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        run: examples,
    },
    Step {
        name: "publish",
        about: "the crates and the npm package could be published",
        needs: &["crates/wasm/npm/package.json"],
        run: publish,
    },
    Step {
        name: "sdk",
        about: "the official SDKs and the samples against the emulator",
        needs: &[
            "tests/sdk/requirements.txt",
            "tests/sdk/requirements-5.2.3.txt",
            "tests/package-lock.json",
            "crates/wasm/npm/package.json",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        run: sdk,
    },
    Step {
        name: "openapi",
        about: "the proxy does what its document says",
        needs: &[
            "tests/openapi/requirements.txt",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        run: openapi,
    },
    Step {
        name: "browser",
        about: "the whole, as a buyer sees it",
        needs: &[
            "tests/browser",
            "tests/package-lock.json",
            "tests/sdk/requirements.txt",
            "index.html",
            "web/Cargo.toml",
            "crates/wasm/npm/package.json",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        run: browser,
    },
    Step {
        name: "engines",
        about: "the page and the embedded form in Firefox and WebKit, and its styles in all three engines",
        needs: &[
            "tests/engines",
            "tests/browser",
            "tests/package-lock.json",
            "index.html",
            "web/Cargo.toml",
            "crates/wasm/npm/package.json",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        run: engines,
    },
];

/// A database that cannot be fetched in this time is not to be had.
const FETCH_LIMIT: Duration = Duration::from_mins(3);

fn passed(task: Task) -> Result<Outcome> {
    task.run().map(|()| Outcome::Passed)
}

fn format(setup: &Setup<'_>) -> Result<Outcome> {
    setup.components()?;
    let task = setup.project.cargo("cargo fmt").args(["fmt", "--all", "--check"]);
    passed(task.hint("run `cargo fmt --all`"))
}

fn lint(setup: &Setup<'_>) -> Result<Outcome> {
    setup.components()?;
    let task = setup.project.cargo("cargo clippy").args(["clippy", "--workspace", "--all-targets"]);
    passed(task.args(["--all-features", "--", "-D", "warnings"]))
}

fn deny(setup: &Setup<'_>) -> Result<Outcome> {
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
        return Ok(Outcome::PassedBut(why.into()));
    }
    passed(task("cargo deny").args(["--offline", "check", "advisories"]))
}

fn native(setup: &Setup<'_>) -> Result<Outcome> {
    passed(setup.project.cargo("cargo test").args(["test", "--workspace", "--all-features"]))
}

fn postgres(setup: &Setup<'_>) -> Result<Outcome> {
    let cluster = Cluster::start(setup.project)?;
    let task = setup.project.cargo("cargo test on PostgreSQL");
    let task = task.args(["test", "--package", "havenask-proxy", "--all-features"]);
    let task = task.args(["--test", "ledger", "--test", "no_repeat", "--test", "retry"]);
    let task = task.args(["--test", "limits", "--test", "check", "--test", "guard"]);
    let task = task.args(["--test", "store", "--test", "lost_commit", "--test", "crash"]);
    let task = task.args(["--test", "owners", "--test", "books"]);
    passed(task.env("HAVENASK_TEST_POSTGRES", &cluster.url))
}

fn campaign(setup: &Setup<'_>) -> Result<Outcome> {
    faults::run(setup.project, faults::SHORT).map(|()| Outcome::Passed)
}

fn docs(setup: &Setup<'_>) -> Result<Outcome> {
    let task = setup.project.cargo("cargo doc").args(["doc", "--workspace", "--no-deps"]);
    passed(task.env("RUSTDOCFLAGS", "-Dwarnings"))
}

fn core_wasm(setup: &Setup<'_>) -> Result<Outcome> {
    let task = setup.project.cargo("cargo check of the core for WebAssembly");
    let task = task.args(["check", "--package", "havenask-core", "--target", WASM]);
    passed(setup.wasm()?.apply(task))
}

fn wasm(setup: &Setup<'_>) -> Result<Outcome> {
    let runner = setup.bindgen()?.join("wasm-bindgen-test-runner");
    let driver = setup.browser()?.driver;
    let task = setup.project.cargo("cargo test in a browser");
    let task =
        task.args(["test", "--package", "havenask-web", "--target", WASM, "--lib", "--tests"]);
    let task = task.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    // A machine with two busy cores is slow to start a browser.
    let task = task.env("CHROMEDRIVER", driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    passed(setup.wasm()?.apply(task))
}

fn package(setup: &Setup<'_>) -> Result<Outcome> {
    setup.test_packages()?;
    passed(node_test(setup, "tests/package")?.env("HAVENASK_NPM", form::build(setup)?.0))
}

fn consumers(setup: &Setup<'_>) -> Result<Outcome> {
    setup.consumers()?;
    let chromium = setup.browser()?.chromium;
    let task = node_test(setup, "tests/package/consumers")?;
    passed(task.env("HAVENASK_NPM", form::build(setup)?.0).env("HAVENASK_CHROMIUM", chromium))
}

fn examples(setup: &Setup<'_>) -> Result<Outcome> {
    setup.consumers()?;
    let chromium = setup.browser()?.chromium;
    let example = setup.project.cargo("compiling the example of the core");
    example.args(["build", "--package", "havenask-core", "--example", "buy"]).run()?;
    let task = form::with_all(setup, node_test(setup, "tests/examples")?)?;
    passed(task.env("HAVENASK_CHROMIUM", chromium))
}

fn publish(setup: &Setup<'_>) -> Result<Outcome> {
    let cargo = setup.project.cargo("cargo publish --dry-run");
    // What is not committed yet is tried too.
    let cargo = cargo.args(["publish", "--workspace", "--dry-run", "--allow-dirty"]);
    // As the workspace compiles its dependencies: they are not compiled a second time.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").run()?;
    let npm = setup.project.task("npm publish --dry-run", "npm");
    passed(npm.args(["publish", "--dry-run"]).arg(form::build(setup)?.0))
}

fn node_test(setup: &Setup<'_>, folder: &str) -> Result<Task> {
    node_test_with(setup, folder, &[])
}

fn node_test_with(setup: &Setup<'_>, folder: &str, options: &[&str]) -> Result<Task> {
    let files = test_files(&setup.project.root.join(folder))?;
    if files.is_empty() {
        return Err(Error::new("node --test", format!("{folder} has no file *.test.mjs")));
    }
    let task = setup.project.task("node --test", "node");
    Ok(task.args(["--test", "--test-reporter=spec"]).args(options).args(files))
}

/// Older versions of Node know no patterns.
fn test_files(folder: &std::path::Path) -> Result<Vec<PathBuf>> {
    let entries = folder.read_dir().context(|| format!("reading {}", folder.display()))?;
    let files = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<_> =
        files.filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}

fn sdk(setup: &Setup<'_>) -> Result<Outcome> {
    setup.test_packages()?;
    setup.curl()?;
    let python = setup.python()?;
    let binaries = servers::build(setup.project, Profile::Dev)?;
    let package = package::build(setup)?;
    let task = setup.project.task("pytest", python).args(["-m", "pytest", "tests/sdk"]);
    let task = task.env("HAVENASK_NPM", package).env("HAVENASK_OLD_PYTHON", setup.old_python()?);
    passed(task.env("HAVENASK_EMULATOR", binaries.emulator).env("HAVENASK_PROXY", binaries.proxy))
}

fn openapi(setup: &Setup<'_>) -> Result<Outcome> {
    let python = setup.schemathesis()?;
    let binaries = servers::build(setup.project, Profile::Dev)?;
    let task = setup.project.task("pytest", python).args(["-m", "pytest", "tests/openapi"]);
    passed(task.env("HAVENASK_EMULATOR", binaries.emulator).env("HAVENASK_PROXY", binaries.proxy))
}

fn browser(setup: &Setup<'_>) -> Result<Outcome> {
    passed(playwright::test(setup)?)
}

fn engines(setup: &Setup<'_>) -> Result<Outcome> {
    setup.test_packages()?;
    let (browser, engines) = (setup.browser()?, setup.engines()?);
    // A browser that does not start keeps nobody waiting.
    let task = node_test_with(setup, "tests/engines", &["--test-force-exit"])?;
    let task = form::with_all(setup, task)?;
    let task = task.env("HAVENASK_CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.driver);
    let task = task.env("HAVENASK_FIREFOX", engines.firefox);
    let task = task.env("HAVENASK_WEBKIT_DRIVER", engines.webkit_driver);
    passed(task.env("HAVENASK_MINIBROWSER", engines.minibrowser))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_steps_have_one_name() {
        let mut names: Vec<_> = ALL.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn finds_the_test_files_in_order() {
        let scratch = crate::scratch::scratch("test-files");
        for name in ["b.test.mjs", "a.test.mjs", "helper.mjs"] {
            std::fs::write(scratch.path().join(name), "").unwrap();
        }
        let files = test_files(scratch.path()).unwrap();
        let names: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
        assert_eq!(names, ["a.test.mjs", "b.test.mjs"]);
    }
}
