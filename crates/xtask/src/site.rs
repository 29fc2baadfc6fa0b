//! `target/site/`: the page, ready to be served by the proxy.

use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use crate::error::{Context, Result, TaskError};
use crate::freshness::StampFile;
use crate::page_html::{self, Addresses};
use crate::progress::{note, seconds};
use crate::setup::Setup;
use crate::setup::cache::remove;
use crate::{developer_view, hash, lock, package, page_module};

/// Files of the page beside its module.
const INPUTS: [&str; 9] = [
    "index.html",
    "web/boot.mjs",
    "web/developer",
    "web/icon.svg",
    "web/loading.mjs",
    "web/styles",
    "crates/xtask/src/developer_view.rs",
    "crates/xtask/src/page_html.rs",
    "crates/xtask/src/site.rs",
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
    let lock = project.target.join("site.lock");
    let _lock = lock::hold(&lock, "another build of the page")
        .context(|| format!("locking {}", lock.display()))?;
    let tools = page_module::tools(setup)?;
    let stamp = || StampFile::begin(project.target.join("site.stamp"), tools.clone());
    let mut inputs: Vec<PathBuf> = INPUTS.iter().map(|path| project.root.join(path)).collect();
    inputs.extend(page_module::inputs(project));
    inputs.push(package::stamp(project));
    let is_fresh = |stamp: &StampFile| site.join("index.html").exists() && stamp.is_fresh(&inputs);
    let start = Instant::now();
    let package = if is_fresh(&stamp()) {
        package::build(setup)
    } else {
        note("page: building target/site/ (minutes when the dependencies are new) …");
        // Link-time optimisation has one thread: the package, the servers and the tools have the rest of the machine.
        thread::scope(|scope| {
            scope.spawn(|| setup.page_tools());
            let compiled = scope.spawn(|| page_module::compile_split(setup));
            let package = package::build(setup);
            compiled.join().unwrap_or_else(|panic| resume_unwind(panic)).and(package)
        })
    }?;
    // The package is an input: the page is newer than it.
    let stamp = stamp();
    if is_fresh(&stamp) {
        note("page: target/site/ is up to date");
        return Ok(site);
    }
    let module = page_module::split(setup)?;
    let partial = project.target.join("site.partial");
    let what = || format!("writing {}", partial.display());
    remove(&partial).and_then(|()| fs::create_dir_all(&partial)).context(what)?;
    write(setup, &module, &package, &partial)?;
    compress(setup, &partial)?;
    remove(&site).and_then(|()| fs::rename(&partial, &site)).context(what)?;
    stamp.done()?;
    note(format_args!("page: target/site/ built after {}", seconds(start.elapsed())));
    Ok(site)
}

/// Writes all files of the page.
fn write(setup: &Setup<'_>, module: &Path, package: &Path, site: &Path) -> Result<()> {
    let root = &setup.project.root;
    let read =
        |file: &str| fs::read_to_string(root.join(file)).context(|| format!("reading {file}"));
    let html = read("index.html")?;
    let mut styles = String::new();
    for file in page_html::linked(&html, "css") {
        styles.push_str(&read(file)?);
    }
    let styles = minify(setup, &styles, site)?;
    let icon = page_html::linked(&html, "icon").map(read).next().transpose()?.unwrap_or_default();
    let named = |name: &str, end: &str, content: &str| {
        let file = format!("{name}-{}.{end}", hash::of(content.as_bytes()));
        let what = || format!("writing {file}");
        fs::write(site.join(&file), content).context(what)?;
        Ok(format!("/{file}"))
    };
    let (icon, styles) = (named("icon", "svg", &icon)?, named("styles", "css", &styles)?);
    let app = boot(setup, module, site)?;
    let developer = developer_view::add(root, package, site)?;
    let [script, module] = [BOOT, page_module::MODULE].map(|file| format!("/{app}/{file}"));
    let addresses = Addresses {
        icon: &icon,
        styles: &styles,
        script: &script,
        module: &module,
        developer: &developer,
    };
    let html = page_html::write(&html, &addresses).ok_or_else(|| {
        TaskError::new("writing index.html", "it has no icon, style sheet, module or body")
            .hint("crates/xtask/src/page_html.rs says which links it must have")
    })?;
    fs::write(site.join("index.html"), html).context(|| "writing index.html".into())
}

/// The script that loads the module.
const BOOT: &str = "boot.js";

/// Writes the modules, and the script that loads them, into a folder that is named after their content. Returns its name.
fn boot(setup: &Setup<'_>, module: &Path, site: &Path) -> Result<String> {
    setup.esbuild()?;
    let mut modules = Vec::new();
    for path in page_module::modules(module)? {
        let bytes = fs::read(&path).context(|| format!("reading {}", path.display()))?;
        modules.push((path.file_name().unwrap_or_default().to_owned(), bytes));
    }
    let main = modules.iter().find(|(name, _)| name == page_module::MODULE);
    let length = main.map_or(0, |(_, bytes)| bytes.len());
    let glue = module.join(page_module::GLUE);
    let task =
        setup.project.task("esbuild", "esbuild").arg(setup.project.root.join("web/boot.mjs"));
    let task = task.args(["--bundle", "--format=esm", "--minify", "--charset=utf8"]);
    let task = task.args(["--target=es2022", "--log-level=error"]);
    let script = task
        .arg(format!("--alias:havenask-web={}", glue.display()))
        .arg(format!("--define:WASM_BYTES={length}"))
        .read()?;
    let mut all = script.clone().into_bytes();
    for (_, bytes) in &modules {
        all.extend_from_slice(bytes);
    }
    let folder = format!("app-{}", hash::of(&all));
    let target = site.join(&folder);
    let what = || format!("writing {}", target.display());
    fs::create_dir_all(&target).context(what)?;
    fs::write(target.join(BOOT), script).context(what)?;
    for (name, bytes) in modules {
        fs::write(target.join(name), bytes).context(what)?;
    }
    Ok(folder)
}

/// The style sheet without comments and white space. It is written into the folder, which nobody else writes to, for that time.
pub(crate) fn minify(setup: &Setup<'_>, css: &str, folder: &Path) -> Result<String> {
    setup.esbuild()?;
    let file = folder.join("styles.css");
    let what = || format!("writing {}", file.display());
    fs::write(&file, css).context(what)?;
    let task = setup.project.task("esbuild", "esbuild").arg(&file);
    let minified = task.args(["--minify", "--charset=utf8", "--log-level=error"]).read()?;
    fs::remove_file(&file).context(what)?;
    Ok(minified)
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
