//! `target/npm-core/`: the npm package without the form. The page needs it, and [`crate::npm_form`] makes the whole of both.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::error::{Context, Result, TaskError};
use crate::freshness::StampFile;
use crate::lock;
use crate::progress::{note, seconds};
use crate::project::Project;
use crate::setup::cache::remove;
use crate::setup::{Setup, WASM, path, wasm_target};
use crate::wasm_module;

const INPUTS: [&str; 7] = [
    "Cargo.toml",
    "Cargo.lock",
    "LICENSE",
    "crates/core",
    "crates/wasm",
    "crates/xtask/src/package.rs",
    "crates/xtask/src/wasm_module.rs",
];

/// Flat code finds its loops again in a smaller form; the second pass takes what that leaves, until nothing becomes smaller.
const SHRINK: [&str; 5] = ["--flatten", "--rereloop", "-Oz", "-Oz", "--converge"];

const WASM_FILE: &str = "havenask_bg.wasm";
/// Bytes that the module may have with gzip -9; compilers differ by a few hundred. docs/benchmarks.md says what they are.
const BUDGET: usize = 50_000;
const INLINE_FILE: &str = "havenask_bg.wasm.js";

/// Folder of the built package.
fn folder(project: &Project) -> PathBuf {
    project.target.join("npm-core")
}

/// Stamp file of the package.
pub(crate) fn stamp(project: &Project) -> PathBuf {
    project.target.join("npm-core.stamp")
}

/// Builds the package, but for the form, when something that it is made from has changed. Returns its folder.
pub(crate) fn build(setup: &Setup<'_>) -> Result<PathBuf> {
    let project = setup.project;
    let package = folder(project);
    let own = project.root.join("crates/wasm/npm");
    if !own.join("package.json").exists() {
        return Err(TaskError::new(
            "building the package",
            "there is no crates/wasm/npm/package.json",
        ));
    }
    let lock = project.target.join("npm-core.lock");
    let _lock = lock::hold(&lock, "another build of the package")
        .context(|| format!("locking {}", lock.display()))?;
    let toolchain = setup.wasm()?;
    let version = project.locked_version("wasm-bindgen")?;
    let made_with = format!("{}, {}", path::versions(&version), toolchain.name());
    let stamp = StampFile::begin(stamp(project), made_with);
    let inputs: Vec<PathBuf> = INPUTS.iter().map(|path| project.root.join(path)).collect();
    if package.join(WASM_FILE).exists() && stamp.is_fresh(&inputs) {
        note("package: target/npm-core/ is up to date");
        return Ok(package);
    }
    note("package: building target/npm-core/ …");
    let start = Instant::now();
    let cargo = project.cargo("compiling havenask-wasm");
    // `cargo build` leaves link-time optimisation out of a crate that is also an rlib, which its tests need.
    let cargo = cargo.args(["rustc", "--package", "havenask-wasm", "--lib", "--crate-type=cdylib"]);
    // A folder of its own: with these flags, everything that it shares with the page would be built anew each time.
    let compiled = project.target.join("npm-wasm");
    let cargo = cargo.args(["--target", WASM, "--profile", "wasm", "--target-dir"]).arg(&compiled);
    let cargo = cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags(project)?);
    toolchain.apply(cargo).run()?;

    let partial = project.target.join("npm-core.partial");
    let what = || format!("writing {}", partial.display());
    remove(&partial).context(what)?;
    fs::create_dir_all(&partial).context(what)?;
    let compiled = compiled.join(WASM).join("wasm/havenask_wasm.wasm");
    wasm_module::bind(setup, &compiled, &partial, "havenask", &[])?;
    let wasm = partial.join(WASM_FILE);
    wasm_module::shrink(setup, &wasm, &SHRINK)?;

    copy(&own, &partial).context(what)?;
    let zipped = write_inline(setup, &wasm, &partial.join(INLINE_FILE))?;
    let raw = fs::metadata(&wasm).context(what)?.len();
    bundle(setup, &partial, "inline")?;
    note(format_args!("package: {WASM_FILE} {raw} bytes, {zipped} with gzip -9"));
    if zipped > BUDGET {
        let said = format!("the module has {zipped} bytes with gzip -9, and {BUDGET} are allowed");
        return Err(TaskError::new("keeping the package small", said)
            .hint("`cargo xtask bench` says what the budget is for; twiggy shows what is large"));
    }
    set_version(&partial.join("package.json"))?;
    fs::copy(project.root.join("LICENSE"), partial.join("LICENSE")).context(what)?;
    remove(&package).and_then(|()| fs::rename(&partial, &package)).context(what)?;
    stamp.done()?;
    note(format_args!("package: target/npm-core/ built after {}", seconds(start.elapsed())));
    Ok(package)
}

