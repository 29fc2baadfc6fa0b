//! The files of each crate depend on each other in one direction: no file leads back to itself by `use` declarations and paths.
//! Tests are left out, re-exports are followed: a `mod.rs` that only declares and re-exports is in no circle.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

mod sources;

/// Crates that still have circles.
const EXEMPT: [&str; 1] = ["crates/proxy"];

type ModulePath = Vec<String>;

#[test]
fn no_crate_has_a_circle_of_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found: Vec<String> = Vec::new();
    for folder in sources::crates(&root).filter(|folder| !EXEMPT.contains(&folder.as_str())) {
        let crate_files = CrateFiles::read(&root.join(&folder).join("src"));
        for circle in circles(&crate_files.edges()) {
            let files = circle.into_iter().collect::<Vec<_>>().join(", ");
            found.push(format!("{folder}: {files}"));
        }
    }
    assert!(found.is_empty(), "circles of files: {found:#?}");
}

/// Files of a crate by their modules, with the paths in them.
struct CrateFiles {
    files: BTreeMap<String, (ModulePath, Paths)>,
    modules: BTreeMap<ModulePath, String>,
    reexports: BTreeMap<(ModulePath, String), ModulePath>,
}

impl CrateFiles {
    fn read(source: &Path) -> Self {
        let mut files = BTreeMap::new();
        for path in sources::rust_files(source) {
            let file = path.strip_prefix(source).unwrap().to_string_lossy().into_owned();
            let mut paths = Paths::default();
            paths.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
            files.insert(file.clone(), (module_of(&file), paths));
        }
        Self::new(files)
    }

    fn new(files: BTreeMap<String, (ModulePath, Paths)>) -> Self {
        let is_library = files.contains_key("lib.rs");
        let modules = files.iter().filter(|(file, _)| *file != "main.rs" || !is_library);
        let modules = modules.map(|(file, (module, _))| (module.clone(), file.clone())).collect();
        let mut crate_files = Self { files, modules, reexports: BTreeMap::new() };
        for (module, paths) in crate_files.files.values() {
            for (name, path) in &paths.reexports {
                let relative = || module.iter().chain(path).cloned().collect();
                let whole = crate_files.absolute(path, module).unwrap_or_else(relative);
                let key = (module.clone(), name.clone());
                crate_files.reexports.insert(key, whole);
            }
        }
        crate_files
    }

    /// The path from the root of the crate; `None` for one of another crate.
    fn absolute(&self, path: &[String], module: &ModulePath) -> Option<ModulePath> {
        let supers = path.iter().take_while(|part| *part == "super").count();
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([module, &path[1..]].concat()),
            "super" => Some([module.get(..module.len() - supers)?, &path[supers..]].concat()),
            first => {
                let child = [module.as_slice(), &[first.to_owned()]].concat();
                self.modules.contains_key(&child).then(|| [module, path].concat())
            }
        }
    }

    /// The file that declares what a path names, through re-exports.
    fn declared_in(&self, path: &[String], depth: usize) -> Option<&String> {
        (0..=path.len()).rev().find_map(|length| {
            let file = self.modules.get(&path[..length])?;
            let name = path.get(length).map(|name| (path[..length].to_vec(), name.clone()));
            let target = name.and_then(|name| self.reexports.get(&name));
            let through = target.filter(|target| depth < 9 && !target.starts_with(path));
            through.and_then(|target| self.declared_in(target, depth + 1)).or(Some(file))
        })
    }

    fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (file, (module, paths)) in &self.files {
            let reexported = paths.reexports.iter().map(|(_, path)| path);
            for path in paths.all.iter().chain(reexported) {
                let reached = self.absolute(path, module);
                let reached = reached.and_then(|path| self.declared_in(&path, 0));
                let reached =
                    reached.filter(|to| *to != file && *to != "lib.rs" && *to != "main.rs");
                edges.entry(file).or_default().extend(reached.map(String::as_str));
            }
        }
        edges
    }
}

