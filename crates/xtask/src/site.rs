//! `target/site/`: the page, ready to be served by the proxy.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::developer_view;
use crate::error::{Context, Result, TaskError};
use crate::freshness::StampFile;
use crate::inline_script::{correct_size, extract};
use crate::lock;
use crate::package;
use crate::progress::{note, seconds};
use crate::setup::{Setup, WASM, path, wasm_target};
use crate::style_sheets::merge;

const INPUTS: [&str; 16] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "web/Cargo.toml",
    "web/developer",
    "web/icon.svg",
    "web/loading.mjs",
    "web/src",
    "web/styles",
    "crates/core",
    "crates/client",
    "crates/xtask/src/developer_view.rs",
    "crates/xtask/src/inline_script.rs",
    "crates/xtask/src/site.rs",
    "crates/xtask/src/style_sheets.rs",
];

/// Builds the page when something that it is made from has changed. Returns its folder.
pub(crate) fn build(setup: &Setup<'_>) -> Result<PathBuf> {
    let project = setup.project;
    let site = project.target.join("site");
    if !project.has("index.html") || !project.has("web/Cargo.toml") {
        return Err(TaskError::new(
            "building the page",
            "there is no index.html or no web/Cargo.toml",
        ));
    }
    let package = package::build(setup)?;
    let lock = project.target.join("site.lock");
    let _lock = lock::hold(&lock, "another build of the page")
        .context(|| format!("locking {}", lock.display()))?;
    let toolchain = setup.wasm()?;
    let bindgen = project.locked_version("wasm-bindgen")?;
    let made_with = format!("{}, {}", path::versions(&bindgen), toolchain.name());
    let stamp = StampFile::begin(project.target.join("site.stamp"), made_with);
    let mut inputs: Vec<PathBuf> = INPUTS.iter().map(|path| project.root.join(path)).collect();
    inputs.push(package::stamp(project));
    if site.join("index.html").exists() && stamp.is_fresh(&inputs) {
        note("page: target/site/ is up to date");
        return Ok(site);
    }
    setup.bindgen()?;
    setup.binaryen()?;
    let trunk = setup.trunk()?.join("trunk");
    note("page: building target/site/ (minutes when the dependencies are new) …");
    let start = Instant::now();
    // Trunk must not look for tools in the network, and then keeps cargo from it as well.
    let fetch = project.cargo("fetching the dependencies of the page");
    toolchain.apply(fetch.args(["fetch", "--quiet", "--target", WASM])).run()?;
    let build =
        project.task("trunk build", trunk).args(["build", "--release", "--dist"]).arg(&site);
    let flags = wasm_target::without_paths(project)?;
    let build = build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    // A colour setting that trunk does not know makes it fail.
    toolchain.apply(build.without_env("NO_COLOR")).run()?;
    finish(&site)?;
    developer_view::add(&project.root, &package, &site)?;
    compress(setup, &site)?;
    stamp.done()?;
    note(format_args!("page: target/site/ built after {}", seconds(start.elapsed())));
    Ok(site)
}

/// Puts a smaller form beside each file that has one; the proxy hands out what the browser takes.
fn compress(setup: &Setup<'_>, site: &Path) -> Result<()> {
    const SCRIPT: &str = r#"
        const { readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs");
        const { brotliCompressSync, gzipSync } = require("node:zlib");
        for (const name of readdirSync(".", { recursive: true })) {
            if (statSync(name).isDirectory()) continue;
            const bytes = readFileSync(name);
            for (const [end, small] of [[".br", brotliCompressSync(bytes)], [".gz", gzipSync(bytes, { level: 9 })]]) {
                if (small.length < bytes.length) writeFileSync(name + end, small);
            }
        }"#;
    setup.node()?;
    let task = setup.project.task("compressing the page", "node").args(["--eval", SCRIPT]);
    task.dir(site).quiet()
}

/// Takes the inline scripts out of the page, and makes one of its style sheets.
fn finish(site: &Path) -> Result<()> {
    let page = site.join("index.html");
    let what = || format!("moving the scripts out of {}", page.display());
    let html = fs::read_to_string(&page).context(what)?;
    let styles = merge(&html, |name| fs::read_to_string(site.join(name)).ok());
    let styles = styles.ok_or_else(|| TaskError::new(what(), "a style sheet is missing"))?;
    fs::write(site.join(styles.name), styles.css).context(what)?;
    let extracted = extract(&styles.html);
    let size_of = |name: &str| fs::metadata(site.join(name)).ok().map(|file| file.len());
    for (name, script) in &extracted.files {
        fs::write(site.join(name), correct_size(script, size_of)).context(what)?;
    }
    fs::write(&page, extracted.html).context(what)
}
