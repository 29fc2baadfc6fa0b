//! `target/npm/`: the whole npm package with the form of the page, ready for `npm pack`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Task;
use crate::error::{Context, Result, TaskError};
use crate::lock;
use crate::progress::note;
use crate::servers::{self, Profile};
use crate::setup::Setup;
use crate::setup::cache::remove;
use crate::{package, site};

/// The styles of the form, in their order. That of the page's frame is not among them.
const STYLES: [&str; 6] = ["base", "page", "catalog", "review", "outcome", "instances"];
/// The statement of the glue that says where the WebAssembly is. The entry of the form says it: a bundler must see one `new URL`,
/// not two.
const ADDRESS: &str = "module_or_path = new URL(";
/// Prefix of the files of the page, before a hash.
const PAGE: &str = "havenask-web";

/// Builds the package and the page, and puts the form of the page into the package. Returns the folders of both. The package is
/// put in its place when it is whole.
pub(crate) fn build(setup: &Setup<'_>) -> Result<(PathBuf, PathBuf)> {
    let (core, site) = (package::build(setup)?, site::build(setup)?);
    let target = &setup.project.target;
    let (package, partial) = (target.join("npm"), target.join("npm.partial"));
    let lock = target.join("npm.lock");
    let _lock = lock::hold(&lock, "another build of the package")
        .context(|| format!("locking {}", lock.display()))?;
    let what = || format!("writing {}", partial.display());
    remove(&partial).and_then(|()| package::copy(&core, &partial)).context(what)?;
    let form = partial.join("form");
    let what_form = || format!("copying the form from {}", site.display());
    let copy = || fs::copy(find(&site, PAGE, "_bg.wasm")?, form.join("havenask-web_bg.wasm"));
    copy().context(what_form)?;
    let glue = || fs::read_to_string(find(&site, PAGE, ".js")?);
    let glue = without_address(&glue().context(what_form)?)
        .ok_or_else(|| TaskError::new(what_form(), format!("there is not one `{ADDRESS}…`")))?;
    fs::write(form.join("havenask-web.js"), glue).context(what)?;
    let mut styles = String::new();
    for name in STYLES {
        let read = || fs::read_to_string(find(&site, name, ".css")?);
        styles.push_str(&read().context(|| format!("reading the styles {name}"))?);
    }
    fs::write(form.join("styles.js"), module(&styles)).context(what)?;
    package::bundle(setup, &form, "index")?;
    remove(&package).and_then(|()| fs::rename(&partial, &package)).context(what)?;
    note("package: target/npm/ is whole");
    Ok((package, site))
}

/// The glue without its only [`ADDRESS`].
fn without_address(glue: &str) -> Option<String> {
    let (before, rest) = glue.split_once(ADDRESS)?;
    let (_, after) = rest.split_once(';')?;
    (!after.contains(ADDRESS)).then(|| format!("{before}{after}"))
}

/// A task that finds the package, the page, the emulator and the proxy in its environment.
pub(crate) fn with_all(setup: &Setup<'_>, task: Task) -> Result<Task> {
    let binaries = servers::build(setup.project, Profile::Dev)?;
    let (package, site) = build(setup)?;
    let task = task.env("HAVENASK_NPM", package).env("HAVENASK_SITE", site);
    Ok(task.env("HAVENASK_EMULATOR", binaries.emulator).env("HAVENASK_PROXY", binaries.proxy))
}

/// The file with this name, a hash and this end.
fn find(folder: &Path, name: &str, end: &str) -> std::io::Result<PathBuf> {
    let is_hash = |hash: &str| hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let hash = file.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
        if hash.and_then(|rest| rest.strip_suffix(end)).is_some_and(is_hash) {
            return Ok(path);
        }
    }
    let said = TaskError::new("finding a file of the page", format!("there is no {name}-…{end}"));
    Err(std::io::Error::other(said.to_string()))
}

/// A text as a module of JavaScript.
fn module(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("export default \"{text}\";\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_file_whatever_its_hash() {
        let temp_dir = crate::temp_dir::TempDir::new("form");
        for name in ["page-0a.css.br", "page-0a.css", "page-x.css", "page.css", "web-1_bg.wasm"] {
            fs::write(temp_dir.path().join(name), "").unwrap();
        }
        let found = |name, end| find(temp_dir.path(), name, end).ok();
        assert_eq!(found("page", ".css"), Some(temp_dir.path().join("page-0a.css")));
        assert_eq!(found("web", "_bg.wasm"), Some(temp_dir.path().join("web-1_bg.wasm")));
        assert_eq!(found("web", ".js"), None);
    }

    #[test]
    fn the_glue_names_no_file() {
        let glue = "if (a) { module_or_path = new URL('x_bg.wasm', import.meta.url); } b();";
        assert_eq!(without_address(glue).as_deref(), Some("if (a) {  } b();"));
        assert_eq!(without_address("b();"), None);
        assert_eq!(without_address(&glue.repeat(2)), None);
    }

    #[test]
    fn a_text_stays_what_it_is() {
        assert_eq!(
            module("a::before{content:\"\\b7\"}\n"),
            "export default \"a::before{content:\\\"\\\\b7\\\"}\\n\";\n"
        );
    }
}