/// SHA-256 is a quarter faster with the vector instructions, which every browser has since Safari 16.4 (March 2023). A small
/// stack in front makes each address of a text a byte shorter. Inlining a little more than for the smallest code makes signing a
/// tenth faster for 1 % of the size.
fn flags(project: &Project) -> Result<String> {
    Ok(format!(
        "-Ctarget-feature=+simd128 -Clink-arg=-zstack-size=131072 \
         -Cllvm-args=-inline-threshold=40 {}",
        wasm_target::without_paths(project)?
    ))
}

/// Writes the module as text too, for the entry that needs no file beside it, and answers its size with gzip.
fn write_inline(setup: &Setup<'_>, wasm: &Path, inline: &Path) -> Result<usize> {
    // Not every machine has gzip or base64, and by now each has Node.
    const SCRIPT: &str = "const fs = require('fs'), [, wasm, inline] = process.argv, \
        bytes = fs.readFileSync(wasm); \
        fs.writeFileSync(inline, `export default \"${bytes.toString('base64')}\";\\n`); \
        console.log(require('zlib').gzipSync(bytes, { level: 9 }).length)";
    let task = setup.project.task("writing the module as text", "node").args(["-e", SCRIPT]);
    let zipped = task.arg(wasm).arg(inline).read()?;
    zipped.trim().parse().map_err(|_| TaskError::new("measuring the package", zipped))
}

/// Writes the version of the workspace into a manifest.
fn set_version(manifest: &Path) -> Result<()> {
    let what = || format!("setting the version in {}", manifest.display());
    let text = fs::read_to_string(manifest).context(what)?;
    let text = with_version(&text, env!("CARGO_PKG_VERSION")).ok_or_else(|| {
        TaskError::new(what(), "it has no line for it")
            .hint("give crates/wasm/npm/package.json a line `\"version\": \"0.0.0\",`")
    })?;
    fs::write(manifest, text).context(what)
}

/// The manifest with another version in the first line that has one.
fn with_version(manifest: &str, version: &str) -> Option<String> {
    const KEY: &str = "\"version\"";
    let key = manifest.find(KEY)?;
    let open = key + KEY.len() + manifest[key + KEY.len()..].find('"')? + 1;
    let close = open + manifest[open..].find('"')?;
    Some(format!("{}{version}{}", &manifest[..open], &manifest[close..]))
}

/// Writes an entry and all that it imports as one file of `CommonJS` beside it: Jest and older versions of Node cannot
/// `require` a module.
pub(crate) fn bundle(setup: &Setup<'_>, folder: &Path, entry: &str) -> Result<()> {
    setup.esbuild()?;
    let task = setup.project.task("esbuild", "esbuild").arg([entry, ".js"].concat());
    let task = task.args(["--bundle", "--format=cjs", "--platform=node", "--target=es2022"]);
    let task = task.args([
        "--charset=utf8",
        "--log-level=error",
        "--log-override:empty-import-meta=silent",
    ]);
    task.arg(format!("--outfile={entry}.cjs")).dir(folder).run()
}

pub(crate) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if !entry.file_type()?.is_dir() {
            fs::copy(entry.path(), target)?;
        } else if entry.file_name() != "node_modules" {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_gets_the_version_of_the_workspace() {
        let manifest =
            "{\n  \"name\": \"x\",\n  \"version\": \"0.0.0\",\n  \"type\": \"module\"\n}";
        let expected = manifest.replace("0.0.0", "1.2.3");
        assert_eq!(with_version(manifest, "1.2.3"), Some(expected));
        assert_eq!(with_version("{}", "1.2.3"), None);
    }

    #[test]
    fn folders_are_copied_without_what_npm_installed_there() {
        let temp_dir = crate::temp_dir::TempDir::new("copy");
        let (from, to) = (temp_dir.path().join("from"), temp_dir.path().join("to"));
        for folder in ["deep", "node_modules/x"] {
            fs::create_dir_all(from.join(folder)).unwrap();
            fs::write(from.join(folder).join("file"), "").unwrap();
        }
        copy(&from, &to).unwrap();
        assert!(to.join("deep/file").exists());
        assert!(!to.join("node_modules").exists());
    }
}
