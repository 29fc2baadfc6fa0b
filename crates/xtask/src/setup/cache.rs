//! The folder where tools are kept, one folder a tool and version.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Context, Result, TaskError};
use crate::lock;
use crate::progress;

/// The name of the folder in the user's cache folder.
const NAME: &str = "havenask-instances";

/// Tool cache.
#[derive(Clone, Debug)]
pub(crate) struct ToolCache {
    root: PathBuf,
}

impl ToolCache {
    /// `$HAVENASK_TOOLS`, or a folder in the user's cache folder.
    pub(crate) fn locate() -> Result<Self> {
        let set = |name| env::var_os(name).filter(|value: &OsString| !value.is_empty());
        let (tools, xdg, home) = (set("HAVENASK_TOOLS"), set("XDG_CACHE_HOME"), set("HOME"));
        choose(tools, xdg, home, cfg!(target_os = "macos"))
            .and_then(|root| std::path::absolute(root).ok())
            .map(|root| Self { root })
            .ok_or_else(|| {
                TaskError::new(
                    "finding the folder for tools",
                    "neither HAVENASK_TOOLS nor HOME is set",
                )
                .hint("set HAVENASK_TOOLS to a folder that can be written")
            })
    }

    /// The folder of all tools, whether or not it is there yet.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of a tool, whether or not it is there yet.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Returns the folder `name`, after `fill` has filled it when it was not there.
    ///
    /// `fill` gets another folder, which gets its name when all is done: what was interrupted is never
    /// taken for finished.
    pub(crate) fn install(
        &self,
        name: &str,
        about: &str,
        fill: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let folder = self.folder(name);
        if folder.is_dir() {
            return Ok(folder);
        }
        let what = || format!("installing {name} into {}", self.root.display());
        let lock = self.root.join(".lock");
        let _lock = lock::hold(&lock, "another set-up").context(what).map_err(writable)?;
        if folder.is_dir() {
            return Ok(folder);
        }
        progress::step(about, || {
            let partial = self.root.join(format!("{name}.partial"));
            remove(&partial).context(what)?;
            fs::create_dir_all(&partial).context(what)?;
            let made = fill(&partial).and_then(|()| fs::rename(&partial, &folder).context(what));
            if made.is_err() {
                let _ = remove(&partial);
            }
            made
        })?;
        Ok(folder)
    }
}

fn writable(error: TaskError) -> TaskError {
    error.hint("set HAVENASK_TOOLS to a folder that can be written")
}

/// Takes a folder away, if it is there.
pub(crate) fn remove(folder: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn choose(
    tools: Option<OsString>,
    xdg: Option<OsString>,
    home: Option<OsString>,
    macos: bool,
) -> Option<PathBuf> {
    let below = if macos { "Library/Caches" } else { ".cache" };
    tools
        .map(PathBuf::from)
        .or_else(|| xdg.map(|xdg| PathBuf::from(xdg).join(NAME)))
        .or_else(|| home.map(|home| PathBuf::from(home).join(below).join(NAME)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp_dir::TempDir;

    #[test]
    fn chooses_the_nearest_setting() {
        let set = |text: &str| Some(OsString::from(text));
        let chosen = |tools, xdg, home, macos| choose(tools, xdg, home, macos).unwrap();
        assert_eq!(chosen(set("/t"), set("/x"), set("/h"), false), Path::new("/t"));
        assert_eq!(chosen(None, set("/x"), set("/h"), false), Path::new("/x/havenask-instances"));
        let linux = chosen(None, None, set("/h"), false);
        assert_eq!(linux, Path::new("/h/.cache/havenask-instances"));
        let macos = chosen(None, None, set("/h"), true);
        assert_eq!(macos, Path::new("/h/Library/Caches/havenask-instances"));
        assert_eq!(choose(None, None, None, false), None);
    }

    #[test]
    fn only_a_finished_folder_gets_the_name() {
        let temp_dir = TempDir::new("cache");
        let cache = ToolCache { root: temp_dir.path().join("tools") };
        let failed = cache.install("tool-1", "tool 1", |folder| {
            fs::write(folder.join("half"), "").unwrap();
            Err(TaskError::new("the test", "no network"))
        });
        assert!(failed.is_err());
        assert!(!cache.folder("tool-1").exists());

        let made = cache.install("tool-1", "tool 1", |folder| {
            assert!(!folder.join("half").exists());
            fs::write(folder.join("whole"), "").context(|| "the test".into())
        });
        assert!(made.unwrap().join("whole").exists());
        let again =
            cache.install("tool-1", "tool 1", |_| Err(TaskError::new("the test", "called")));
        assert_eq!(again.unwrap(), cache.folder("tool-1"));
    }
}
