//! Reads a price out of the answer to `GetApiPrice`: its canonical fields, and where they are missing those of the older form.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};

use super::{Amount, Price, PricedItem, UsageCharge, money::is_currency};
use crate::{ObjectReader, Value, strings::i64_to_string};

/// Reads `success`, which may be a text.
pub(super) fn succeeded(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Bool(succeeded) => Some(*succeeded),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A text that says something.
pub(super) fn text(fields: &ObjectReader<'_>, name: &str) -> Option<String> {
    match fields.value(name) {
        Value::Text(text) if !text.is_empty() => Some(text.as_ref().to_owned()),
        _ => None,
    }
}

/// Reads a price; `None` where something of it is missing or of another form.
pub(super) fn price(fields: &ObjectReader<'_>) -> Option<Price> {
    let (total, unit) = total(fields)?;
    let summary = object(fields.value("priceSummary"))?;
    let currency = text(fields, "currency").or_else(|| text(&summary, "currency"))?;
    let mut price = Price {
        total,
        original: optional_amount(fields.value("originalAmount"))?,
        discount: optional_amount(fields.value("discountAmount"))?,
        unit,
        items: Vec::new(),
        usage: Vec::new(),
        currency,
    };
    let mut has_usage =
        matches!(text(fields, "chargeComposition").as_deref(), Some("usage_only" | "mixed"));
    let components = match fields.value("components") {
        Value::Object(components) => components.as_slice(),
        Value::Null => &[],
        _ => return None,
    };
    for (_, component) in components {
        has_usage |= read_summary(&object(component)?, &mut price)?;
    }
    if components.is_empty() {
        has_usage |= read_summary(&summary, &mut price)?;
    } else {
        is_in(&price, &summary)?;
    }
    if price.usage.is_empty() {
        read_usage(fields.value("usageCharges"), &mut price)?;
    }
    // A fee by usage that is not told makes no price of what is: the total alone would look like all of it.
    let is_whole = !has_usage || !price.usage.is_empty();
    (is_whole && is_currency(&price.currency)).then_some(price)
}

/// The total and its unit. The older form has the number of a single price in its summary, which is usage based without a unit.
fn total(fields: &ObjectReader<'_>) -> Option<(String, Option<String>)> {
    let unit = text(fields, "billingUnit");
    if *fields.value("totalAmount") != Value::Null {
        let summary = object(fields.value("priceSummary"))?;
        let unit = unit.or_else(|| text(&summary, "pricingUnit"));
        return Some((amount(fields.value("totalAmount"))?, unit));
    }
    if matches!(text(fields, "pricingMode").as_deref(), Some("composite" | "delta")) {
        return Some((amount(fields.value("calculatedAmount"))?, unit));
    }
    let summary = object(fields.value("priceSummary"))?;
    let unit = text(&summary, "pricingUnit")?;
    Some((amount(summary.value("effectiveModuleSum"))?, Some(unit)))
}

/// Adds the modules and usage charges of a summary; returns true if a module is charged by usage.
fn read_summary(fields: &ObjectReader<'_>, price: &mut Price) -> Option<bool> {
    is_in(price, fields)?;
    let mut has_usage = false;
    for module in list(fields.value("modules"))? {
        let module = object(module)?;
        is_in(price, &module)?;
        if text(&module, "billingMode").as_deref() == Some("usage") {
            has_usage = true;
            continue;
        }
        price.items.push(PricedItem {
            code: text(&module, "moduleCode")?,
            original: optional_amount(module.value("originalCost"))?,
            discount: optional_amount(module.value("invoiceDiscount"))?,
            total: amount(module.value("costAfterDiscount"))?,
        });
    }
    read_usage(fields.value("usageCharges"), price)?;
    Some(has_usage)
}

fn read_usage(charges: &Value<'_>, price: &mut Price) -> Option<()> {
    for charge in list(charges)? {
        let charge = object(charge)?;
        is_in(price, &charge)?;
        price.usage.push(UsageCharge {
            code: text(&charge, "moduleCode")?,
            price: amount(charge.value("pricePerUnit"))?,
            unit: text(&charge, "unit"),
        });
    }
    Some(())
}

/// Tests that a part, where it names a currency, is in that of the whole.
fn is_in(price: &Price, part: &ObjectReader<'_>) -> Option<()> {
    text(part, "currency").is_none_or(|it| it == price.currency).then_some(())
}

/// An object; one that is left out is empty.
fn object<'a>(value: &'a Value<'a>) -> Option<ObjectReader<'a>> {
    matches!(value, Value::Object(_) | Value::Null).then(|| ObjectReader::new(value))
}

fn list<'a>(value: &'a Value<'a>) -> Option<&'a [Value<'a>]> {
    match value {
        Value::Null => Some(&[]),
        Value::List(items) => Some(items),
        _ => None,
    }
}

/// A charge: no price is below zero.
fn amount(value: &Value<'_>) -> Option<String> {
    let amount = match value {
        Value::Text(text) => Amount::parse(text)?,
        Value::Integer(number) => Amount::parse(&i64_to_string(*number))?,
        _ => return None,
    };
    (!amount.is_negative()).then(|| amount.to_string())
}

/// `None` for a value that is there and no amount.
#[expect(clippy::option_option, reason = "left out is not malformed")]
fn optional_amount(value: &Value<'_>) -> Option<Option<String>> {
    if *value == Value::Null { Some(None) } else { amount(value).map(Some) }
}
