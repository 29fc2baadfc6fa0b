//! wasm32 where rustup's server cannot be reached: Debian's compiler and a standard library built from its source.
//!
//! Nothing below /usr is changed. The cache gets a sysroot of our own, most of it links into Debian's, and
//! a `rustc` that uses it.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::apt;
use super::target::{WASM, has_std};
use crate::error::{Context, Result, TaskError};
use crate::project::Project;

const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library/Cargo.toml";
/// Linker of the LLVM that the compiler in `PACKAGES` is built with.
const LINKER: &str = "/usr/lib/llvm-22/bin/lld";

/// `test` is there because `cargo test` for wasm32 needs it.
const CRATES: &str = "-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test";

/// The script follows the folder when it is renamed.
const WRAPPER: &str = "\
#!/bin/sh
exec /usr/bin/rustc --sysroot \"${0%/bin/rustc}\" \"$@\"
";

/// Debian's compiler, as it describes itself.
#[derive(Debug, PartialEq, Eq)]
struct Compiler {
    release: String,
    host: String,
}

/// The wrapped compiler, when an earlier run has made it.
pub(crate) fn ready(project: &Project) -> Option<PathBuf> {
    let compiler = compiler(project).ok()?;
    let sysroot = project.cache.folder(&folder(&compiler));
    (has_std(&sysroot) && Path::new(LINKER).exists()).then(|| wrapper(&sysroot))
}

/// Installs the compiler, builds the standard library, and returns the wrapped compiler.
pub(crate) fn make(project: &Project) -> Result<PathBuf> {
    if ![RUSTC, CARGO, SOURCE, LINKER].iter().all(|file| Path::new(file).exists()) {
        apt::install(project, "a Rust compiler for WebAssembly", &PACKAGES)?;
    }
    let compiler = compiler(project)?;
    let about = format!(
        "standard library for {WASM}, built from Debian's Rust {} (1 to 3 minutes)",
        compiler.release
    );
    let sysroot = project.cache.install(&folder(&compiler), &about, |sysroot| {
        lay_out(sysroot, &compiler.host)
            .context(|| format!("making a sysroot in {}", sysroot.display()))?;
        build_std(project, sysroot)
    })?;
    Ok(wrapper(&sysroot))
}

fn folder(compiler: &Compiler) -> String {
    format!("wasm-sysroot-{}", compiler.release)
}

fn wrapper(sysroot: &Path) -> PathBuf {
    sysroot.join("bin/rustc")
}

fn compiler(project: &Project) -> Result<Compiler> {
    let what = "asking Debian's rustc for its version";
    let text = project.task(what, RUSTC).arg("-vV").read()?;
    describe(&text).ok_or_else(|| TaskError::new(what, format!("cannot read this:\n{text}")))
}

fn describe(text: &str) -> Option<Compiler> {
    let value = |key| text.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned);
    Some(Compiler { release: value("release: ")?, host: value("host: ")? })
}

fn lay_out(sysroot: &Path, host: &str) -> std::io::Result<()> {
    let ours = sysroot.join("lib/rustlib").join(host);
    let debians = Path::new("/usr/lib/rustlib").join(host);
    fs::create_dir_all(ours.join("bin"))?;
    symlink(debians.join("lib"), ours.join("lib"))?;
    // rustc looks for its own linker for wasm32 there; Debian leaves the place empty.
    symlink(LINKER, ours.join("bin/rust-lld"))?;
    fs::create_dir_all(sysroot.join("bin"))?;
    fs::write(wrapper(sysroot), WRAPPER)?;
    fs::set_permissions(wrapper(sysroot), fs::Permissions::from_mode(0o755))
}

fn build_std(project: &Project, sysroot: &Path) -> Result<()> {
    let build = sysroot.join("build");
    let what = || format!("building the standard library for {WASM}");
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
                    [lib]\npath = \"lib.rs\"\n[workspace]\n";
    fs::create_dir(&build).context(what)?;
    fs::write(build.join("Cargo.toml"), manifest).context(what)?;
    fs::write(build.join("lib.rs"), "").context(what)?;
    project
        .task(what(), CARGO)
        .dir(&build)
        .args(["build", CRATES, "--release", "--target", WASM])
        // The one place that needs an unstable option: what is built with the result is plain stable Rust.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", RUSTC)
        // Without bitcode in it, `lto = true` cannot reach into the standard library.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", build.join("target"))
        .without_env("RUSTUP_TOOLCHAIN")
        .quiet()?;
    let made = build.join("target").join(WASM).join("release/deps");
    let place = sysroot.join("lib/rustlib").join(WASM).join("lib");
    move_libraries(&made, &place).context(what)?;
    fs::remove_dir_all(&build).context(what)
}

fn move_libraries(made: &Path, place: &Path) -> std::io::Result<()> {
    fs::create_dir_all(place)?;
    for entry in fs::read_dir(made)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy();
        let library = Path::new(&name).extension().is_some_and(|end| end == "rlib");
        if library && !text.starts_with("libempty-") {
            fs::rename(made.join(&name), place.join(&name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_compiler_says_of_itself() {
        let text = "rustc 1.96.0 (abc 2026-05-25) (built from a source tarball)\nbinary: rustc\n\
                    host: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8";
        let compiler = describe(text).unwrap();
        assert_eq!(compiler.host, "x86_64-unknown-linux-gnu");
        assert_eq!(folder(&compiler), "wasm-sysroot-1.96.0");
        assert_eq!(describe("rustc: error"), None);
    }
}
