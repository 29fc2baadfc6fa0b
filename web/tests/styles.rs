//! Classes: each that a view uses has a style, and each style a use.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::{collections::BTreeSet, fs, path::Path};

/// Calls that take a class, by the text before it.
const BEFORE: [&str; 10] = [
    ".class(",
    "button(app, ",
    "card(app, ",
    "cell(",
    "heading(app, ",
    "picture(",
    "error(",
    "class = ",
    "className = ",
    "class=",
];
/// An arm of a `match` that gives a class, by the text after it.
const AFTER: &str = ", Icon::";
/// The class of the element around an embedded form, which the npm package makes.
const EMBEDDED: [&str; 1] = ["havenask-box"];

fn texts(folder: &str, end: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.to_str().is_some_and(|path| path.ends_with(end)));
    paths.map(|path| fs::read_to_string(path).unwrap() + "\n").collect()
}

fn sources() -> String {
    let index = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../index.html")).unwrap();
    [texts("src/view", ".rs"), texts("developer", ".mjs"), index].concat()
}

fn is_class(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|it| it.is_ascii_lowercase())
        && letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-')
}

/// The classes of all selectors.
fn styled() -> BTreeSet<String> {
    let css = texts("styles", ".css");
    let selectors = css.split('}').filter_map(|rule| rule.rsplit_once('{')).map(|(it, _)| it);
    let selectors = selectors.map(|it| it.rsplit("*/").next().unwrap_or(it));
    let words = selectors.flat_map(|it| it.split('.').skip(1));
    let name = |word: &str| {
        word.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '-').collect()
    };
    words.map(name).filter(|word: &String| is_class(word)).collect()
}

#[test]
fn each_class_has_a_style() {
    let (sources, styled) = (sources(), styled());
    assert!(styled.len() > 80, "{}", styled.len());
    let pieces: Vec<&str> = sources.split('"').collect();
    let mut used = BTreeSet::new();
    for index in (1..pieces.len()).step_by(2) {
        let (before, after) = (pieces[index - 1].trim_end(), pieces.get(index + 1).unwrap_or(&""));
        let before = [before, " "].concat();
        let is_use = BEFORE.iter().any(|it| before.trim_end().ends_with(it.trim_end()));
        if is_use || after.starts_with(AFTER) {
            used.extend(pieces[index].split(' ').filter(|word| !word.is_empty()));
        }
    }
    assert!(used.len() > 80, "{}", used.len());
    let plain: Vec<_> = used.into_iter().filter(|word| !styled.contains(*word)).collect();
    assert_eq!(plain, [""; 0], "classes without a style");
}

#[test]
fn each_style_has_a_use() {
    let sources = sources();
    let words: BTreeSet<&str> =
        sources.split('"').flat_map(|piece| piece.split_ascii_whitespace()).collect();
    let unused: Vec<_> = styled().into_iter().filter(|it| !words.contains(it.as_str())).collect();
    assert_eq!(unused, EMBEDDED, "styles without a use");
}
