//! The WebAssembly of the page and its glue, in two forms: for the site in two modules, of which the second is loaded when it is
//! needed, and whole for the package, whose bundlers know one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Task;
use crate::error::{Context, Result};
use crate::freshness::StampFile;
use crate::project::Project;
use crate::setup::cache::remove;
use crate::setup::{Setup, WASM, path, wasm_target};
use crate::wasm_module::{bind, shrink};

const NAME: &str = "havenask-web";
/// Glue of the module.
pub(crate) const GLUE: &str = "havenask-web.js";
/// The module.
pub(crate) const MODULE: &str = "havenask-web_bg.wasm";
const INPUTS: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "crates/client",
    "crates/core",
    "crates/xtask/src/page_module.rs",
    "crates/xtask/src/wasm_module.rs",
    "web/Cargo.toml",
    "web/src",
];
/// Passes of wasm-opt.
const SHRINK: [&str; 1] = ["-Oz"];

/// Compiles the page so that it can be split.
pub(crate) fn compile_split(setup: &Setup<'_>) -> Result<PathBuf> {
    // Without the relocations nobody could tell what belongs to which module.
    let options = ["--features", "page", "--", "-Clink-arg=--emit-relocs"];
    compile(setup, |cargo| cargo.args(options))
}

/// Compiles the page in two modules, into `target/page/`.
pub(crate) fn split(setup: &Setup<'_>) -> Result<PathBuf> {
    let folder = empty(setup, "page")?;
    let compiled = compile_split(setup)?;
    let split = setup.wasm_split()?.join("wasm-split-cli");
    let task = setup.project.task("wasm-split", split).arg(compiled).arg(&folder);
    task.args(["--out-name", NAME]).run()?;
    let main = folder.join(NAME).with_extension("wasm");
    // The other module uses them.
    bind(setup, &main, &folder, NAME, &["--keep-lld-exports"])?;
    fs::remove_file(&main).context(|| format!("removing {}", main.display()))?;
    for module in modules(&folder)? {
        shrink(setup, &module, &SHRINK)?;
    }
    Ok(folder)
}

/// Compiles the page in one module, into `target/page-whole/`.
pub(crate) fn whole(setup: &Setup<'_>) -> Result<PathBuf> {
    let project = setup.project;
    let stamp = StampFile::begin(project.target.join("page-whole.stamp"), tools(setup)?);
    let folder = project.target.join("page-whole");
    if folder.join(MODULE).exists() && stamp.is_fresh(&inputs(project)) {
        return Ok(folder);
    }
    let folder = empty(setup, "page-whole")?;
    let compiled = compile(setup, |cargo| cargo)?;
    bind(setup, &compiled, &folder, NAME, &[])?;
    shrink(setup, &folder.join(MODULE), &SHRINK)?;
    stamp.done()?;
    Ok(folder)
}

/// Files that the module is made from.
pub(crate) fn inputs(project: &Project) -> Vec<PathBuf> {
    INPUTS.iter().map(|path| project.root.join(path)).collect()
}

/// Tools that the module is made with, for the stamp file of a build.
pub(crate) fn tools(setup: &Setup<'_>) -> Result<String> {
    let bindgen = setup.project.locked_version("wasm-bindgen")?;
    Ok(format!("{}, {}", path::versions(&bindgen), setup.wasm()?.name()))
}

/// The modules in a folder.
pub(crate) fn modules(folder: &Path) -> Result<Vec<PathBuf>> {
    let what = || format!("reading {}", folder.display());
    let mut modules = Vec::new();
    for entry in fs::read_dir(folder).context(what)? {
        let path = entry.context(what)?.path();
        if path.extension().is_some_and(|end| end == "wasm") {
            modules.push(path);
        }
    }
    modules.sort();
    Ok(modules)
}

fn empty(setup: &Setup<'_>, name: &str) -> Result<PathBuf> {
    let folder = setup.project.target.join(name);
    let what = || format!("writing {}", folder.display());
    remove(&folder).and_then(|()| fs::create_dir_all(&folder)).context(what)?;
    Ok(folder)
}

fn compile(setup: &Setup<'_>, options: impl FnOnce(Task) -> Task) -> Result<PathBuf> {
    let project = setup.project;
    let cargo = project.cargo("compiling havenask-web");
    let cargo = cargo.args(["rustc", "--package", NAME, "--bin", NAME]);
    let cargo = cargo.args(["--target", WASM, "--profile", "wasm"]);
    let flags = wasm_target::without_paths(project)?;
    let cargo = options(cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags));
    setup.wasm()?.apply(cargo).run()?;
    Ok(project.target.join(WASM).join("wasm/havenask-web.wasm"))
}