/// Paths in a file: those of `pub use` with their names, and all others.
#[derive(Default)]
struct Paths {
    reexports: Vec<(String, ModulePath)>,
    all: Vec<ModulePath>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !sources::is_test(module) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let private = matches!(item.vis, syn::Visibility::Inherited);
        let mut found = Vec::new();
        expand(&item.tree, &[], &mut found);
        if private {
            self.all.extend(found.into_iter().map(|(_, path)| path));
        } else {
            self.reexports.extend(found);
        }
    }

    // `pub(super)` and `pub(crate)` lead nowhere.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.all.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        // Comments are strings here, and lead nowhere.
        let tokens = item.tokens.to_string().replace("\\\"", "");
        let tokens = tokens.split('"').step_by(2).collect::<String>().replace(' ', "");
        let words =
            tokens.split(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
        let paths = words.filter(|word| word.starts_with("crate::") || word.starts_with("super::"));
        self.all.extend(paths.map(|path| path.split("::").map(str::to_owned).collect()));
    }
}

/// `a::{b, c::d as e}` as `b` for `[a, b]` and `e` for `[a, c, d]`.
fn expand(tree: &syn::UseTree, prefix: &[String], found: &mut Vec<(String, ModulePath)>) {
    let with = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
    match tree {
        syn::UseTree::Path(path) => expand(&path.tree, &with(&path.ident), found),
        syn::UseTree::Name(name) if name.ident == "self" => {
            found.push((prefix.last().cloned().unwrap_or_default(), prefix.to_vec()));
        }
        syn::UseTree::Name(name) => found.push((name.ident.to_string(), with(&name.ident))),
        syn::UseTree::Rename(name) => found.push((name.rename.to_string(), with(&name.ident))),
        syn::UseTree::Glob(_) => found.push(("*".to_owned(), prefix.to_vec())),
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|tree| expand(tree, prefix, found));
        }
    }
}

fn module_of(file: &str) -> ModulePath {
    let path = file.trim_end_matches(".rs");
    let path =
        ["mod", "lib", "main"].iter().find_map(|name| path.strip_suffix(name)).unwrap_or(path);
    path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Sets of files that reach each other.
fn circles<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<BTreeSet<&'a str>> {
    let reached = |from: &'a str| {
        let (mut reached, mut waiting) = (BTreeSet::new(), vec![from]);
        while let Some(file) = waiting.pop() {
            let next = edges.get(file).into_iter().flatten().copied();
            waiting.extend(next.filter(|next| reached.insert(*next)));
        }
        reached
    };
    let all: BTreeMap<_, _> = edges.keys().map(|file| (*file, reached(file))).collect();
    let circle = |file: &&'a str| -> BTreeSet<&'a str> {
        let back = |other: &&&'a str| all.get(**other).is_some_and(|others| others.contains(*file));
        all[*file].iter().filter(back).copied().collect()
    };
    all.keys().map(circle).filter(|circle| circle.len() > 1).collect()
}

#[test]
fn a_circle_is_found_through_facades_and_only_there() {
    let file = |name: &str, source: &str| {
        let mut paths = Paths::default();
        paths.visit_file(&syn::parse_str(source).unwrap());
        (name.to_owned(), (module_of(name), paths))
    };
    let found = |files: Vec<(String, (ModulePath, Paths))>| {
        let crate_files = CrateFiles::new(files.into_iter().collect());
        let found = circles(&crate_files.edges());
        found
            .iter()
            .map(|circle| circle.iter().copied().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    let facade = || file("a/mod.rs", "mod x; mod y; pub(crate) use self::{x::X, y::Y};");
    let tree = |x: &str, y: &str| {
        vec![file("lib.rs", "mod a;"), facade(), file("a/x.rs", x), file("a/y.rs", y)]
    };
    let none = Vec::<String>::new();
    assert_eq!(found(tree("use super::Y; struct X;", "pub(super) struct Y;")), none);
    assert_eq!(found(tree("use super::Y;", "fn f(x: &crate::a::X) {}")), ["a/x.rs a/y.rs"]);
    assert_eq!(found(tree("use super::Y;", "fn f() { g!(super::x::X) }")), ["a/x.rs a/y.rs"]);
    assert_eq!(
        found(tree("use super::Y;", "#[cfg(test)] mod tests { use super::super::X; }")),
        none
    );
    let own = file("a/mod.rs", "mod x; use self::x::X; pub(crate) struct Z;");
    assert_eq!(found(vec![own, file("a/x.rs", "use super::Z;")]), ["a/mod.rs a/x.rs"]);
}
