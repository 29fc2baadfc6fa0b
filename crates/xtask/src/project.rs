//! Folders of the project, and the environment of its child processes.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Task;
use crate::error::{Context, Result, TaskError};
use crate::lockfile;
use crate::setup::cache::ToolCache;
use crate::setup::path;

/// The repository, its outputs and its tools.
#[derive(Debug)]
pub(crate) struct Project {
    /// The folder of the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// `target/` in it, whatever the environment says: others rely on the paths below it.
    pub(crate) target: PathBuf,
    /// Tool cache.
    pub(crate) cache: ToolCache,
    path: OsString,
    hidden: Vec<OsString>,
    libraries: Option<OsString>,
}

impl Project {
    /// Finds the repository and the cache.
    pub(crate) fn find() -> Result<Self> {
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.ancestors().nth(2).map(Path::to_owned).ok_or_else(|| {
            TaskError::new("finding the repository", format!("{} has no parent", here.display()))
                .hint("run `cargo xtask` inside the repository")
        })?;
        let cache = ToolCache::locate()?;
        let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
        let folders = path::folders(&cache, lockfile::version(&lock, "wasm-bindgen"));
        let path = in_front(&folders, env::var_os("PATH").as_deref());
        let target = root.join("target");
        let hidden = env::vars_os().map(|(name, _)| name).filter(|name| is_of_cargo_run(name));
        let hidden = hidden.collect();
        let strangers = [Some(target.clone()), env::var_os("RUSTUP_HOME").map(PathBuf::from)];
        let libraries = env::var_os("LD_LIBRARY_PATH")
            .map(|list| without(&list, &strangers.into_iter().flatten().collect::<Vec<_>>()));
        Ok(Self { root, target, cache, path, hidden, libraries })
    }

    /// A program to run in the root of the repository, with the project's tools on its PATH.
    pub(crate) fn task(&self, what: impl Into<String>, program: impl AsRef<OsStr>) -> Task {
        let mut task = Task::new(what, program).dir(&self.root).env("PATH", &self.path);
        task = task.env("CARGO_TARGET_DIR", &self.target);
        for name in &self.hidden {
            task = task.without_env(name);
        }
        match self.libraries.as_deref() {
            None => task,
            Some(list) if list.is_empty() => task.without_env("LD_LIBRARY_PATH"),
            Some(list) => task.env("LD_LIBRARY_PATH", list),
        }
    }

    /// The cargo that runs us.
    pub(crate) fn cargo(&self, what: impl Into<String>) -> Task {
        self.task(what, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Finds a program on the PATH of child processes.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path).map(|folder| folder.join(program)).find(|file| file.is_file())
    }

    /// The version of a package in Cargo.lock.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let file = self.root.join("Cargo.lock");
        let what = || format!("reading the version of {package} from Cargo.lock");
        let text = fs::read_to_string(&file).context(what)?;
        lockfile::version(&text, package).map(str::to_owned).ok_or_else(|| {
            TaskError::new(what(), "it is not there, or more than once")
                .hint(format!("run `cargo tree -i {package}` to see who asks for it"))
        })
    }

    /// Returns true if a path below the root exists.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }
}

/// Returns true for variables that `cargo run` sets: they make a child cargo run build scripts again.
fn is_of_cargo_run(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// `cargo run` also puts its toolchain's libraries in front of everyone else's.
fn without(list: &OsStr, strangers: &[PathBuf]) -> OsString {
    let kept = env::split_paths(list)
        .filter(|folder| !strangers.iter().any(|stranger| folder.starts_with(stranger)));
    env::join_paths(kept).unwrap_or_default()
}

fn in_front(folders: &[PathBuf], path: Option<&OsStr>) -> OsString {
    let rest = path.map(|path| env::split_paths(path).collect::<Vec<_>>()).unwrap_or_default();
    let all = folders.iter().cloned().chain(rest);
    env::join_paths(all).unwrap_or_else(|_| path.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_tools_in_front() {
        let path = in_front(&["/t/tool-1/bin".into()], Some(OsStr::new("/usr/bin:/bin")));
        assert_eq!(path, "/t/tool-1/bin:/usr/bin:/bin");
        assert_eq!(in_front(&["/t".into()], None), "/t");
    }

    #[test]
    fn hides_what_cargo_run_says_about_us() {
        assert!(is_of_cargo_run(OsStr::new("CARGO_PKG_NAME")));
        assert!(is_of_cargo_run(OsStr::new("CARGO_MANIFEST_DIR")));
        assert!(!is_of_cargo_run(OsStr::new("CARGO_HOME")));
        let list = OsStr::new("/w/target/debug/deps:/r/toolchains/x/lib:/opt/lib");
        assert_eq!(without(list, &["/w/target".into(), "/r".into()]), "/opt/lib");
    }
}
