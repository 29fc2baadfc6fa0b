//! JSON whose numbers are read as texts of their digits: a float would lose some of them, and a price is none.

use havenask_core::Value;
use serde::de::IgnoredAny;

/// Reads a body; `None` when it is not JSON, or nests too deeply.
pub(crate) fn read(body: &[u8]) -> Option<Value<'static>> {
    // Text that is no JSON must not become some between quotation marks.
    serde_json::from_slice::<IgnoredAny>(body).ok()?;
    serde_json::from_slice(&with_quoted_numbers(body)).ok()
}

/// Puts each number of a JSON between quotation marks.
fn with_quoted_numbers(json: &[u8]) -> Vec<u8> {
    // True while the mark in front of a number is open.
    let mut is_open = false;
    let mut quoted = Vec::with_capacity(json.len() + 64);
    let (mut in_text, mut is_escaped) = (false, false);
    for byte in json {
        if in_text {
            in_text = is_escaped || *byte != b'"';
            is_escaped = !is_escaped && *byte == b'\\';
        } else {
            let is_number = match byte {
                b'-' | b'0'..=b'9' => true,
                b'+' | b'.' | b'e' | b'E' => is_open,
                _ => false,
            };
            if is_number != is_open {
                quoted.push(b'"');
            }
            is_open = is_number;
            in_text = *byte == b'"';
        }
        quoted.push(*byte);
    }
    if is_open {
        quoted.push(b'"');
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_texts_and_texts_stay() {
        let json =
            r#"{"a\\":[0,-1.50E+3,"1\"2",12345678901234567890.10],"b":true,"e":{"1":1e400}}"#;
        let texts = r#"{"a\\":["0","-1.50E+3","1\"2","12345678901234567890.10"],"b":true,"e":{"1":"1e400"}}"#;
        let expected: Value<'_> = serde_json::from_str(texts).unwrap();
        assert_eq!(read(json.as_bytes()), Some(expected));
        assert_eq!(read(b"7"), Some(Value::Text("7".into())));
        let deep = ["[".repeat(40), "]".repeat(40)].concat();
        for bad in ["", "01", "1.", "-", "{\"a\":1-2}", "{\"a\":NaN}", "1 2", "\"", &deep] {
            assert_eq!(read(bad.as_bytes()), None, "{bad}");
        }
    }
}
