//! The target wasm32-unknown-unknown, and its standard library.

use std::path::Path;

/// Name of the target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Returns true if a sysroot has the standard library of the target.
pub(super) fn has_std(sysroot: &Path) -> bool {
    let folder = sysroot.join("lib/rustlib").join(WASM).join("lib");
    folder.read_dir().is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| is_std(&entry.file_name().to_string_lossy())))
    })
}

fn is_std(name: &str) -> bool {
    name.starts_with("libstd-") && Path::new(name).extension().is_some_and(|end| end == "rlib")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp_dir::TempDir;
    use std::fs;

    #[test]
    fn a_sysroot_without_the_library_does_not_count() {
        let temp_dir = TempDir::new("sysroot");
        let folder = temp_dir.path().join("lib/rustlib").join(WASM).join("lib");
        assert!(!has_std(temp_dir.path()));
        fs::create_dir_all(&folder).unwrap();
        assert!(!has_std(temp_dir.path()));
        fs::write(folder.join("libstd_detect-1.rlib"), "").unwrap();
        assert!(!has_std(temp_dir.path()));
        fs::write(folder.join("libstd-1.rlib"), "").unwrap();
        assert!(has_std(temp_dir.path()));
    }
}
