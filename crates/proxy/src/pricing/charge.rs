//! The price of a purchase just before it is sent.

use havenask_core::{
    ErrorCode, Failure, Locale,
    pricing::{Amount, Quote, QuoteStatus},
};

use super::limits::Charge;
use crate::{
    buyer::{Order, known, now},
    ledger::{Id, Purchase},
    reply::Reply,
    routes::Proxy,
    stamp,
    upstream::Parcel,
};

/// Asks what a purchase costs when something depends on it, and answers for it when it may not be sent. Where nothing does, a quote of
/// a moment ago is kept, and none is waited for. A key that is known gets the answer of before.
pub(crate) async fn charge(
    proxy: &Proxy,
    order: &Order,
    purchase: &Purchase,
    resend_pause: i64,
) -> Result<Option<Charge>, Box<Reply>> {
    let (limits, locale) = (&proxy.config.prices, order.locale);
    if order.max_price.is_none() && !limits.are_set() {
        let quote = proxy.quotes.cached(&order.request, locale);
        return Ok(quote.as_ref().map(Charge::of));
    }
    if let Ok(Some(entry)) = proxy.ledger.find_own(&Id::of(purchase)).await {
        let paused_since = now(proxy).await - resend_pause;
        if !entry.may_be_sent_again(paused_since) {
            return Err(Box::new(known(&entry, purchase, paused_since, locale)));
        }
    }
    let quote = match &order.parcel {
        Parcel::Own(_) => proxy.quotes.fresh(&order.request, locale).await,
        // The account of the page's own credentials is another one.
        Parcel::Sealed(..) => Quote {
            status: QuoteStatus::NotPriced,
            price: None,
            reason: Some(Failure::new(ErrorCode::PriceUnknown, locale)),
            quoted_at: stamp::now(),
            request_id: None,
        },
    };
    match limits.violation(&quote, order.max_price.as_ref(), locale) {
        Some(failure) => Err(Box::new(failure.into())),
        None => Ok(Some(Charge::of(&quote))),
    }
}

/// Refuses a purchase that costs more than is left of the budget, in hundredths.
pub(crate) fn over_budget(proxy: &Proxy, left: i64, locale: Locale) -> Failure {
    let failure = Failure::new(ErrorCode::BudgetExceeded, locale);
    let Some(budget) = &proxy.config.prices.month else { return failure };
    let left = Amount::from_hundredths(left.unsigned_abs());
    let (currency, of) = (&budget.0.currency, &budget.0.amount);
    Failure { message: format!("{} {currency} {left} / {of}", failure.message), ..failure }
}
