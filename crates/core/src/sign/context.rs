//! Date and nonce of a signature.

use alloc::string::String;

use crate::{Timestamp, hex};

/// Seconds that the date of a request may be off the cloud's clock, to either side; beyond it, the cloud answers
/// `InvalidTimeStamp.Expired`. The pages on both signatures name 15 minutes.
pub const DATE_WINDOW: i64 = 15 * 60;

/// Date and nonce of a signature, which make a request this one and no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningContext {
    /// The date, no further than [`DATE_WINDOW`] from the cloud's own.
    pub date: Timestamp,
    /// The nonce, 32 hexadecimal digits in the official SDKs. The cloud accepts each only once.
    pub nonce: String,
}

/// A nonce of the form that the official SDKs use, from bytes that nobody can guess.
#[must_use]
pub fn nonce(random: &[u8; 16]) -> String {
    hex::encode(random)
}
