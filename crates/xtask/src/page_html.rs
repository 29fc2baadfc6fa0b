//! `index.html` as it ships. Its `data-trunk` links, which `trunk serve` reads too, name files of the source; they become links to
//! what was made of those.

/// Start of a link to a file of the source.
const LINK: &str = "<link data-trunk";
/// Start of the element that says where the view "Developer" is.
const BODY: &str = "<body data-havenask-page";

/// Addresses of what the page consists of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses<'a> {
    /// The icon.
    pub(crate) icon: &'a str,
    /// All style sheets in one.
    pub(crate) styles: &'a str,
    /// The script that loads the module.
    pub(crate) script: &'a str,
    /// The module.
    pub(crate) module: &'a str,
    /// The script of the view "Developer".
    pub(crate) developer: &'a str,
}

/// Files that the links of a kind name, in their order.
pub(crate) fn linked<'html>(
    html: &'html str,
    rel: &'static str,
) -> impl Iterator<Item = &'html str> {
    let links = html.split(LINK).skip(1).filter_map(|rest| rest.split('>').next());
    links
        .filter(move |link| attribute(link, "rel") == Some(rel))
        .filter_map(|link| attribute(link, "href"))
}

/// The page with its links, without indentation. `None` if a part of it is missing.
pub(crate) fn write(html: &str, to: &Addresses<'_>) -> Option<String> {
    let Addresses { icon, styles, script, module, developer } = to;
    let mut kinds = [
        ("icon", format!(r#"<link rel="icon" type="image/svg+xml" href="{icon}">"#)),
        ("css", format!(r#"<link rel="stylesheet" href="{styles}">"#)),
        (
            "rust",
            format!(
                r#"<link rel="preload" as="fetch" type="application/wasm" crossorigin href="{module}"><script type="module" src="{script}"></script>"#
            ),
        ),
    ];
    let mut parts = html.split(LINK);
    let mut page = parts.next()?.to_owned();
    for part in parts {
        let (link, after) = part.split_once('>')?;
        let rel = attribute(link, "rel")?;
        let (_, replacement) = kinds.iter_mut().find(|(kind, _)| *kind == rel)?;
        // The first of a kind stands for all.
        page.push_str(&std::mem::take(replacement));
        page.push_str(after);
    }
    let (head, body) = page.split_once(BODY)?;
    let page = format!("{head}{BODY} data-developer=\"{developer}\"{body}");
    let is_whole = kinds.iter().all(|(_, left)| left.is_empty());
    is_whole.then(|| {
        page.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    })
}

/// The value of an attribute.
fn attribute<'html>(tag: &'html str, name: &str) -> Option<&'html str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once(name)?;
        let starts = before.chars().next_back().is_none_or(char::is_whitespace);
        match after.strip_prefix("=\"") {
            Some(value) if starts => return value.split('"').next(),
            _ => rest = after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>t</title>\n  <link data-trunk rel=\"icon\" href=\"i.svg\" />\n  <link data-trunk rel=\"css\" href=\"a.css\" />\n\
                        <link data-trunk rel=\"css\" href=\"b.css\" />\n  <link data-trunk data-href=\"no\"\n  \
                        rel=\"rust\" href=\"Cargo.toml\" />\n<body data-havenask-page>\n  <p>";
    const TO: Addresses<'_> = Addresses {
        icon: "/i-1.svg",
        styles: "/s-2.css",
        script: "/b.js",
        module: "/m.wasm",
        developer: "/d.mjs",
    };

    #[test]
    fn links_name_what_was_made_of_the_files() {
        assert_eq!(linked(PAGE, "css").collect::<Vec<_>>(), ["a.css", "b.css"]);
        assert_eq!(linked(PAGE, "rust").collect::<Vec<_>>(), ["Cargo.toml"]);
        let page = write(PAGE, &TO).unwrap();
        assert_eq!(page.matches("stylesheet").count(), 1);
        for part in [
            "href=\"/i-1.svg\"",
            "href=\"/s-2.css\"",
            "src=\"/b.js\"",
            "href=\"/m.wasm\"",
            "data-developer=\"/d.mjs\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("Cargo.toml"), "{page}");
    }

    #[test]
    fn a_page_without_a_part_is_none() {
        for part in ["rel=\"icon\"", "rel=\"css\"", "rel=\"rust\"", "<body"] {
            assert_eq!(write(&PAGE.replace(part, "rel=\"other\""), &TO), None, "{part}");
        }
    }
}
