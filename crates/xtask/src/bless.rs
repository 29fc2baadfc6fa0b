//! `cargo xtask bless`: renews the files that are made from the code. The tests that compare them write them when `BLESS` is set.

use crate::error::Result;
use crate::progress::say;
use crate::project::Project;
use crate::setup::Setup;
use crate::test;

/// Variable that makes those tests write.
const BLESS: &str = "BLESS";

/// Renews the types of the package, docs/rules.md and docs/errors.md, then docs/package/, then docs/sdk-matrix.md.
pub(crate) fn run(project: &Project) -> Result<()> {
    let setup = Setup::new(project);
    let cargo = project.cargo("writing types.d.ts, docs/rules.md and docs/errors.md");
    let cargo = cargo.args(["test", "--package", "havenask-wasm", "--features", "schema"]);
    cargo.args(["--test", "types", "--test", "documents"]).env(BLESS, "1").quiet()?;
    test::package_tests(&setup, Some("reference"))?.env(BLESS, "1").quiet()?;
    test::sdk_tests(&setup, None)?.env(BLESS, "1").quiet()?;
    let changed = project.task("listing what has changed", "git");
    let changed = changed.args(["status", "--short", "docs", "crates/wasm/npm"]).read()?;
    say(if changed.is_empty() { "everything was up to date" } else { &changed });
    Ok(())
}
