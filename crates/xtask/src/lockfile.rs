//! Versions out of Cargo.lock, so that a tool and the crate it belongs to cannot drift apart.

/// The version of a package in the text of a Cargo.lock, when it is there exactly once.
pub(crate) fn version<'text>(lock: &'text str, package: &str) -> Option<&'text str> {
    let mut found = None;
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if value(line, "name") != Some(package) {
            continue;
        }
        let version = lines.next().and_then(|line| value(line, "version"))?;
        if found.replace(version).is_some() {
            return None;
        }
    }
    found
}

fn value<'line>(line: &'line str, key: &str) -> Option<&'line str> {
    let quoted = line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim();
    quoted.strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "syn"
version = "2.0.1"

[[package]]
name = "syn"
version = "3.0.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"
"#;

    #[test]
    fn finds_the_version_of_exactly_that_package() {
        assert_eq!(version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version(LOCK, "wasm-bindgen-macro"), Some("0.2.131"));
    }

    #[test]
    fn finds_none_where_it_is_absent_or_ambiguous() {
        assert_eq!(version(LOCK, "wasm"), None);
        assert_eq!(version(LOCK, "syn"), None);
        assert_eq!(version("", "syn"), None);
    }
}
