//! Limits on the price of a purchase and of a month. A limit that cannot be computed refuses.

use std::str::FromStr;

use havenask_core::{
    ErrorCode, Failure, Locale, Retry,
    pricing::{Amount, Money, Price, Quote},
};

/// Limits on prices.
#[derive(Clone, Debug, Default)]
pub struct PriceLimits {
    /// The most of one purchase.
    pub per_purchase: Option<Money>,
    /// The most of all purchases of a calendar month, in UTC.
    pub per_month: Option<Budget>,
    /// True if an order may be sent of which nobody says what it costs.
    pub allow_unpriced: bool,
}

/// The most that a month may cost: `CNY 20000/month`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget(pub Money);

impl FromStr for Budget {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let money = text.strip_suffix("/month").and_then(Money::parse);
        money.map(Self).ok_or("write a currency, an amount and /month, as \"CNY 20000/month\"")
    }
}

/// The quote of a purchase as the ledger keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    /// The quote, as JSON.
    pub(crate) quote: String,
    /// The currency and the total in hundredths; none where there is no price.
    pub(crate) total: Option<(String, i64)>,
}

impl Charge {
    pub(crate) fn of(quote: &Quote) -> Self {
        let total = quote
            .price
            .as_ref()
            .and_then(|price| Some((price.currency.clone(), hundredths(price)?)));
        Self { quote: quote.to_json(), total }
    }

    /// The total, as `CNY 1234.50`.
    pub(crate) fn price(&self) -> Option<String> {
        self.total.as_ref().map(|(currency, hundredths)| in_words(currency, *hundredths))
    }
}

/// An amount of hundredths, as `CNY 1234.50`.
pub(crate) fn in_words(currency: &str, hundredths: i64) -> String {
    format!("{currency} {}", Amount::from_hundredths(hundredths.unsigned_abs()))
}

impl PriceLimits {
    /// Tests for a limit that needs a price.
    pub(crate) const fn are_set(&self) -> bool {
        self.per_purchase.is_some() || self.per_month.is_some()
    }

    /// The budget of a month, in hundredths.
    pub(crate) fn budget(&self) -> Option<i64> {
        let hundredths = self.per_month.as_ref()?.0.amount.hundredths()?;
        Some(i64::try_from(hundredths).unwrap_or(i64::MAX))
    }

    /// Returns why an order may not be sent at this price: what its buyer saw first, then what the operator allows.
    pub(crate) fn violation(
        &self,
        quote: &Quote,
        seen: Option<&Money>,
        locale: Locale,
    ) -> Option<Failure> {
        let failure =
            |code| Failure { quote: Some(Box::new(quote.clone())), ..Failure::new(code, locale) };
        let Some(price) = &quote.price else {
            let is_bound = seen.is_some() || (self.are_set() && !self.allow_unpriced);
            return is_bound.then(|| failure(ErrorCode::PriceUnknown));
        };
        if let Some(most) = seen.filter(|most| most.currency != price.currency) {
            let (bound, now) = (&most.currency, &price.currency);
            let message = match locale {
                Locale::Zh => {
                    format!("价格上限的币种为 {bound}，当前价格的币种为 {now}，订单未提交。")
                }
                _ => format!("The bound is in {bound}, and the price in {now}. Nothing was sent."),
            };
            return Some(Failure { message, ..failure(ErrorCode::PriceChanged) });
        }
        if seen.is_some_and(|most| !is_within(price, most)) {
            return Some(failure(ErrorCode::PriceChanged));
        }
        if self.are_set() && !self.allow_unpriced && !price.usage.is_empty() {
            return Some(by_use(failure(ErrorCode::PriceUnknown), locale));
        }
        let limit = self.per_purchase.as_ref().filter(|most| !is_within(price, most));
        let cannot_be_counted =
            |budget: &&Money| budget.currency != price.currency || hundredths(price).is_none();
        let budget = self.per_month.as_ref().map(|it| &it.0).filter(cannot_be_counted);
        let limit = limit.or(budget)?;
        let Failure { message, .. } = Failure::new(ErrorCode::PriceAboveLimit, locale);
        let message = format!("{message} {} {} > {limit}", price.currency, price.total);
        Some(Failure { message, ..failure(ErrorCode::PriceAboveLimit) })
    }
}

/// The refusal of an order with usage fees, which no total holds: another time it has them too.
fn by_use(failure: Failure, locale: Locale) -> Failure {
    let message = locale.localized(
        "Besides its total the order has usage fees, and no limit can count those. Nothing was sent.",
        "除总价外，订单还包含按用量收取的费用，无法与限额比较，订单未提交。",
    );
    let remedy = locale.localized(
        "Choose components without such fees, or ask the operator for --allow-unpriced.",
        "请选择不按用量计费的规格项，或请管理员启用 --allow-unpriced。",
    );
    let (message, remedy) = (message.to_owned(), remedy.to_owned());
    Failure { message, remedy, retry: Retry::No, ..failure }
}

/// The total in hundredths, as the ledger counts it.
fn hundredths(price: &Price) -> Option<i64> {
    Amount::parse(&price.total)?.hundredths()?.try_into().ok()
}

fn is_within(price: &Price, most: &Money) -> bool {
    price.currency == most.currency
        && Amount::parse(&price.total).is_some_and(|total| total <= most.amount)
}
