//! Files of the view "Developer", which it loads on demand: a module of the page, and the npm package.

use std::fs;
use std::path::Path;

use crate::error::{Context, Result};
use crate::hash;

/// Files of the page in `web/developer`.
const OWN: [&str; 3] = [ENTRY, "parse-request.mjs", "texts.mjs"];
const ENTRY: &str = "developer.mjs";

/// The entry of the package for pages, and what it imports.
const OF_PACKAGE: [&str; 9] = [
    "index.js",
    "api.js",
    "client.js",
    "core.js",
    "error.js",
    "havenask.js",
    "havenask_bg.wasm",
    "decode-signed.js",
    "encode.js",
];

/// Copies the files into a folder that is named after what they hold. Returns the address of the module.
pub(crate) fn add(root: &Path, package: &Path, site: &Path) -> Result<String> {
    let own = root.join("web/developer");
    let mut files = Vec::new();
    let mut all = Vec::new();
    let sources =
        OWN.iter().map(|name| (name, &*own)).chain(OF_PACKAGE.iter().map(|name| (name, package)));
    for (name, folder) in sources {
        let path = folder.join(name);
        let bytes = fs::read(&path).context(|| format!("reading {}", path.display()))?;
        all.extend_from_slice(name.as_bytes());
        all.extend_from_slice(&bytes);
        files.push((name, bytes));
    }
    let folder = format!("developer-{}", hash::of(&all));
    let target = site.join(&folder);
    let what = || format!("writing {}", target.display());
    fs::create_dir_all(&target).context(what)?;
    for (name, bytes) in files {
        fs::write(target.join(name), bytes).context(what)?;
    }
    Ok(format!("/{folder}/{ENTRY}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_named_after_what_is_in_it() {
        let temp_dir = crate::temp_dir::TempDir::new("developer");
        let [root, package, site] =
            ["root", "package", "site"].map(|name| temp_dir.path().join(name));
        let own = root.join("web/developer");
        for folder in [&own, &package, &site] {
            fs::create_dir_all(folder).unwrap();
        }
        for name in OWN {
            fs::write(own.join(name), name).unwrap();
        }
        for name in OF_PACKAGE {
            fs::write(package.join(name), name).unwrap();
        }
        let address = || {
            let address = add(&root, &package, &site).unwrap();
            let file = site.join(address.trim_start_matches('/'));
            assert_eq!(fs::read_to_string(file).unwrap(), ENTRY);
            address
        };
        let first = address();
        assert_eq!(address(), first);
        fs::write(package.join("index.js"), "another").unwrap();
        assert_ne!(address(), first);
    }
}
