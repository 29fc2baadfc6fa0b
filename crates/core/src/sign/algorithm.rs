//! Signature algorithms.

use serde::{Deserialize, Serialize};

use crate::json::{FromValue, Schema, Value, enum_index};

/// Signature algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Algorithm {
    /// Signature V3, the default of the current official SDKs, and the only one that a page can send.
    #[default]
    #[serde(rename = "ACS3-HMAC-SHA256")]
    Acs3HmacSha256,
    /// The ROA signature that newer documents call V2 and discontinued. It needs the header `date`, which `fetch` does
    /// not let a page set.
    #[serde(rename = "ROA-HMAC-SHA1", alias = "HMAC-SHA1")]
    RoaHmacSha1,
    /// Signature V3 with the Chinese national hash.
    #[cfg(feature = "sm3")]
    #[serde(rename = "ACS3-HMAC-SM3")]
    Acs3HmacSm3,
}

/// The words of [`Algorithm`]; documents call the older signature by two names.
const WORDS: &[&str] = &[
    "ACS3-HMAC-SHA256",
    "ROA-HMAC-SHA1",
    "HMAC-SHA1",
    #[cfg(feature = "sm3")]
    "ACS3-HMAC-SM3",
];

impl Algorithm {
    /// Its name: what V3 writes in front of the `authorization` header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acs3HmacSha256 => "ACS3-HMAC-SHA256",
            Self::RoaHmacSha1 => "ROA-HMAC-SHA1",
            #[cfg(feature = "sm3")]
            Self::Acs3HmacSm3 => "ACS3-HMAC-SM3",
        }
    }
}

impl FromValue for Algorithm {
    const SCHEMA: &'static Schema = &Schema::Enum(WORDS);

    fn from_checked(value: &Value<'_>) -> Self {
        match enum_index(value, WORDS) {
            1 | 2 => Self::RoaHmacSha1,
            #[cfg(feature = "sm3")]
            3 => Self::Acs3HmacSm3,
            _ => Self::Acs3HmacSha256,
        }
    }
}
