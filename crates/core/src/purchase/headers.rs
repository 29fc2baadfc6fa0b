//! The header and tag that make a purchase happen once; the API has no idempotency token of its own.

/// The header that tells one purchase from another.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The header with the seconds within which the same order of the same principal is refused, whatever its key.
pub const NO_REPEAT: &str = "havenask-no-repeat";

/// The longest time of [`NO_REPEAT`], in seconds: a year of 366 days.
pub const MAX_NO_REPEAT: u32 = 31_622_400;

/// The tag that every purchase carries, with its idempotency key as the value: by it an instance is found again when no
/// answer came.
pub const PURCHASE_TAG: &str = "havenask-purchase";

/// What [`is_idempotency_key`] says, as a regular expression for documents.
pub const IDEMPOTENCY_KEY_PATTERN: &str = "^[0-9A-Za-z_-]{8,64}$";

/// Whether a text may be an idempotency key: 8 to 64 letters, digits, hyphens and underscores, so that it can stand in a
/// header, an address and a tag as it is.
#[must_use]
pub fn is_idempotency_key(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (8..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Where the proxy tells how far a purchase is, with its key behind.
pub const PURCHASES: &str = "/purchases/";

#[cfg(test)]
mod tests {
    use super::is_idempotency_key;

    #[test]
    fn what_a_key_is() {
        for (text, key) in [
            ("3f1c9a52-7f5e-4c5b-9a35-2d8a0b1c6e77", true),
            ("a_b-C_d9", true),
            ("short", false),
            ("with space", false),
            ("with/slash", false),
            ("钥匙钥匙钥匙", false),
            ("", false),
        ] {
            assert_eq!(is_idempotency_key(text), key, "{text}");
        }
        assert!(is_idempotency_key(&"k".repeat(64)) && !is_idempotency_key(&"k".repeat(65)));
    }
}
