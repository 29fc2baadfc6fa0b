//! Texts without `core::fmt`, the searchers of `str` and the generic `join` of slices. In their place the module of the package, of
//! 49,952 bytes with gzip and 50,000 allowed, would have 1,099 more by formatting numbers, 1,276 by `split`, `split_once` and
//! `replace`, and 356 by `join`, `concat` and `parse`.

use alloc::string::String;

/// The parts one after the other.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// The parts with a separator between them.
pub(crate) fn join(parts: &[&str], separator: &str) -> String {
    let mut text = String::with_capacity(parts.iter().map(|it| it.len() + separator.len()).sum());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push_str(part);
    }
    text
}

/// The place of a text among others.
pub(crate) fn position(words: &[&str], text: &str) -> Option<usize> {
    words.iter().position(|word| *word == text)
}

/// The parts before and after the first separator.
pub(crate) fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let first = *separator.as_bytes().first()?;
    for (place, byte) in text.bytes().enumerate() {
        if byte == first
            && let Some(after) = text.get(place..)?.strip_prefix(separator)
        {
            return Some((text.get(..place)?, after));
        }
    }
    None
}

/// The parts between the separators.
pub(crate) fn split<'a>(text: &'a str, separator: &'static str) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (part, after) = match split_once(text, separator) {
            Some((part, after)) => (part, Some(after)),
            None => (text, None),
        };
        rest = after;
        Some(part)
    })
}

/// The text with one piece in the place of every other.
pub(crate) fn replace(text: &str, piece: &'static str, other: &str) -> String {
    let mut replaced = String::with_capacity(text.len() + 16);
    for (index, part) in split(text, piece).enumerate() {
        if index > 0 {
            replaced.push_str(other);
        }
        replaced.push_str(part);
    }
    replaced
}

/// A stranger's text as it may stand in a message: short, and without control characters.
pub(crate) fn truncated_for_display(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short = String::with_capacity(text.len().min(LONGEST));
    for (index, c) in text.chars().enumerate() {
        if index == LONGEST {
            short.push('…');
            break;
        }
        short.push(if c.is_control() { '\u{fffd}' } else { c });
    }
    short
}

/// Recognises a character that shows nothing and takes no room: a byte order mark, a mark of direction.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
    )
}

/// Recognises a character that changes the look of the one before it: an emoji ends with one, a name does not.
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_blank_character(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Returns true when nothing of a text can be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_blank_character)
}

/// Returns true when a text begins or ends with white space or an invisible character.
pub(crate) fn has_outer_space(text: &str) -> bool {
    let mut characters = text.chars();
    let ends = [characters.next(), characters.next_back()];
    ends.into_iter().flatten().any(is_blank_character)
}

/// Returns true for white space around a text, and for an invisible character anywhere in it.
pub(crate) fn has_invisible(text: &str) -> bool {
    has_outer_space(text) || text.chars().any(|c| is_invisible(c) || is_selector(c))
}

/// Writes a number, with zeros in front of it up to a width.
pub fn push_u64(text: &mut String, value: u64, width: usize) {
    if value > 9 || width > 1 {
        push_u64(text, value / 10, width.saturating_sub(1));
    }
    text.push(char::from(b'0' + (value % 10) as u8));
}

/// A number in decimals.
pub(crate) fn i64_to_string(value: i64) -> String {
    let mut text = String::with_capacity(20);
    if value < 0 {
        text.push('-');
    }
    push_u64(&mut text, value.unsigned_abs(), 1);
    text
}

/// The number that these decimals write; anything where they write none, which [`number`] tells.
pub(crate) fn parse_i64(text: &str) -> i64 {
    let (digits, sign) = match text.strip_prefix("-") {
        Some(digits) => (digits, -1),
        None => (text, 1),
    };
    digits.bytes().fold(0_i64, |value, byte| {
        value.wrapping_mul(10).wrapping_add(sign * (i64::from(byte) - i64::from(b'0')))
    })
}

/// A count in decimals.
pub fn usize_to_string(value: usize) -> String {
    let mut text = String::with_capacity(20);
    push_u64(&mut text, value as u64, 1);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_written_as_the_standard_library_writes_them(value in any::<i64>()) {
            prop_assert_eq!(super::i64_to_string(value), value.to_string());
            prop_assert_eq!(super::parse_i64(&value.to_string()), value);
            let mut padded = String::new();
            super::push_u64(&mut padded, value.unsigned_abs(), 5);
            prop_assert_eq!(padded, format!("{:05}", value.unsigned_abs()));
        }

        #[test]
        fn a_text_is_split_as_the_standard_library_splits_it(text in "[a;é]{0,9}") {
            prop_assert_eq!(super::split_once(&text, "é"), text.split_once("é"));
            let parts: Vec<_> = super::split(&text, ";").collect();
            prop_assert_eq!(parts, text.split(';').collect::<Vec<_>>());
        }

        #[test]
        fn pieces_are_replaced(text in "[a';]{0,9}") {
            prop_assert_eq!(super::replace(&text, "'", "'\\''"), text.replace('\'', "'\\''"));
        }

        #[test]
        fn parts_are_joined(parts in prop::collection::vec("[a-c]{0,3}", 0..5)) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            prop_assert_eq!(super::join(&parts, ", "), parts.join(", "));
            prop_assert_eq!(super::concat(&parts), parts.concat());
        }
    }

    #[test]
    fn the_ends() {
        for value in [0, i64::MIN, i64::MAX] {
            assert_eq!(super::i64_to_string(value), value.to_string());
        }
    }
}
