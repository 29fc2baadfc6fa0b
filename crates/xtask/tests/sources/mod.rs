//! Sources of the workspace.

use std::path::{Path, PathBuf};

/// Folders of the crates, from the root.
pub(crate) fn crates(root: &Path) -> impl Iterator<Item = String> {
    let below = |folder: &'static str| {
        let entries = root.join(folder).read_dir().unwrap().flatten();
        entries.map(move |entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
    };
    let all = below("crates").chain(below("tests")).chain(["web".to_owned()]);
    all.filter(|folder| root.join(folder).join("src").is_dir())
}

/// Rust files in a folder and in those below it.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files
}

/// Returns true for a module that is compiled for tests only.
pub(crate) fn is_test(module: &syn::ItemMod) -> bool {
    module.attrs.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
    })
}
