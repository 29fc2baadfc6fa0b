//! `target/page/`: the WebAssembly of the page and its glue, which the site and the form of the package have in common.

use std::fs;
use std::path::PathBuf;

use crate::error::{Context, Result};
use crate::setup::cache::remove;
use crate::setup::{Setup, WASM, wasm_target};
use crate::wasm_module;

/// Glue of the module.
pub(crate) const GLUE: &str = "havenask-web.js";
/// The module.
pub(crate) const MODULE: &str = "havenask-web_bg.wasm";

/// The folder of the module.
pub(crate) fn folder(setup: &Setup<'_>) -> PathBuf {
    setup.project.target.join("page")
}

/// Compiles the module anew.
pub(crate) fn build(setup: &Setup<'_>) -> Result<PathBuf> {
    let project = setup.project;
    let folder = folder(setup);
    let cargo = project.cargo("compiling havenask-web");
    let cargo = cargo.args(["build", "--package", "havenask-web", "--bin", "havenask-web"]);
    let cargo = cargo.args(["--target", WASM, "--profile", "wasm"]);
    let flags = wasm_target::without_paths(project)?;
    let cargo = cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    setup.wasm()?.apply(cargo).run()?;
    let what = || format!("writing {}", folder.display());
    remove(&folder).and_then(|()| fs::create_dir_all(&folder)).context(what)?;
    let compiled = project.target.join(WASM).join("wasm/havenask-web.wasm");
    wasm_module::bind(setup, &compiled, &folder, "havenask-web", &["-Oz"])?;
    Ok(folder)
}
