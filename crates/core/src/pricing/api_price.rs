//! `GetApiPrice` of `CloudControl` (2022-08-30): what a call of another API would cost this account. It never executes the call.
//! Shapes: the Python SDK `alibabacloud-cloudcontrol20220830` 1.3.1 and aliyun-cli (`openapi/estimate_cost.go`), which differ in their
//! envelopes; both are read.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    Amount, Price, PricedItem, UsageCharge,
    money::is_currency,
    refusal::{self, NoPrice},
};
use crate::{
    Locale, ObjectReader, Value,
    json::ObjectWriter,
    model::CreateInstanceRequest,
    operation::{API_VERSION, Operation, PRODUCT},
    response,
};

/// The version of `CloudControl`.
pub const CLOUD_CONTROL_VERSION: &str = "2022-08-30";
/// The path of `GetApiPrice`.
pub const API_PRICE: &str = "/api/v1/price/quote";

/// Builds `GetApiPrice` for an order. The region stands among the parameters, as `aliyun … --estimate-cost` puts it there; the messages
/// are Chinese unless the language is named.
#[must_use]
pub fn get_api_price(
    request: &CreateInstanceRequest,
    region: Option<&str>,
    locale: Locale,
) -> Operation {
    let mut body = String::with_capacity(512);
    let mut quote = ObjectWriter::open(&mut body);
    quote.text("popCode", PRODUCT);
    quote.text("popVersion", API_VERSION);
    quote.text("apiName", "CreateInstance");
    let mut parameters = ObjectWriter::open(quote.name("parameters"));
    request.write_properties(&mut parameters);
    parameters.optional("RegionId", region);
    parameters.close();
    quote.text("language", locale.localized("en", "zh"));
    quote.close();
    Operation {
        action: "GetApiPrice",
        version: CLOUD_CONTROL_VERSION,
        method: "POST",
        path: API_PRICE.to_owned(),
        query: Vec::new(),
        body: Some(body),
    }
}

/// A price, with the id that the support of the cloud asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiPrice {
    /// The price.
    pub price: Price,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// Reads the answer to `GetApiPrice`. Numbers are to stand in the body as texts of their digits, since a float loses some of them;
/// `None` as a body stands for one that is not JSON.
pub fn read(status: u16, body: Option<&Value<'_>>, locale: Locale) -> Result<ApiPrice, NoPrice> {
    let Some(body) = body.filter(|body| status == 200 && matches!(body, Value::Object(_))) else {
        return Err(refusal::of_system(response::parse_failure(status, body, locale), locale));
    };
    let envelope = ObjectReader::new(body);
    let request_id = text(&envelope, "requestId").or_else(|| text(&envelope, "RequestId"));
    let inner = envelope.value("price");
    let fields = match inner {
        Value::Object(_) => ObjectReader::new(inner),
        // The bare object, which the CLI takes too; and an envelope without a price.
        Value::Null => ObjectReader::new(body),
        _ => return Err(refusal::unreadable(request_id, locale)),
    };
    for part in [&envelope, &fields] {
        if *part.value("success") == Value::Bool(false) {
            let code = text(part, "errorCode").or_else(|| text(part, "code"));
            let message = text(part, "errorMessage").or_else(|| text(part, "message"));
            return Err(refusal::of_business(code, message, request_id, locale));
        }
    }
    if text(&envelope, "code").as_deref() == Some(refusal::NOT_REQUIRED) {
        return Err(refusal::of_business(text(&envelope, "code"), None, request_id, locale));
    }
    match price(&fields) {
        Some(price) => Ok(ApiPrice { price, request_id }),
        None => Err(refusal::unreadable(request_id, locale)),
    }
}

