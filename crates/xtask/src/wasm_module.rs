//! A module of WebAssembly as it ships: bound to JavaScript, and made small.

use std::path::Path;

use crate::error::Result;
use crate::setup::Setup;

/// Features that every browser and Node of the last years has. With `--all-features` wasm-opt writes imports
/// that Node 20 refuses.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

const BINDINGS: [&str; 6] = [
    "--target",
    "web",
    // The files that load a module say where it is: a bundler must see one `new URL`, not two.
    "--omit-default-module-path",
    "--no-typescript",
    "--remove-name-section",
    "--remove-producers-section",
];

/// Writes `{name}.js` and `{name}_bg.wasm` into a folder, from what the compiler wrote.
pub(crate) fn bind(
    setup: &Setup<'_>,
    compiled: &Path,
    folder: &Path,
    name: &str,
    options: &[&str],
) -> Result<()> {
    let bindgen = setup.bindgen()?.join("wasm-bindgen");
    let task = setup.project.task("wasm-bindgen", bindgen).args(BINDINGS).args(options);
    task.args(["--out-name", name, "--out-dir"]).arg(folder).arg(compiled).run()
}

/// Makes a module smaller with these passes of wasm-opt.
pub(crate) fn shrink(setup: &Setup<'_>, module: &Path, passes: &[&str]) -> Result<()> {
    setup.binaryen()?;
    let task = setup.project.task("wasm-opt", "wasm-opt").args(passes).args(FEATURES);
    task.arg(module).arg("-o").arg(module).run()
}
