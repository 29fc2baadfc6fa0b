//! Each type of the workspace has a name of its own: one noun, one thing.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

mod sources;

/// Alias that a crate has by convention.
const RESULT: &str = "Result";

#[test]
fn no_name_belongs_to_two_types() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in sources::crates(&root) {
        for path in sources::rust_files(&root.join(&folder).join("src")) {
            let mut types = TypeNames::default();
            types.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
            for name in types.0 {
                let file = path.strip_prefix(&root).unwrap().display().to_string();
                places.entry(name).or_default().push(file);
            }
        }
    }
    places.retain(|name, files| files.len() > 1 && name != RESULT);
    assert!(places.is_empty(), "names of several types: {places:#?}");
}

/// Names of the types that a file declares outside of functions and tests.
#[derive(Default)]
struct TypeNames(BTreeSet<String>);

impl<'ast> Visit<'ast> for TypeNames {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !sources::is_test(module) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, _: &'ast syn::ItemFn) {}

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.0.insert(item.ident.to_string());
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.0.insert(item.ident.to_string());
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.0.insert(item.ident.to_string());
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.0.insert(item.ident.to_string());
    }
}
