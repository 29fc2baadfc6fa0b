//! Percent-encoding (RFC 3986), and queries.

use alloc::{string::String, vec::Vec};

use crate::{
    hex,
    strings::{split, split_once},
};

/// Percent-encodes as RFC 3986 does: letters, digits and `-_.~` stay, every other byte becomes `%XX` in capitals.
pub fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            hex::push(out, hex::UPPER, byte);
        }
    }
}

/// Decodes percent-encoding, with `+` for a space as forms have it: a query as it came over the wire. `None` when what
/// comes out is not UTF-8 or a `%` is not followed by two hexadecimal digits.
#[must_use]
pub fn decode_query(query: &str) -> Option<Vec<(String, String)>> {
    let pairs = split(query, "&").filter(|pair| !pair.is_empty());
    let decoded = pairs.map(|pair| {
        let (name, value) = split_once(pair, "=").unwrap_or((pair, ""));
        Some((decode(name, b' ')?, decode(value, b' ')?))
    });
    decoded.collect()
}

/// Decodes one step of a path, in which `+` means itself. `None` as for a query.
#[must_use]
pub fn decode_segment(segment: &str) -> Option<String> {
    decode(segment, b'+')
}

fn decode(text: &str, plus: u8) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => plus,
            b'%' => hex::next(&mut rest)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// Writes a query behind an address.
pub fn push_query(url: &mut String, query: &[(String, String)]) {
    let mut mark = '?';
    for (name, value) in query {
        url.push(mark);
        encode(url, name);
        url.push('=');
        encode(url, value);
        mark = '&';
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_unreserved_stay() {
        let mut out = String::new();
        encode(&mut out, "aZ0-_.~ !'()*+/é");
        assert_eq!(out, "aZ0-_.~%20%21%27%28%29%2A%2B%2F%C3%A9");
    }

    #[test]
    fn malformed_percent_encoding_is_none() {
        for query in ["a=%", "a=%4", "a=%zz", "a=%ff", "%+1=x"] {
            assert_eq!(decode_query(query), None, "{query}");
        }
        assert_eq!(decode_query("a=b+c&&d").map(|it| it.len()), Some(2));
    }

    proptest! {
        #[test]
        fn encoding_reads_back(name in "[^=&]{1,8}", value in any::<String>()) {
            let mut query = String::new();
            let pairs = vec![(name, value)];
            push_query(&mut query, &pairs);
            prop_assert!(query.is_ascii());
            prop_assert_eq!(decode_query(&query[1..]), Some(pairs));
        }

        #[test]
        fn a_segment_reads_back(text in any::<String>()) {
            let mut segment = String::new();
            encode(&mut segment, &text);
            prop_assert_eq!(decode_segment(&segment), Some(text));
        }
    }
}