/// Reads the canonical fields, and where they are missing those of the older form: `effectiveModuleSum` of a single price,
/// `calculatedAmount` of a composite or a delta one.
fn price(fields: &ObjectReader<'_>) -> Option<Price> {
    let summary = fields.value("priceSummary");
    let summary = matches!(summary, Value::Object(_)).then(|| ObjectReader::new(summary));
    let from_summary = |name| summary.as_ref().map_or(&Value::Null, |it| it.value(name));
    let total = [
        fields.value("totalAmount"),
        from_summary("effectiveModuleSum"),
        fields.value("calculatedAmount"),
    ];
    let total = total.into_iter().find(|it| **it != Value::Null)?;
    let currency = text(fields, "currency").or_else(|| text(summary.as_ref()?, "currency"))?;
    let mut price = Price {
        total: amount(total)?,
        original: optional_amount(fields.value("originalAmount"))?,
        discount: optional_amount(fields.value("discountAmount"))?,
        unit: text(fields, "billingUnit").or_else(|| text(summary.as_ref()?, "pricingUnit")),
        items: Vec::new(),
        usage: Vec::new(),
        currency,
    };
    let mut summaries: Vec<&Value<'_>> = Vec::new();
    match fields.value("components") {
        Value::Object(components) => summaries.extend(components.iter().map(|(_, it)| it)),
        Value::Null => summaries.push(fields.value("priceSummary")),
        _ => return None,
    }
    for summary in summaries {
        read_summary(summary, &mut price)?;
    }
    if price.usage.is_empty() {
        read_usage(fields.value("usageCharges"), &mut price)?;
    }
    is_currency(&price.currency).then_some(price)
}

/// Adds the modules and usage charges of a summary, whose currency is that of the whole.
fn read_summary(summary: &Value<'_>, price: &mut Price) -> Option<()> {
    let fields = match summary {
        Value::Null => return Some(()),
        Value::Object(_) => ObjectReader::new(summary),
        _ => return None,
    };
    if text(&fields, "currency").is_some_and(|it| it != price.currency) {
        return None;
    }
    for module in list(fields.value("modules"))? {
        let module = ObjectReader::new(module);
        if text(&module, "currency").is_some_and(|it| it != price.currency) {
            return None;
        }
        if text(&module, "billingMode").as_deref() == Some("usage") {
            continue;
        }
        price.items.push(PricedItem {
            code: text(&module, "moduleCode")?,
            original: optional_amount(module.value("originalCost"))?,
            discount: optional_amount(module.value("invoiceDiscount"))?,
            total: amount(module.value("costAfterDiscount"))?,
        });
    }
    read_usage(fields.value("usageCharges"), price)
}

fn read_usage(charges: &Value<'_>, price: &mut Price) -> Option<()> {
    for charge in list(charges)? {
        let charge = ObjectReader::new(charge);
        price.usage.push(UsageCharge {
            code: text(&charge, "moduleCode")?,
            price: amount(charge.value("pricePerUnit"))?,
            unit: text(&charge, "unit"),
        });
    }
    Some(())
}

fn list<'a>(input: &'a Value<'a>) -> Option<&'a [Value<'a>]> {
    match input {
        Value::Null => Some(&[]),
        Value::List(items) => Some(items),
        _ => None,
    }
}

/// A text that says something.
fn text(fields: &ObjectReader<'_>, name: &str) -> Option<String> {
    match fields.value(name) {
        Value::Text(text) if !text.is_empty() => Some(text.as_ref().to_owned()),
        _ => None,
    }
}

/// A charge: no price is below zero.
fn amount(input: &Value<'_>) -> Option<String> {
    let amount = match input {
        Value::Text(text) => Amount::parse(text)?,
        Value::Integer(number) => Amount::parse(&crate::strings::i64_to_string(*number))?,
        _ => return None,
    };
    (!amount.is_negative()).then(|| alloc::string::ToString::to_string(&amount))
}

/// `None` for what is there and no amount.
#[expect(clippy::option_option, reason = "left out is not malformed")]
fn optional_amount(input: &Value<'_>) -> Option<Option<String>> {
    if *input == Value::Null { Some(None) } else { amount(input).map(Some) }
}
