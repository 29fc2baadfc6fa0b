//! Text of others, made harmless for a terminal.

use std::fmt::Write;

/// A text with every character that is not seen written as JSON writes it.
pub(super) fn visible(text: &str) -> String {
    text.chars().fold(String::new(), |mut shown, letter| {
        if is_seen(letter) {
            shown.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                // Writing to a String does not fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
        shown
    })
}

/// Tests for a character that is neither a control character nor one that only changes how others are shown.
const fn is_seen(letter: char) -> bool {
    !matches!(letter,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_moves_the_cursor() {
        for (text, shown) in [
            ("ha-cn-1", "ha-cn-1"),
            ("中文 é", "中文 é"),
            ("a\nb\r\tc", r"a\u000ab\u000d\u0009c"),
            ("\x1b[2J\u{9b}1m\x7f", r"\u001b[2J\u009b1m\u007f"),
            ("\u{202e}abc\u{2028}\u{feff}\u{e0041}", r"\u202eabc\u2028\ufeff\udb40\udc41"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
