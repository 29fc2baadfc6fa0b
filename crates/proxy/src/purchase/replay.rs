//! Answers for a purchase that the ledger knows.

use havenask_core::{ErrorCode, Failure, Locale, purchase::EarlierPurchase};

use crate::{
    clock,
    ledger::{LedgerEntry, NewPurchase, PurchaseState},
    response::JsonResponse,
    state::AppState,
};

/// Seconds after which to ask again for a purchase in flight.
const IN_FLIGHT_RETRY_AFTER: u64 = 2;

/// The time by which purchases age: of the ledger, or of this machine when the ledger does not tell it.
pub(crate) async fn now(state: &AppState) -> i64 {
    state.ledger.now().await.unwrap_or_else(|_| clock::now())
}

/// Answers with the end of a purchase before. One that has changed until `paused_since` may be sent again.
pub(crate) fn replay(
    entry: &LedgerEntry,
    asked: &NewPurchase,
    paused_since: i64,
    locale: Locale,
) -> JsonResponse {
    if !entry.is_same(asked) {
        return JsonResponse::failure(ErrorCode::IdempotencyKeyReused, locale);
    }
    let left = entry.updated_at - paused_since;
    let left = u64::try_from(left).unwrap_or_default().div_ceil(1000).max(IN_FLIGHT_RETRY_AFTER);
    match JsonResponse::replay(entry) {
        Some(reply) if entry.state == PurchaseState::Pending => reply.retry_after(Some(left)),
        Some(reply) => reply,
        None => still_in_flight(locale),
    }
}

/// Answers for a purchase that is not over.
pub(super) fn still_in_flight(locale: Locale) -> JsonResponse {
    JsonResponse::failure(ErrorCode::PurchaseInFlight, locale)
        .retry_after(Some(IN_FLIGHT_RETRY_AFTER))
}

/// Builds the refusal of an order that was bought not long ago.
pub(super) fn repeated(earlier: LedgerEntry, now: i64, locale: Locale) -> Failure {
    let age = now.saturating_sub(earlier.created_at) / 1000;
    let age = age.try_into().unwrap_or(0);
    let LedgerEntry { key, state, instance_id, .. } = earlier;
    Failure::order_repeated(EarlierPurchase { key, state, instance_id, age }, locale)
}
