//! Moves the script that trunk writes into the page to a file: the page's policy allows no inline script.

/// A page without inline module scripts, and the files that they became.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Extracted {
    /// The page.
    pub(crate) html: String,
    /// Name and content.
    pub(crate) files: Vec<(String, String)>,
}

/// Moves each inline module script to a file named after its content.
pub(crate) fn extract(html: &str) -> Extracted {
    let mut extracted = Extracted { html: String::new(), files: Vec::new() };
    let mut rest = html;
    while let Some(script) = next_script(rest) {
        extracted.html.push_str(&rest[..script.start]);
        if script.is_inline_module() {
            let name = format!("boot-{:08x}.js", hash(script.content.as_bytes()));
            let tag = format!(r#"<script type="module" src="/{name}"></script>"#);
            extracted.html.push_str(&tag);
            extracted.files.push((name, script.content.trim().to_owned() + "\n"));
        } else {
            extracted.html.push_str(&rest[script.start..script.end]);
        }
        rest = &rest[script.end..];
    }
    extracted.html.push_str(rest);
    extracted
}

/// A `<script>` element in a text.
struct ScriptElement<'html> {
    start: usize,
    end: usize,
    attributes: &'html str,
    content: &'html str,
}

impl ScriptElement<'_> {
    fn is_inline_module(&self) -> bool {
        let bare = self.attributes.replace(['"', '\''], "");
        let mut attributes = bare.split_ascii_whitespace();
        let is_module = attributes.clone().any(|attribute| attribute == "type=module");
        is_module && !attributes.any(|attribute| attribute.starts_with("src="))
    }
}

fn next_script(html: &str) -> Option<ScriptElement<'_>> {
    const OPEN: &str = "<script";
    const CLOSE: &str = "</script>";
    let start = html.find(OPEN)?;
    let attributes_start = start + OPEN.len();
    let content_start = attributes_start + html[attributes_start..].find('>')? + 1;
    let content_end = content_start + html[content_start..].find(CLOSE)?;
    Some(ScriptElement {
        start,
        end: content_end + CLOSE.len(),
        attributes: &html[attributes_start..content_start - 1],
        content: &html[content_start..content_end],
    })
}

/// FNV-1a: the same on every machine, and good enough to tell two builds apart.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let add = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    bytes.iter().fold(0x811c_9dc5, add)
}

/// Corrects the size of the WebAssembly file that trunk wrote down before wasm-opt made it smaller.
/// A progress bar would otherwise stop at half.
pub(crate) fn correct_size(script: &str, size_of: impl Fn(&str) -> Option<u64>) -> String {
    const CALL: &str = "__trunkInitializer(init, '";
    let corrected = || {
        let name_start = script.find(CALL)? + CALL.len();
        let name_end = name_start + script[name_start..].find("', ")?;
        let size_start = name_end + "', ".len();
        let size_end = size_start + script[size_start..].find(',')?;
        script[size_start..size_end].parse::<u64>().ok()?;
        let size = size_of(script[name_start..name_end].trim_start_matches('/'))?;
        Some(format!("{}{size}{}", &script[..size_start], &script[size_end..]))
    };
    corrected().unwrap_or_else(|| script.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_inline_modules_and_nothing_else() {
        let html = "<head><script type=module>\nimport a from '/a.js';\n</script>\
                    <script src=/b.js type=module></script><script>classic()</script>\
                    <script type=\"module\">two()</script></head>";
        let Extracted { html, files } = extract(html);
        assert_eq!(files.len(), 2);
        assert_eq!(files[0].1, "import a from '/a.js';\n");
        assert_eq!(files[1].1, "two()\n");
        let name = &files[0].0;
        let digits = name.strip_prefix("boot-").and_then(|name| name.strip_suffix(".js"));
        assert!(digits.is_some_and(|digits| u32::from_str_radix(digits, 16).is_ok()), "{name}");
        assert_eq!(name.len(), "boot-12345678.js".len());
        assert_eq!(
            html,
            format!(
                "<head><script type=\"module\" src=\"/{name}\"></script>\
                 <script src=/b.js type=module></script><script>classic()</script>\
                 <script type=\"module\" src=\"/{}\"></script></head>",
                files[1].0
            )
        );
    }

    #[test]
    fn leaves_a_page_without_scripts_alone() {
        for html in ["<p>no script</p>", "<script type=module>never closed"] {
            assert_eq!(extract(html), Extracted { html: html.into(), files: vec![] });
        }
    }

    #[test]
    fn the_name_follows_the_content() {
        assert_eq!(hash(b""), 0x811c_9dc5);
        assert_eq!(hash(b"a"), 0xe40c_292c);
    }

    #[test]
    fn corrects_the_size_for_the_progress_bar() {
        let script =
            "const wasm = await __trunkInitializer(init, '/p_bg.wasm', 124054, i(), true);";
        let size = |name: &str| (name == "p_bg.wasm").then_some(68157);
        assert_eq!(correct_size(script, size), script.replace("124054", "68157"));
        assert_eq!(correct_size(script, |_| None), script);
        assert_eq!(correct_size("await init();", size), "await init();");
    }
}
