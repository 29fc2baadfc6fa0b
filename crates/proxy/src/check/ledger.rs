//! The ledger.

use super::{Finding, machine};
use crate::ledger::{Address, Rehearsed, rehearse};

/// Whether the ledger can be written, and what stands in it.
pub(super) async fn check(address: &Address) -> Finding {
    if let Some(file) = address.file()
        && !file.exists()
    {
        return match machine::can_be_made(file) {
            Ok(()) => Finding::warn(format!(
                "{address} is not there: the first run makes it. If this proxy has bought before, its ledger is \
                 somewhere else, and without it a key can buy again."
            )),
            Err(error) => Finding::fail(format!(
                "{address} cannot be made: {error}. See whether its folder exists and may be written."
            )),
        };
    }
    let Rehearsed { version, known, unknown } = match rehearse(address).await {
        Ok(rehearsed) => rehearsed,
        Err(error) => return Finding::fail(error),
    };
    let what = match version {
        0 => format!("{address} is empty: the first run makes its tables"),
        _ if version < known => {
            format!("{address} has version {version}: the next run brings it to {known}")
        }
        _ => format!("{address} is written, version {version}"),
    };
    if unknown > 0 {
        return Finding::warn(format!(
            "{what}; of {unknown} purchases nobody knows whether they were made: see havenask-proxy ledger list \
             --state unknown, and settle each with havenask-proxy ledger resolve."
        ));
    }
    Finding::ok(what)
}
