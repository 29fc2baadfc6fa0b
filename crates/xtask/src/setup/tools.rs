//! Programs from crates.io and npm, each in a folder of its own with its version in the name.

use std::fs;
use std::path::PathBuf;

use super::path::{BINARYEN, DENY, ESBUILD, FUZZ, NODE, SPLIT, node_package};
use crate::error::{Context, Result};
use crate::project::Project;

/// A program that cargo installs.
#[derive(Clone, Copy, Debug)]
struct Program<'a> {
    package: &'a str,
    version: &'a str,
    /// Options of `cargo install`.
    options: &'a [&'a str],
    minutes: &'a str,
}

/// wasm-bindgen and its test runner, in the version of the crate. Returns their folder.
pub(crate) fn bindgen(project: &Project) -> Result<PathBuf> {
    let version = project.locked_version("wasm-bindgen")?;
    // Its lock file names crates that not every registry still has, and no driver of a browser here asks for TLS.
    let (package, minutes) = ("wasm-bindgen-cli", "1");
    let options = &["--no-default-features"];
    cargo_install(project, Program { package, version: &version, options, minutes })
}

/// wasm-split, which takes lazily loaded views out of a module, as Leptos names them.
pub(crate) fn wasm_split(project: &Project) -> Result<PathBuf> {
    let (package, minutes) = ("wasm_split_cli_support", "1");
    let options = &["--locked", "--features", "build-binary"];
    cargo_install(project, Program { package, version: SPLIT, options, minutes })
}

/// cargo-deny, which checks licences and sources.
pub(crate) fn deny(project: &Project) -> Result<PathBuf> {
    let (package, minutes) = ("cargo-deny", "4");
    cargo_install(project, Program { package, version: DENY, options: &["--locked"], minutes })
}

/// cargo-fuzz, which compiles programs with libFuzzer in them.
pub(crate) fn fuzz(project: &Project) -> Result<PathBuf> {
    let (package, minutes) = ("cargo-fuzz", "1");
    cargo_install(project, Program { package, version: FUZZ, options: &["--locked"], minutes })
}

fn cargo_install(project: &Project, program: Program<'_>) -> Result<PathBuf> {
    let Program { package, version, options, minutes } = program;
    let name = format!("{package}-{version}");
    let about = format!("{package} {version} (cargo install, about {minutes} min)");
    // Beside the folder, and kept when it is interrupted: what is compiled then is not compiled again.
    let build = project.cache.folder(&format!("{name}.build"));
    let folder = project.cache.install(&name, &about, |folder| {
        project
            .cargo(format!("installing {package} {version}"))
            .args(["install", &format!("{package}@{version}"), "--root"])
            .arg(folder)
            // A tool that runs for seconds is not worth ten more minutes of optimising.
            .arg("--debug")
            .args(options)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TARGET_DIR", &build)
            .dir(folder)
            .hint("see the messages above; the same command goes on from here")
            .run()?;
        fs::remove_dir_all(&build).context(|| format!("removing {}", build.display()))
    })?;
    Ok(folder.join("bin"))
}

/// `wasm-opt`, as the npm package binaryen brings it.
pub(crate) fn binaryen(project: &Project) -> Result<()> {
    npm_install(project, &format!("binaryen-{BINARYEN}"), &format!("binaryen@{BINARYEN}"))
}

/// esbuild, which writes `CommonJS`.
pub(crate) fn esbuild(project: &Project) -> Result<()> {
    npm_install(project, &format!("esbuild-{ESBUILD}"), &format!("esbuild@{ESBUILD}"))
}

/// A Node of its own, for machines whose own is too old: the binaries that the npm package `node` chooses from.
pub(crate) fn node(project: &Project) -> Result<()> {
    npm_install(project, &format!("node-{NODE}"), &format!("{}@{NODE}", node_package()))
}

fn npm_install(project: &Project, name: &str, package: &str) -> Result<()> {
    project.cache.install(name, &format!("npm package {package}"), |folder| {
        project
            .task(format!("installing {package}"), "npm")
            .args(["install", "--no-fund", "--no-audit", "--loglevel=error", "--prefix"])
            .arg(folder)
            .arg(package)
            .dir(folder)
            .hint("the network or a proxy may be in the way; see `npm config get registry`")
            .quiet()
    })?;
    Ok(())
}
