//! The clock and the random numbers, which the core does not have.

use std::time::{SystemTime, UNIX_EPOCH};

use havenask_core::{SigningContext, Timestamp, sign};

/// Now, in Unix milliseconds.
pub(crate) fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// A new date and nonce for one request.
pub(crate) fn signing_context() -> Result<SigningContext, getrandom::Error> {
    let seconds = now() / 1000;
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(SigningContext { date: Timestamp::from_unix(seconds), nonce: sign::nonce(&bytes) })
}
