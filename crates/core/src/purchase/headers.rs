//! The headers and the tag of a purchase. Key and tag make it happen once; the API has no idempotency token of its own.

use alloc::{borrow::ToOwned, string::String};

/// The header that tells one purchase from another.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The header with the seconds within which the same order of the same principal is refused, whatever its key.
pub const NO_REPEAT: &str = "havenask-no-repeat";

/// The longest time of [`NO_REPEAT`], in seconds: a year of 366 days.
pub const MAX_NO_REPEAT: u32 = 31_622_400;

/// The header with the address of the terms that the buyer has accepted: a [`TermsUrl`].
pub const TERMS: &str = "havenask-terms";

/// The longest [`TermsUrl`], in bytes.
pub const MAX_TERMS_URL: usize = 2048;

/// The form of a [`TermsUrl`], as a regular expression for documents.
pub const TERMS_URL_PATTERN: &str = r"^https://[0-9A-Za-z\[][!-~]*$";

/// The tag that every purchase carries, with its idempotency key as the value: by it an instance is found again when no
/// answer came.
pub const PURCHASE_TAG: &str = "havenask-purchase";

/// The form of an [`IdempotencyKey`], as a regular expression for documents.
pub const IDEMPOTENCY_KEY_PATTERN: &str = "^[0-9A-Za-z_-]{8,64}$";

/// An idempotency key: 8 to 64 letters, digits, hyphens and underscores, so that it can stand in a header, an address and a tag as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads a key; `None` when it is malformed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::is_valid(text).then(|| Self(text.to_owned()))
    }

    /// Tests for a text that may be a key.
    #[must_use]
    pub fn is_valid(text: &str) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (8..=64).contains(&text.len()) && text.bytes().all(plain)
    }

    /// The key as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address of terms: `https`, and printable letters of ASCII alone, so that it can stand in a header, a line and a link as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsUrl(String);

impl TermsUrl {
    /// Reads an address; `None` when it is malformed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let host = text.strip_prefix("https://")?.bytes().next()?;
        let is_valid = (host.is_ascii_alphanumeric() || host == b'[')
            && text.len() <= MAX_TERMS_URL
            && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_valid.then(|| Self(text.to_owned()))
    }

    /// The address as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address of a purchase's state in the proxy, with its key behind.
pub const PURCHASES: &str = "/purchases";

#[cfg(test)]
mod tests {
    use super::{IdempotencyKey, MAX_TERMS_URL, TermsUrl};

    #[test]
    fn a_key_has_8_to_64_plain_characters() {
        for (text, key) in [
            ("3f1c9a52-7f5e-4c5b-9a35-2d8a0b1c6e77", true),
            ("a_b-C_d9", true),
            ("short", false),
            ("with space", false),
            ("with/slash", false),
            ("钥匙钥匙钥匙", false),
            ("", false),
        ] {
            let parsed = IdempotencyKey::parse(text);
            assert_eq!(parsed.as_ref().map(IdempotencyKey::as_str), key.then_some(text));
        }
        assert!(IdempotencyKey::is_valid(&"k".repeat(64)));
        assert!(!IdempotencyKey::is_valid(&"k".repeat(65)));
    }

    #[test]
    fn addresses_of_terms() {
        for (text, is_valid) in [
            ("https://shop.example/terms?version=3#fees", true),
            ("https://[2001:db8::1]:8443/terms", true),
            ("https://xn--fiqs8s.example/%E6%9D%A1%E6%AC%BE", true),
            ("http://shop.example/terms", false),
            ("HTTPS://shop.example/terms", false),
            ("https://", false),
            ("https:///terms", false),
            ("https://shop.example/the terms", false),
            ("https://shop.example/terms\r\nX: y", false),
            ("https://条款.example/", false),
            ("javascript:alert(1)", false),
            ("/terms", false),
            ("", false),
        ] {
            assert_eq!(TermsUrl::parse(text).is_some(), is_valid, "{text}");
        }
        let start = "https://shop.example/";
        let longest = [start, &"t".repeat(MAX_TERMS_URL - start.len())].concat();
        assert_eq!(TermsUrl::parse(&longest).as_ref().map(TermsUrl::as_str), Some(&*longest));
        assert_eq!(TermsUrl::parse(&[&longest, "t"].concat()), None);
    }
}
