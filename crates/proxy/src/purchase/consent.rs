//! The consent of a buyer to the terms of the operator.

use havenask_core::{ErrorCode, Failure};

use super::{
    order::PurchaseOrder,
    replay::{now, replay},
};
use crate::{
    ledger::{NewPurchase, PurchaseId, PurchaseState},
    response::JsonResponse,
    state::AppState,
};

/// Refuses a purchase without consent to the terms of the operator. A key that may have bought gets the answer of before.
pub(super) async fn check_consent(
    state: &AppState,
    order: &PurchaseOrder,
    purchase: &NewPurchase,
    resend_delay: i64,
) -> Result<(), Box<JsonResponse>> {
    let Some(required) = state.config.terms_url.as_ref() else { return Ok(()) };
    if order.terms.as_ref() == Some(required) {
        return Ok(());
    }
    let locale = order.locale;
    let failure = Failure::new(ErrorCode::TermsNotAccepted, locale);
    let refusal =
        Failure { message: [&failure.message, " ", required.as_str()].concat(), ..failure };
    let since = now(state).await - resend_delay;
    Err(Box::new(match state.ledger.find_by_id(&PurchaseId::of(purchase)).await {
        Ok(Some(known))
            if known.state == PurchaseState::Pending || !known.may_send(purchase, since) =>
        {
            replay(&known, purchase, since, locale)
        }
        Ok(_) => refusal.into(),
        Err(_) => JsonResponse::failure(ErrorCode::LedgerUnavailable, locale),
    }))
}
