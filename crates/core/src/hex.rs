//! Hexadecimal digits.

use alloc::string::String;
use core::str::Bytes;

/// The digits of hashes and of JSON's escapes.
pub(crate) const LOWER: &[u8; 16] = b"0123456789abcdef";
/// The digits of percent-encoding.
pub(crate) const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// Writes a byte.
pub(crate) fn push(out: &mut String, digits: &[u8; 16], byte: u8) {
    out.push(char::from(digits[usize::from(byte >> 4)]));
    out.push(char::from(digits[usize::from(byte & 15)]));
}

/// Bytes in lower case.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        push(&mut text, LOWER, *byte);
    }
    text
}

/// Reads the byte that the next two digits write, in either case; `None` where they are none.
pub(crate) fn next(digits: &mut Bytes<'_>) -> Option<u8> {
    let mut digit = || char::from(digits.next()?).to_digit(16);
    u8::try_from(digit()? << 4 | digit()?).ok()
}
