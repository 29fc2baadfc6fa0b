//! The clock and the dice, which the core does not have.

use std::time::{SystemTime, UNIX_EPOCH};

use havenask_core::{Stamp, Timestamp, sign};

/// A new date and nonce, for one request.
pub(crate) fn new() -> Result<Stamp, getrandom::Error> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX);
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Stamp { date: Timestamp::from_unix(seconds), nonce: sign::nonce(&bytes) })
}
