//! A Rust toolchain that builds for wasm32-unknown-unknown.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::debian;
use super::target::{WASM, has_std};
use crate::command::Task;
use crate::error::{Result, TaskError};
use crate::progress;
use crate::project::Project;

/// rustup fetches some 20 MB; where its server is shut off, this is how long it may take to notice.
const RUSTUP_LIMIT: Duration = Duration::from_mins(3);

/// Compiler that builds for wasm32.
#[derive(Clone, Debug)]
pub(crate) struct Toolchain {
    /// `None`: the compiler that cargo finds by itself.
    rustc: Option<PathBuf>,
}

impl Toolchain {
    /// Prepares a task that runs cargo, or something that runs cargo.
    pub(crate) fn apply(&self, task: Task) -> Task {
        match &self.rustc {
            Some(rustc) => task.env("RUSTC", rustc),
            None => task,
        }
    }

    /// Name, for the stamp file of a build.
    pub(crate) fn name(&self) -> String {
        self.rustc.as_ref().map_or_else(|| "rustup".into(), |rustc| rustc.display().to_string())
    }
}

/// Flags with which the file names in a module say nothing of this machine, nor where its crates came from; with them the
/// page would be a tenth larger, for nothing.
pub(crate) fn without_paths(project: &Project) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let home = home.ok_or_else(|| TaskError::new("finding cargo's folder", "HOME is not set"))?;
    let registries = home.join("registry/src").read_dir().into_iter().flatten();
    let registries = registries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let folders: Vec<_> = registries.chain([project.root.clone()]).collect();
    let flags = folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display()));
    Ok(flags.collect::<Vec<_>>().join(" "))
}

/// The current toolchain when it has the target; else rustup adds it; else Debian's compiler.
pub(crate) fn find(project: &Project) -> Result<Toolchain> {
    let own = Toolchain { rustc: None };
    if current_has_target(project)? {
        return Ok(own);
    }
    if let Some(rustc) = debian::ready(project) {
        return Ok(Toolchain { rustc: Some(rustc) });
    }
    let refused = match rustup(project) {
        Ok(()) if current_has_target(project)? => return Ok(own),
        Ok(()) => TaskError::new("rustup target add", "the target is still not there"),
        Err(error) => error,
    };
    progress::note("set-up: rustup cannot add the target; trying Debian's compiler instead");
    let rustc = debian::make(project).map_err(|error| {
        TaskError::new(format!("setting up {WASM}"), format!("{refused}\nand then: {error}"))
            .hint(format!("run `rustup target add {WASM}` where rustup's server can be reached"))
    })?;
    Ok(Toolchain { rustc: Some(rustc) })
}

fn current_has_target(project: &Project) -> Result<bool> {
    let sysroot = project
        .task("asking rustc for its libraries", "rustc")
        .args(["--print", "sysroot"])
        .hint("install Rust from https://rustup.rs")
        .read()?;
    Ok(has_std(Path::new(&sysroot)))
}

fn rustup(project: &Project) -> Result<()> {
    progress::step(&format!("Rust target {WASM} (rustup target add)"), || {
        let task = project.task("rustup target add", "rustup").args(["target", "add", WASM]);
        task.limit(RUSTUP_LIMIT).quiet()
    })
}
