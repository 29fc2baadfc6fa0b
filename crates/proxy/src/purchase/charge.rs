//! The price of a purchase just before it is sent.

use havenask_core::{
    ErrorCode, Failure, Locale,
    pricing::{Amount, Quote, QuoteStatus},
};

use super::{
    order::PurchaseOrder,
    refuse::refuse,
    replay::{now, replay},
};
use crate::{
    clock,
    ledger::{NewPurchase, PurchaseId},
    pricing::Charge,
    response::JsonResponse,
    state::AppState,
    upstream::OutgoingRequest,
};

/// Quotes a purchase when a limit depends on its price, and refuses it above the limit. Otherwise a quote of
/// a moment ago is kept, and none is waited for. A key that is known gets the answer of before.
pub(super) async fn charge(
    state: &AppState,
    order: &PurchaseOrder,
    purchase: &NewPurchase,
    resend_delay: i64,
) -> Result<Option<Charge>, Box<JsonResponse>> {
    let (limits, locale) = (&state.config.prices, order.locale);
    let is_own = matches!(order.outgoing, OutgoingRequest::Unsigned(_));
    if order.max_price.is_none() && !limits.are_set() {
        let quote = order.region.quotes.cached(&order.request, locale).filter(|_| is_own);
        return Ok(quote.as_ref().map(Charge::of));
    }
    if let Ok(Some(known)) = state.ledger.find_by_id(&PurchaseId::of(purchase)).await {
        let since = now(state).await - resend_delay;
        if !known.may_send(purchase, since) {
            return Err(Box::new(replay(&known, purchase, since, locale)));
        }
    }
    let quote = if is_own {
        order.region.quotes.fresh(&order.request, locale).await
    } else {
        // The account of the page's own credentials is another one.
        Quote {
            status: QuoteStatus::NotPriced,
            price: None,
            reason: Some(Failure::new(ErrorCode::PriceUnknown, locale)),
            quoted_at: clock::now(),
            request_id: None,
        }
    };
    let Some(failure) = limits.violation(&quote, order.max_price.as_ref(), locale) else {
        return Ok(Some(Charge::of(&quote)));
    };
    // An earlier attempt, or another proxy meanwhile, may have bought: the price of now says nothing of that.
    Err(Box::new(refuse(state, purchase, resend_delay, failure, None, locale).await))
}

/// Refuses a purchase that costs more than is left of the budget, in hundredths.
pub(super) fn over_budget(state: &AppState, left: i64, locale: Locale) -> Failure {
    let failure = Failure::new(ErrorCode::BudgetExceeded, locale);
    let Some(budget) = &state.config.prices.per_month else { return failure };
    let left = Amount::from_hundredths(left.unsigned_abs());
    let (currency, of) = (&budget.0.currency, &budget.0.amount);
    Failure { message: format!("{} {currency} {left} / {of}", failure.message), ..failure }
}
