//! Documents agree with the repository: arrows, files, links, tests, versions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it is surprised")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter::once;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text below a heading, to the next one of its level.
fn section<'text>(text: &'text str, heading: &str) -> &'text str {
    let (_, rest) =
        text.split_once(&format!("\n{heading}")).unwrap_or_else(|| panic!("{heading} is gone"));
    let level = heading.split(' ').next().unwrap();
    rest.split(&format!("\n{level} ")).next().unwrap()
}

/// Texts between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_arrows_are_the_dependencies() {
    let manifest = read("Cargo.toml");
    let mut depended = BTreeSet::new();
    for member in members(&manifest) {
        let from = member.rsplit('/').next().unwrap().to_owned();
        let manifest = read(&format!("{member}/Cargo.toml"));
        let mut counts = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                counts = line == "[dependencies]" || line.ends_with(".dependencies]");
            }
            let name = line.split(['.', ' ', '=']).next().unwrap().strip_prefix("havenask-");
            depended.extend(name.filter(|_| counts).map(|to| (from.clone(), to.to_owned())));
        }
    }

    let architecture = read("ARCHITECTURE.md");
    let arrows = section(&architecture, "## Arrows").split("```").nth(1).unwrap();
    let mut drawn = BTreeSet::new();
    for line in arrows.lines() {
        let names: Vec<_> = line.split('▶').map(|name| name.trim_matches(['─', ' '])).collect();
        drawn.extend(names.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())));
    }
    assert_eq!(drawn, depended, "left: what ARCHITECTURE.md draws; right: what Cargo.toml says");
}

#[test]
fn each_file_says_what_it_is() {
    let mut files = BTreeMap::new();
    for folder in ["crates", "tests", "web"] {
        collect(&root().join(folder), &["rs"], &mut files);
    }
    let is_source = |path: &Path| path.components().any(|part| part.as_os_str() == "src");
    let silent = files.iter().filter(|(path, text)| is_source(path) && !text.starts_with("//! "));
    let silent: Vec<_> = silent.map(|(path, _)| path.display().to_string()).collect();
    assert!(silent.is_empty(), "without a first line `//! …`: {}", silent.join(", "));
}

#[test]
fn the_layers_are_those_of_architecture_md() {
    let architecture = read("ARCHITECTURE.md");
    let drawn = architecture.split("```").nth(1).unwrap();
    let paths: Vec<_> = drawn.lines().filter_map(|line| line.split(' ').next()).collect();
    for path in paths.iter().filter(|path| path.ends_with('/')) {
        assert!(root().join(path).is_dir(), "there is no {path}");
    }
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let path = format!("crates/{}/", entry.unwrap().file_name().display());
        assert!(paths.contains(&&*path), "{path} is missing");
    }
}

#[test]
fn each_promise_names_tests_that_there_are() {
    let mut tests = String::new();
    for folder in ["crates/proxy", "tests/browser/specs"] {
        gather(&root().join(folder), &mut tests);
    }
    let model = read("THREAT_MODEL.md");
    let rows = section(&model, "## Promises").lines().skip_while(|line| !line.starts_with("|---"));
    let mut promises = 0;
    for row in rows.filter(|line| line.starts_with("| ")) {
        promises += 1;
        let named: Vec<_> = quoted(row.rsplit(" | ").next().unwrap()).collect();
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            let is_there = tests.contains(&format!("fn {name}("))
                || tests.contains(&format!("test(\"{name}\""))
                || root().join("crates/proxy").join(name).exists()
                || name.starts_with("cargo xtask ");
            assert!(is_there, "there is no test {name}");
        }
    }
    assert!(promises > 20, "only {promises} promises");
}

