//! Hashes and their writing.

use alloc::string::String;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256, digest::Output};

use super::algorithm::Algorithm;
use crate::hex;

/// The hash of V3, in hexadecimal.
pub(super) fn hash(algorithm: Algorithm, bytes: &[u8]) -> String {
    match algorithm {
        #[cfg(feature = "sm3")]
        Algorithm::Acs3HmacSm3 => hex::encode(&sm3::Sm3::digest(bytes)),
        _ => hex::encode(&Sha256::digest(bytes)),
    }
}

/// The HMAC of V3, in hexadecimal.
pub(super) fn hmac(algorithm: Algorithm, secret: &str, text: &str) -> String {
    match algorithm {
        #[cfg(feature = "sm3")]
        Algorithm::Acs3HmacSm3 => hex::encode(&mac::<Hmac<sm3::Sm3>>(secret, text)),
        _ => hex::encode(&mac::<Hmac<Sha256>>(secret, text)),
    }
}

/// The HMAC of ROA, in bytes.
pub(super) fn hmac_sha1(secret: &str, text: &str) -> Output<Sha1> {
    mac::<Hmac<Sha1>>(secret, text)
}

fn mac<M: Mac + KeyInit>(secret: &str, text: &str) -> Output<M> {
    // HMAC takes a key of any length.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(secret.as_bytes()) else {
        return Output::<M>::default();
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes()
}

/// Compares two texts in a time that does not tell where they differ.
pub(crate) fn constant_time_eq(a: &str, b: &str) -> bool {
    let differences = a.bytes().zip(b.bytes()).fold(0, |found, (x, y)| found | (x ^ y));
    a.len() == b.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use base64::Engine;

    use super::*;

    #[test]
    fn the_values_of_the_unit_tests_of_the_official_sdks() {
        let sha1 =
            base64::engine::general_purpose::STANDARD.encode(hmac_sha1("secret", "stringtosign"));
        assert_eq!(sha1, "OmuTAr79tpI6CRoAdmzKRq5lHs0=");
        let v3 = Algorithm::Acs3HmacSha256;
        assert!(hmac(v3, "secret", "source").starts_with("1d93c626"));
    }

    #[cfg(feature = "sm3")]
    #[test]
    fn the_values_of_the_unit_tests_of_the_official_sdks_for_sm3() {
        let sm3 = Algorithm::Acs3HmacSm3;
        assert!(hash(sm3, b"test").starts_with("55e12e91"));
        assert!(hmac(sm3, "secret", "source").starts_with("b9ff6468"));
    }

    #[test]
    fn texts_of_other_length_differ() {
        assert!(
            constant_time_eq("abc", "abc")
                && !constant_time_eq("abc", "abd")
                && !constant_time_eq("abc", "abcd")
                && !constant_time_eq("", "a")
        );
    }
}
