//! The price of the order: the amount that is agreed to, and all of it in words.

use havenask_core::{
    Failure, Locale,
    catalog::Catalog,
    pricing::{Amount, Money, Price, Quote, QuoteStatus, UsageCharge},
};

use super::form::Form;
use crate::{
    format,
    texts::{Text, price as texts},
};

/// A part of the price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PriceLine {
    pub(crate) label: String,
    /// The code of a component that the catalogue names.
    pub(crate) code: Option<String>,
    pub(crate) amount: String,
}

/// A price in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PriceInWords {
    /// The fixed fees, and that there are others.
    pub(crate) total: String,
    /// The time that the total is for, and its part of a month.
    pub(crate) term: String,
    /// Components, original price and discount.
    pub(crate) lines: Vec<PriceLine>,
    /// Fees by usage, which the total does not hold.
    pub(crate) usage: Vec<PriceLine>,
}

/// The price of an order that has one.
pub(crate) fn price(quote: &Quote) -> Option<&Price> {
    quote.price.as_ref().filter(|_| quote.status == QuoteStatus::Priced && bound(quote).is_some())
}

/// The amount that is agreed to, and the bound of the purchase: the total, rounded up to the hundredth.
pub(crate) fn bound(quote: &Quote) -> Option<Money> {
    let price = quote.price.as_ref().filter(|_| quote.status == QuoteStatus::Priced)?;
    let hundredths = Amount::parse(&price.total)?.hundredths()?;
    let amount = Amount::from_hundredths(hundredths);
    Some(Money { currency: price.currency.clone(), amount })
}

/// The part of a quote that its buyer agrees to; of an order without a price, nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agreement {
    /// The amount, which bounds the purchase.
    pub(crate) bound: Option<Money>,
    /// The unit of the amount, where it is not the term of the order.
    pub(crate) unit: Option<String>,
    /// Fees by usage come on top.
    pub(crate) has_usage: bool,
}

impl Agreement {
    /// The agreement to an order at its last quote.
    pub(crate) fn of(quote: Option<&Quote>, form: &Form) -> Self {
        let Some(quote) = quote else { return Self::default() };
        let Some(price) = price(quote) else { return Self::default() };
        let unit = price.unit.as_deref().unwrap_or_default().trim();
        let is_term =
            unit.is_empty() || form.months().is_some_and(|it| months_of(unit) == Some(it));
        Self {
            bound: bound(quote),
            unit: (!is_term).then(|| unit.to_owned()),
            has_usage: !price.usage.is_empty(),
        }
    }
}

/// A quote in place of an answer that never came.
pub(crate) const fn unanswered(reason: Failure, quoted_at: i64) -> Quote {
    let status = QuoteStatus::NotPriced;
    Quote { status, price: None, reason: Some(reason), quoted_at, request_id: None }
}

/// An amount for people: `CNY 1,234.50`.
pub(crate) fn amount(money: &Money) -> String {
    [&money.currency, " ", &money.amount.grouped()].concat()
}

/// The amount by which a price is above another one, when it is.
pub(crate) fn increase(before: &Money, now: &Money) -> Option<Money> {
    let hundredths = |money: &Money| money.amount.hundredths();
    let more = hundredths(now)?.checked_sub(hundredths(before)?).filter(|more| *more > 0)?;
    let currency = now.currency.clone();
    let of_one_currency = before.currency == currency;
    of_one_currency.then(|| Money { currency, amount: Amount::from_hundredths(more) })
}

/// The price in words.
pub(crate) fn in_words(
    quote: &Quote,
    form: &Form,
    catalog: Option<&Catalog>,
    locale: Locale,
) -> Option<PriceInWords> {
    let (price, bound) = (price(quote)?, bound(quote)?);
    let money = |text: &str| amount_of(&price.currency, text);
    let named = |code: &str, amount| {
        let entry = catalog.and_then(|catalog| catalog.find(code));
        match entry {
            Some(entry) => {
                PriceLine { label: entry.name(locale), code: Some(code.to_owned()), amount }
            }
            None => PriceLine { label: code.to_owned(), code: None, amount },
        }
    };
    let plain = |text: Text, amount: &str| PriceLine {
        label: text.get(locale).to_owned(),
        code: None,
        amount: money(amount),
    };
    let mut lines: Vec<PriceLine> =
        price.items.iter().map(|item| named(&item.code, money(&item.total))).collect();
    if let Some(discount) = price.discount.as_ref().filter(|it| !is_zero(it)) {
        lines.extend(price.original.as_deref().map(|it| plain(texts::ORIGINAL, it)));
        let mut line = plain(texts::DISCOUNT, discount);
        line.amount.insert(0, '−');
        lines.push(line);
    }
    let usage = |charge: &UsageCharge| {
        let unit = charge.unit.as_deref().filter(|unit| !unit.is_empty());
        let mut amount = ["+ ", &money(&charge.price)].concat();
        if let Some(unit) = unit {
            amount.push_str(locale.localized(" ", ""));
            amount.push_str(&texts::PER.with(locale, unit));
        }
        named(&charge.code, amount)
    };
    let mut total = amount(&bound);
    if !price.usage.is_empty() {
        total = texts::PLUS_USAGE.with(locale, &total);
    }
    let term = term(price, &bound, form, locale);
    Some(PriceInWords { total, term, lines, usage: price.usage.iter().map(usage).collect() })
}

/// The time that the total is for, and the part of a month when it is for several. A unit that is not the term of the order is told as
/// the cloud tells it.
fn term(price: &Price, bound: &Money, form: &Form, locale: Locale) -> String {
    let unit = price.unit.as_deref().unwrap_or_default().trim();
    let months = form.months().filter(|months| unit.is_empty() || months_of(unit) == Some(*months));
    let Some(months) = months else {
        return if unit.is_empty() { String::new() } else { texts::FOR.with(locale, unit) };
    };
    let term = format::term(form.duration, form.pricing_cycle, locale);
    let term = texts::FOR.with(locale, &term);
    match bound.amount.hundredths() {
        Some(hundredths) if months > 1 => {
            let month = Amount::from_hundredths(hundredths.div_ceil(months));
            let month = Money { amount: month, currency: bound.currency.clone() };
            let per_month = texts::PER_MONTH.with(locale, &amount(&month));
            [&term, locale.localized(", ", "，"), &per_month].concat()
        }
        _ => term,
    }
}

/// The months of a unit of the cloud: `1 Month`, `12 Month`, `1 Year`.
fn months_of(unit: &str) -> Option<u64> {
    let (count, name) = unit.split_once(' ').unwrap_or(("1", unit));
    let name = name.trim_end_matches('s');
    let months = [("month", 1), ("year", 12)];
    let (_, months) = months.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    count.parse::<u64>().ok()?.checked_mul(months)
}

fn amount_of(currency: &str, digits: &str) -> String {
    let grouped = Amount::parse(digits).map(|it| it.grouped());
    [currency, " ", grouped.as_deref().unwrap_or(digits)].concat()
}

fn is_zero(digits: &str) -> bool {
    Amount::parse(digits).is_some_and(|it| it.is_zero())
}

#[cfg(test)]
#[path = "../../tests/unit/price.rs"]
mod tests;
