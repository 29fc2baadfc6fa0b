//! Writes the result of a purchase to the ledger. One that meets a purchase which was resolved otherwise means that somebody was told
//! something wrong: it is never passed over.

use crate::{
    ledger::{FinishResult, LedgerResult, LedgerWriteError, NewPurchase, PurchaseId},
    state::AppState,
};

/// Writes the result of an attempt to the ledger.
pub(crate) async fn finish(
    state: &AppState,
    purchase: &NewPurchase,
    attempt: &str,
    outcome: &LedgerResult,
) -> Result<(), LedgerWriteError> {
    let closed = state.ledger.finish(&PurchaseId::of(purchase), attempt, outcome.clone()).await?;
    if let FinishResult::Conflict(entry) = closed {
        state.metrics.purchase("conflict", purchase.region.as_deref());
        state.audit.conflict(purchase, outcome);
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
