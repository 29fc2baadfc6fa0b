//! Refusals of purchases: by the rules of the operator, for the terms or the price, and where the ledger cannot be written.

use havenask_core::{ErrorCode, Failure, Locale};

use super::replay::{now, replay};
use crate::{
    ledger::{NewPurchase, PurchaseId, PurchaseState},
    response::JsonResponse,
    state::AppState,
};

/// Refuses a purchase, unless its key may have bought before: such a key gets the answer of before, since a refusal would say that
/// nothing was bought. An attempt that is withdrawn has bought nothing.
pub(super) async fn refuse(
    state: &AppState,
    purchase: &NewPurchase,
    resend_delay: i64,
    refusal: Failure,
    withdrawn: Option<&str>,
    locale: Locale,
) -> JsonResponse {
    let known = match state.ledger.find_by_id(&PurchaseId::of(purchase)).await {
        Ok(Some(known)) => known,
        Ok(None) => return refusal.into(),
        Err(_) => return JsonResponse::failure(ErrorCode::LedgerUnreadable, locale),
    };
    if withdrawn.is_some_and(|attempt| attempt == known.attempt()) {
        return refusal.into();
    }
    let since = now(state).await - resend_delay;
    if known.state == PurchaseState::Pending || !known.may_send(purchase, since) {
        replay(&known, purchase, since, locale)
    } else {
        refusal.into()
    }
}
