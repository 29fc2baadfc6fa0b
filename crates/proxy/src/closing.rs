//! Writes down how a purchase ended. A result that meets a purchase which was settled otherwise means that somebody was told
//! something wrong: it is never passed over.

use crate::{
    ledger::{Closed, Id, NotWritten, Outcome, Purchase},
    routes::Proxy,
};

/// Writes down how an attempt at a purchase ended.
pub(crate) async fn close(
    proxy: &Proxy,
    purchase: &Purchase,
    attempt: &str,
    outcome: &Outcome,
) -> Result<(), NotWritten> {
    let closed = proxy.ledger.close(&Id::of(purchase), attempt, outcome.clone()).await?;
    if let Closed::Conflict(entry) = closed {
        proxy.metrics.purchase("conflict");
        proxy.audit.conflict(purchase, outcome);
        tracing::error!(
            key = purchase.key,
            settled = entry.state.as_str(),
            settled_instance = entry.instance_id,
            settled_by = entry.settled_by,
            result = outcome.state.as_str(),
            instance = outcome.instance_id,
            "a purchase ended otherwise than it was settled: see which instances there are, and tell its buyer"
        );
    }
    Ok(())
}
