//! `target/npm/`: the whole npm package with the form of the page, ready for `npm pack`.

use std::fs;
use std::path::PathBuf;

use crate::command::Task;
use crate::error::{Context, Result};
use crate::lock;
use crate::progress::note;
use crate::servers::{self, Profile};
use crate::setup::Setup;
use crate::setup::cache::remove;
use crate::{package, page_module, site};

/// The styles of the form, in their order. That of the page's frame is not among them.
const STYLES: [&str; 6] = ["base", "page", "catalog", "review", "outcome", "instances"];

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
    package::copy(&page_module::whole(setup)?, &form).context(what)?;
    let mut styles = String::new();
    for name in STYLES {
        let file = setup.project.root.join(format!("web/styles/{name}.css"));
        let css = fs::read_to_string(&file).context(|| format!("reading {}", file.display()))?;
        styles.push_str(&css);
    }
    let styles = site::minify(setup, &styles, &form)?;
    fs::write(form.join("styles.js"), module(&styles)).context(what)?;
    package::bundle(setup, &form, "index")?;
    remove(&package).and_then(|()| fs::rename(&partial, &package)).context(what)?;
    note("package: target/npm/ is whole");
    Ok((package, site))
}

/// A task that finds the package, the page, the emulator and the proxy in its environment.
pub(crate) fn with_all(setup: &Setup<'_>, task: Task) -> Result<Task> {
    let binaries = servers::build(setup.project, Profile::Dev)?;
    let (package, site) = build(setup)?;
    let task = task.env("HAVENASK_NPM", package).env("HAVENASK_SITE", site);
    Ok(task.env("HAVENASK_EMULATOR", binaries.emulator).env("HAVENASK_PROXY", binaries.proxy))
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
    fn a_text_stays_what_it_is() {
        assert_eq!(
            module("a::before{content:\"\\b7\"}\n"),
            "export default \"a::before{content:\\\"\\\\b7\\\"}\\n\";\n"
        );
    }
}