/// The text of all files of a folder and of those below it.
fn gather(folder: &Path, text: &mut String) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            gather(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_version_stands_in_the_manifest_of_the_workspace() {
    let manifest = read("Cargo.toml");
    let package = section(&manifest, "[workspace.package]");
    let version = package.lines().find(|line| line.starts_with("version = ")).unwrap();
    let dependencies = section(&manifest, "[workspace.dependencies]");
    for line in dependencies.lines().filter(|line| line.contains("path = ")) {
        assert!(line.contains(version), "{line}: is not of {version}");
    }
    for member in members(&manifest) {
        let inherits =
            read(&format!("{member}/Cargo.toml")).contains("\nversion.workspace = true\n");
        assert!(inherits, "{member} has a version of its own");
    }
    // `cargo xtask build` puts the version in its place.
    assert!(read("crates/wasm/npm/package.json").contains("\"version\": \"0.0.0\""));
    let changelog = read("CHANGELOG.md");
    let newest = changelog.lines().find_map(|line| line.strip_prefix("## ")).unwrap();
    assert_eq!(newest.split(' ').next(), in_quotes(version).next());
}

/// The folders of the crates of the workspace.
fn members(manifest: &str) -> impl Iterator<Item = &str> {
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = ")).unwrap();
    in_quotes(members)
}

/// Texts between double quotes.
fn in_quotes(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

#[test]
fn every_link_leads_somewhere() {
    let mut documents = BTreeMap::new();
    collect(&root(), &["md"], &mut documents);
    assert!(documents.len() > 10, "only {} documents", documents.len());
    let anchors: BTreeMap<_, _> =
        documents.iter().map(|(path, text)| (path, anchors(text))).collect();
    let mut dead = Vec::new();
    for (path, text) in &documents {
        for link in links(text) {
            let (file, anchor) =
                link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
            let place = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            let target = place.canonicalize().ok();
            let leads = target.is_some_and(|target| {
                let known = anchors.get(&target);
                anchor.is_none_or(|anchor| known.is_some_and(|known| known.contains(anchor)))
            });
            if !leads {
                dead.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn no_file_is_longer_than_contributors_are_told() {
    let told = read("CONTRIBUTING.md");
    let (_, most) = told.split_once("split past ").unwrap();
    let most: usize = most.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
    let mut files = BTreeMap::new();
    for folder in ["crates", "tests", "web"] {
        collect(&root().join(folder), &["css", "js", "lua", "mjs", "py", "rs", "ts"], &mut files);
    }
    assert!(files.len() > 200, "only {} files", files.len());
    // The types of the package are made from the code.
    let made = |path: &Path| path.ends_with("types.d.ts");
    let long = files.iter().filter(|(path, text)| text.lines().count() > most && !made(path));
    let long: Vec<_> = long.map(|(path, _)| path.display().to_string()).collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The files with these endings in a folder and in those below it.
fn collect(folder: &Path, endings: &[&str], files: &mut BTreeMap<PathBuf, String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() && !["target", "node_modules"].contains(&&*name) && !name.starts_with('.')
        {
            collect(&path, endings, files);
        } else if path.extension().is_some_and(|end| endings.iter().any(|known| end == *known)) {
            files.insert(path.clone(), fs::read_to_string(&path).unwrap());
        }
    }
}

/// The lines outside of code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// Targets of the links of a document within the repository.
fn links(text: &str) -> Vec<&str> {
    let targets = prose(text).flat_map(|line| line.split("](").skip(1));
    let targets = targets.filter_map(|rest| rest.split([')', ' ']).next());
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).collect()
}

/// Anchors of a document, as forges make them of headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in prose(text) {
        let named = line.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        anchors.extend(named.map(str::to_owned));
        let Some(heading) = line.strip_prefix('#') else { continue };
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let slug: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        // The second of a name is told apart by a number.
        let mut candidates = once(slug.clone()).chain((1..).map(|n| format!("{slug}-{n}")));
        let free = candidates.find(|candidate| !anchors.contains(candidate));
        anchors.extend(free);
    }
    anchors
}

#[test]
fn links_and_anchors_are_read_as_forges_read_them() {
    let text = "# A `b()`, c!\n## x\n## x\n[one](a.md#b) and ![two](c.png \"t\") [web](https://x)\n```\n[no](code)\n```\n";
    assert_eq!(links(text), ["a.md#b", "c.png"]);
    assert_eq!(anchors(text), ["a-b-c", "x", "x-1"].map(str::to_owned).into());
}
