//! Parts: the names by which a host styles elements of the form from outside, as `::part(input)`.

/// Classes and the parts of their elements; the first that fits counts.
const PARTS: [(&str, &str); 10] = [
    ("havenask", "form"),
    ("heading", "heading"),
    ("summary", "summary"),
    ("button button-primary", "button"),
    ("button", "secondary-button"),
    ("input", "input"),
    ("label", "label"),
    ("part", "panel"),
    ("price card", "panel"),
    ("panel", "panel alert"),
];

/// The part of an element with these classes.
pub(super) fn part_of(classes: &str) -> Option<&'static str> {
    let begins = |start: &str| {
        let rest = classes.strip_prefix(start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    PARTS.iter().find(|(class, _)| begins(class)).map(|(_, part)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_classes() {
        for (classes, part) in [
            ("button button-primary", Some("button")),
            ("button button-small", Some("secondary-button")),
            ("part part-flush", Some("panel")),
            ("panel panel-error", Some("panel alert")),
            ("part-title", None),
            ("summary-note", None),
        ] {
            assert_eq!(part_of(classes), part, "{classes}");
        }
    }

    #[test]
    fn every_part_is_documented() {
        let readme = include_str!("../../../crates/wasm/npm/README.md");
        for part in PARTS.iter().flat_map(|(_, part)| part.split(' ')) {
            assert!(readme.contains(&format!("| `{part}` |")), "{part}");
        }
    }
}
