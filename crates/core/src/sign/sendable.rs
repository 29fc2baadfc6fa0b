//! Requests that arrive as they were signed. A client rewrites or refuses the others: `fetch` resolves the steps `.` and `..` of a
//! path, encodes what a path does not hold, writes some methods in capitals and sends no header of two lines.

use alloc::string::String;

use crate::{
    hex,
    strings::{concat, split, usize_to_string},
};

/// A part of a request that no client sends as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsendable {
    /// The part: `path`, or `headers/0/1` for the value of the first header.
    pub place: String,
    /// The form that it needs.
    pub message: &'static str,
}

/// Finds the first part of a request that no client sends as it was signed.
pub fn check(method: &str, path: &str, headers: &[(String, String)]) -> Result<(), Unsendable> {
    if !is_method(method) {
        let message = "it is a token of HTTP in capitals, and not CONNECT, TRACE or TRACK";
        return Err(Unsendable { place: "method".into(), message });
    }
    if !is_path(path) {
        let message = "it begins with / and is percent-encoded, without // and the steps . and ..";
        return Err(Unsendable { place: "path".into(), message });
    }
    for (index, (name, value)) in headers.iter().enumerate() {
        let at = |part| concat(&["headers/", &usize_to_string(index), part]);
        if !is_token(name) {
            return Err(Unsendable { place: at("/0"), message: NO_TOKEN });
        }
        if !is_value(value) {
            let message = "it is one line of ASCII, without control characters";
            return Err(Unsendable { place: at("/1"), message });
        }
    }
    Ok(())
}

/// The form of the name of a header.
pub const NO_TOKEN: &str = "it is a token of HTTP: letters, digits and some marks";

/// Tests for a token, such as the name of a header: RFC 9110, section 5.6.2.
#[must_use]
pub fn is_token(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// Tests for a path, percent-encoded as RFC 3986 has it, and nothing else. With one that does not begin with `/` the
/// address of the signed request would name another host.
#[must_use]
pub fn is_path(text: &str) -> bool {
    let Some(steps) = text.strip_prefix('/') else { return text.is_empty() };
    text.as_bytes().windows(2).all(|pair| pair != b"//") && split(steps, "/").all(is_step)
}

/// Tests for a step that stands between two slashes and stays there: a dot may be encoded, and is one all the same.
fn is_step(text: &str) -> bool {
    const OTHER: u8 = 3;
    let (mut rest, mut dots) = (text.bytes(), 0);
    while let Some(byte) = rest.next() {
        let is_dot = match byte {
            b'%' => match hex::next(&mut rest) {
                Some(byte) => byte == b'.',
                None => return false,
            },
            _ if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) => {
                byte == b'.'
            }
            _ => return false,
        };
        dots = if is_dot && dots < OTHER { dots + 1 } else { OTHER };
    }
    !matches!(dots, 1 | 2)
}

/// Tests for a method as it is signed and sent: `fetch` writes some in capitals, and refuses three.
fn is_method(text: &str) -> bool {
    let small = text.bytes().any(|byte| byte.is_ascii_lowercase());
    is_token(text) && !small && !matches!(text, "CONNECT" | "TRACE" | "TRACK")
}

/// Tests for the value of a header. Spaces at its ends are not sent, and not signed either; of what is no ASCII, `fetch`
/// sends other bytes than are signed, or none.
fn is_value(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(method: &str, path: &str, header: [&str; 2]) -> Option<String> {
        let headers = [("x-first".into(), String::new()), (header[0].into(), header[1].into())];
        check(method, path, &headers).err().map(|it| it.place)
    }

    #[test]
    fn a_sendable_request_has_no_objection() {
        for path in [
            "",
            "/",
            "/a/",
            "/openapi/ha3/instances",
            "/a%2Fb",
            "/.a/..b/...",
            "/%2e.a",
            "/%E9%83%A8",
            "/a:b@c,d;e=f+g",
        ] {
            assert_eq!(place("GET", path, ["x-a", "1"]), None, "{path}");
        }
        for method in ["GET", "POST", "PATCH", "M-SEARCH"] {
            assert_eq!(place(method, "/", ["x-a", "1"]), None, "{method}");
        }
        for header in [["X-Acs-Action", "a b"], ["!#$%&'*+-.^_`|~", ""], ["x-a", "  padded\t"]] {
            assert_eq!(place("GET", "/", header), None, "{header:?}");
        }
    }

    #[test]
    fn an_unsendable_part_is_named_with_its_place() {
        for method in
            ["", "get", "Post", "GET ", "GE T", "G\u{c9}T", "GET\r\n", "CONNECT", "TRACE", "TRACK"]
        {
            assert_eq!(place(method, "/", ["x-a", "1"]).as_deref(), Some("method"), "{method}");
        }
        for path in [
            "a",
            "//",
            "//host",
            "/a//b",
            "/.",
            "/..",
            "/a/./b",
            "/a/../b",
            "/%2e",
            "/%2E.",
            "/a/.%2e/b",
            "/a?b",
            "/a#b",
            "/a\\b",
            "/a b",
            "/a\n",
            "/部",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a\"b",
            "/<a>",
            "/{a}",
            "/a|b",
            "/a^b",
            "/[a]",
            "/a`b",
            " /a",
        ] {
            assert_eq!(place("GET", path, ["x-a", "1"]).as_deref(), Some("path"), "{path}");
        }
        for name in ["", " x-a", "x-a ", "x a", "x-a:", "x-a\n", "é", "x(a)", "x\0"] {
            assert_eq!(place("GET", "/", [name, "1"]).as_deref(), Some("headers/1/0"), "{name:?}");
        }
        for value in ["1\r\n 2", "1\n", "\r1", "1\0", "1\u{7f}", "\u{b}1", "é", "部"] {
            assert_eq!(
                place("GET", "/", ["x-a", value]).as_deref(),
                Some("headers/1/1"),
                "{value:?}"
            );
        }
    }
}
