//! Files of the view "Developer", which it loads on demand: a module of the page, and the npm package.

use std::fs;
use std::path::Path;

use crate::error::{Context, Result, TaskError};
use crate::inline_script::hash;

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

/// The page's element that says where the module is.
const BODY: &str = "<body data-havenask-page";

/// Copies the files into a folder that is named after what they hold, and tells the page where it is.
pub(crate) fn add(root: &Path, package: &Path, site: &Path) -> Result<()> {
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
    let folder = format!("developer-{:08x}", hash(&all));
    let target = site.join(&folder);
    let what = || format!("writing {}", target.display());
    fs::create_dir_all(&target).context(what)?;
    for (name, bytes) in files {
        fs::write(target.join(name), bytes).context(what)?;
    }
    let page = site.join("index.html");
    let what = || format!("writing into {} where the module is", page.display());
    let html = fs::read_to_string(&page).context(what)?;
    let html = with_address(&html, &format!("/{folder}/{ENTRY}"))
        .ok_or_else(|| TaskError::new(what(), format!("it has no `{BODY}`, or several")))?;
    fs::write(&page, html).context(what)
}

/// The page with the address in its body's element.
fn with_address(html: &str, address: &str) -> Option<String> {
    let (before, after) = html.split_once(BODY)?;
    let told = format!("{before}{BODY} data-developer=\"{address}\"{after}");
    (!after.contains(BODY)).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_named_after_what_is_in_it_and_the_page_knows_it() {
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
            fs::write(site.join("index.html"), "<body data-havenask-page><p>").unwrap();
            add(&root, &package, &site).unwrap();
            let html = fs::read_to_string(site.join("index.html")).unwrap();
            let address = html.split('"').nth(1).unwrap().trim_start_matches('/').to_owned();
            assert_eq!(fs::read_to_string(site.join(&address)).unwrap(), ENTRY);
            address
        };
        let first = address();
        assert_eq!(address(), first);
        fs::write(package.join("index.js"), "another").unwrap();
        assert_ne!(address(), first);
    }

    #[test]
    fn a_page_with_no_place_for_the_address_is_refused() {
        assert_eq!(with_address("<body>", "/x"), None);
        assert_eq!(with_address(&BODY.repeat(2), "/x"), None);
    }
}
