//! Table of the steps.

use super::step::StepAction::{Filtered, Whole};
use super::step::TestStep;
use super::{rust_steps, script_steps};

/// All steps, in the order in which they run: the quick ones first.
pub(crate) const ALL: &[TestStep] = &[
    TestStep {
        name: "format",
        about: "rustfmt has nothing to change",
        needs: &[],
        action: Whole(rust_steps::format),
    },
    TestStep {
        name: "lint",
        about: "clippy finds nothing",
        needs: &[],
        action: Whole(rust_steps::lint),
    },
    TestStep {
        name: "deny",
        about: "licences, sources and advisories",
        needs: &["deny.toml"],
        action: Whole(rust_steps::deny),
    },
    TestStep {
        name: "native",
        about: "unit, integration and doc tests",
        needs: &[],
        action: Filtered(rust_steps::native),
    },
    TestStep {
        name: "postgres",
        about: "the tests of the ledger, its failures and its limits once more, on PostgreSQL",
        needs: &["crates/proxy/tests/ledger.rs"],
        action: Whole(rust_steps::postgres),
    },
    TestStep {
        name: "faults",
        about: "purchases through proxies that are killed, from an emulator with faults",
        needs: &["tests/faults/Cargo.toml", "crates/proxy/Cargo.toml"],
        action: Whole(rust_steps::campaign),
    },
    TestStep {
        name: "docs",
        about: "the documentation builds",
        needs: &[],
        action: Whole(rust_steps::docs),
    },
    TestStep {
        name: "core-wasm",
        about: "the core compiles for WebAssembly",
        needs: &["crates/core/Cargo.toml"],
        action: Whole(rust_steps::core_wasm),
    },
    TestStep {
        name: "wasm",
        about: "the page's tests in a browser",
        needs: &["web/Cargo.toml", "web/webdriver.json"],
        action: Filtered(rust_steps::wasm),
    },
    TestStep {
        name: "package",
        about: "the npm package by its exports",
        needs: &["crates/wasm/npm/package.json", "tests/package"],
        action: Filtered(script_steps::package),
    },
    TestStep {
        name: "consumers",
        about: "the npm package in bundlers, runtimes and browsers",
        needs: &["tests/package/consumers/package-lock.json"],
        action: Filtered(script_steps::consumers),
    },
    TestStep {
        name: "examples",
        about: "the examples against the emulator and the proxy",
        needs: &[
            "tests/examples",
            "tests/package/consumers/package-lock.json",
            "web/examples",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        action: Filtered(script_steps::examples),
    },
    TestStep {
        name: "publish",
        about: "the crates and the npm package could be published",
        needs: &["crates/wasm/npm/package.json"],
        action: Whole(rust_steps::publish),
    },
    TestStep {
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
        action: Filtered(script_steps::sdk),
    },
    TestStep {
        name: "openapi",
        about: "the proxy against its OpenAPI document",
        needs: &[
            "tests/openapi/requirements.txt",
            "crates/emulator/Cargo.toml",
            "crates/proxy/Cargo.toml",
        ],
        action: Filtered(script_steps::openapi),
    },
    TestStep {
        name: "browser",
        about: "the page in Chromium, with proxy and emulator",
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
        action: Filtered(script_steps::browser),
    },
    TestStep {
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
        action: Filtered(script_steps::engines),
    },
];

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
}
