//! Files that are made from the code.

use std::{fs, path::Path};

/// Compares a committed file with what the code makes of it; with `BLESS` in the environment it is written.
pub(crate) fn compare(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, text).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let mut lines = (1..).zip(committed.lines().chain([""])).zip(text.lines().chain([""]));
    let stale = lines.find(|((_, committed), made)| committed != made);
    let stale = stale.map(|((number, committed), made)| {
        format!("{path}:{number} is out of date; run `cargo xtask bless`\n- {committed}\n+ {made}")
    });
    assert!(stale.is_none(), "{}", stale.unwrap_or_default());
    assert!(committed == text, "{path} is out of date; run `cargo xtask bless`");
}
