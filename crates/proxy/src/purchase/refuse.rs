//! Refusals of purchases: by the rules of the operator, for the terms or the price, and where the ledger cannot be written.

use havenask_core::{ErrorCode, Locale};

use super::replay::{now, replay};
use crate::{
    ledger::{NewPurchase, PurchaseId, PurchaseState},
    response::JsonResponse,
    state::AppState,
};

/// Refuses a purchase, unless its key may have bought before: such a key gets the answer of before, since a refusal would say that
/// nothing was bought.
pub(super) async fn refuse(
    state: &AppState,
    purchase: &NewPurchase,
    resend_delay: i64,
    locale: Locale,
    refusal: impl Into<JsonResponse>,
) -> JsonResponse {
    let known = match state.ledger.find_by_id(&PurchaseId::of(purchase)).await {
        Ok(Some(known)) => known,
        Ok(None) => return refusal.into(),
        Err(_) => return JsonResponse::failure(ErrorCode::LedgerUnreadable, locale),
    };
    let since = now(state).await - resend_delay;
    if known.state == PurchaseState::Pending || !known.may_send(purchase, since) {
        replay(&known, purchase, since, locale)
    } else {
        refusal.into()
    }
}
