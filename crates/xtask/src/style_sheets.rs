//! Merges the style sheets of the page into one file: each is a request that a visitor waits for.

use crate::inline_script::hash;

/// A page with one style sheet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MergedStyles {
    /// The page.
    pub(crate) html: String,
    /// The name of the style sheet.
    pub(crate) name: String,
    /// Its content.
    pub(crate) css: String,
}

/// Puts the style sheets of a page, in their order, into the place of the first. `read` returns the content of a file of the page;
/// `None` when that is not there, or the page has no style sheet.
pub(crate) fn merge(html: &str, read: impl Fn(&str) -> Option<String>) -> Option<MergedStyles> {
    let (mut page, mut css, mut rest) = (String::new(), String::new(), html);
    let mut place = None;
    while let Some((before, link, after)) = next_link(rest) {
        page.push_str(before);
        if let Some(file) = style_sheet(link) {
            place.get_or_insert(page.len());
            css.push_str(&read(file)?);
        } else {
            page.push_str(link);
        }
        rest = after;
    }
    page.push_str(rest);
    let name = format!("styles-{:08x}.css", hash(css.as_bytes()));
    page.insert_str(place?, &format!("<link href=/{name} rel=stylesheet>"));
    Some(MergedStyles { html: page, name, css })
}

/// The text before the next `<link>`, that, and the text behind it.
fn next_link(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.find("<link ")?;
    let end = start + html[start..].find('>')? + 1;
    Some((&html[..start], &html[start..end], &html[end..]))
}

/// The file of a link to a style sheet.
fn style_sheet(link: &str) -> Option<&str> {
    let mut attributes = link.trim_end_matches('>').split_ascii_whitespace();
    let plain = |text: &'static str| move |it: &str| it.replace(['"', '\''], "") == text;
    attributes.clone().any(plain("rel=stylesheet")).then_some(())?;
    let href = attributes.find_map(|it| it.strip_prefix("href="))?;
    Some(href.trim_matches(['"', '\'', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_become_one_in_their_order() {
        let html = "<title>t</title><link href=/icon.svg rel=icon><link href=/a-1.css integrity=sha384-x rel=stylesheet>\
                    <link rel=\"stylesheet\" href=\"/b-2.css\"><script src=/c.js></script>";
        let read = |name: &str| Some(format!("/*{name}*/"));
        let merged = merge(html, read).unwrap();
        assert_eq!(merged.css, "/*a-1.css*//*b-2.css*/");
        assert_eq!(
            merged.html,
            format!(
                "<title>t</title><link href=/icon.svg rel=icon><link href=/{} rel=stylesheet><script src=/c.js></script>",
                merged.name
            )
        );
        assert_eq!(merge("<p>", read), None);
        assert_eq!(merge(html, |_| None), None);
    }
}
