//! Clears answers of secrets. The gateway may quote the whole request in an error, and with it the STS token, in any spelling
//! that JSON, an address or HTML has for its letters.

/// The text that stands in the place of a secret.
const CLEARED: &str = "***";
/// Bytes of a secret, at least: a shorter one would clear texts that only look like it.
const SHORTEST: usize = 8;

/// Clears a text of secrets; `None` when none of them is in it.
pub(super) fn without(text: &str, secrets: [&str; 2]) -> Option<String> {
    let secrets = secrets.map(|secret| secret.trim_end_matches('=').as_bytes());
    let mut clear = None::<String>;
    // Up to where the text is looked through, and up to where it is copied.
    let (mut at, mut copied) = (0, 0);
    // No letter of a secret begins otherwise, and hardly any text has a secret in it.
    let may_begin = |byte: &u8| {
        matches!(byte, b'\\' | b'%' | b'&') || secrets.iter().any(|it| it.first() == Some(byte))
    };
    while let Some(next) = text.as_bytes()[at..].iter().position(may_begin) {
        at += next;
        let rest = &text.as_bytes()[at..];
        let found = secrets.iter().filter(|secret| secret.len() >= SHORTEST);
        let found = found.filter_map(|secret| spelled(rest, secret)).max();
        let Some(length) = found else {
            at += 1;
            continue;
        };
        let out = clear.get_or_insert_default();
        out.push_str(&text[copied..at]);
        out.push_str(CLEARED);
        at += length;
        copied = at;
    }
    if let Some(out) = &mut clear {
        out.push_str(&text[copied..]);
    }
    clear
}

/// The bytes at the start of a text that spell a secret.
fn spelled(text: &[u8], secret: &[u8]) -> Option<usize> {
    let mut length = 0;
    for letter in secret {
        length += letter_length(&text[length..], *letter)?;
    }
    Some(length)
}

/// The bytes at the start of a text that are one way to write a letter.
fn letter_length(text: &[u8], letter: u8) -> Option<usize> {
    // A JSON text inside of a JSON text doubles the backslashes.
    let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
    let (rest, code) = (&text[slashes..], u32::from(letter));
    match rest {
        [first, ..] if *first == letter => Some(slashes + 1),
        [b'u', digits @ ..] if slashes > 0 && hex(digits.get(..4)?)? == code => Some(slashes + 5),
        [b'%', digits @ ..] if slashes == 0 && hex(digits.get(..2)?)? == code => Some(3),
        [b'&', b'#', reference @ ..] if slashes == 0 => {
            let end = reference.iter().take(8).position(|byte| *byte == b';')?;
            let said = match &reference[..end] {
                [b'x' | b'X', digits @ ..] => hex(digits)?,
                digits => std::str::from_utf8(digits).ok()?.parse().ok()?,
            };
            (said == code).then_some(end + 3)
        }
        _ => None,
    }
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "CAIS/token+of=sts==";

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let nested =
            serde_json::to_string(&format!("{{\"t\":\"{}\"}}", TOKEN.replace('/', "\\/"))).unwrap();
        let unicode: String =
            TOKEN.bytes().fold(String::new(), |text, byte| format!("{text}\\u{byte:04X}"));
        for text in [
            TOKEN.to_owned(),
            TOKEN.trim_end_matches('=').to_owned(),
            TOKEN.replace('/', "\\/"),
            TOKEN.replace('=', "\\u003d").replace('+', "\\u002B"),
            unicode,
            nested,
            TOKEN.replace('/', "%2F").replace('+', "%2b").replace('=', "%3D"),
            TOKEN.replace('/', "&#47;").replace('+', "&#x2b;"),
        ] {
            let clear = without(&format!("before {text} after"), [TOKEN, ""]).unwrap();
            assert!(clear.starts_with("before ") && clear.ends_with(" after"), "{clear}");
            assert!(clear.contains(CLEARED) && !clear.contains("token"), "{clear}");
        }
    }

    #[test]
    fn a_cleared_text_is_still_json() {
        for message in
            ["\\\\CAIS\\/token+of=sts", "\\nCAIS\\/token+of=sts\\n", "é\\\"CAIS/token+of=sts\\\""]
        {
            let text = format!("{{\"message\":\"{message}\"}}");
            let clear = without(&text, [TOKEN, ""]).unwrap();
            assert!(serde_json::from_str::<serde_json::Value>(&clear).is_ok(), "{clear}");
        }
        for text in ["", "{}", "\\", "%", "&#", "\\u00", "CAIS/token", "é"] {
            assert_eq!(without(text, [TOKEN, ""]), None, "{text}");
        }
    }
}
