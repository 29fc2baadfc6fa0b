//! Prices: what is sent to `GetApiPrice`, the billing API and STS, and how their answers read.

use havenask_core::{
    Locale, Retry, Value,
    model::{Component, CreateInstanceRequest, Order, PricingCycle},
    pricing::{self, Amount, ApiPrice, Money, NoPrice},
};
use proptest::prelude::*;

/// JSON with its numbers as texts, as the proxy reads it.
fn exact(text: &str) -> Option<Value<'static>> {
    fn texts(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Number(number) => number.to_string().into(),
            serde_json::Value::Array(items) => items.into_iter().map(texts).collect(),
            serde_json::Value::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name, texts(value))).collect()
            }
            other => other,
        }
    }
    let value = texts(serde_json::from_str(text).ok()?);
    serde_json::from_value(value).ok()
}

fn read(status: u16, text: &str) -> Result<ApiPrice, NoPrice> {
    pricing::parse_api_price(status, exact(text).as_ref(), Locale::En)
}

#[test]
fn the_three_envelopes_and_both_forms_of_fields_are_read() {
    let canonical = r#"{"success":true,"currency":"CNY","totalAmount":1200,"originalAmount":1500.5,"discountAmount":300.5,
        "billingUnit":"1 Month","chargeComposition":"recurring_only","priceSummary":{"currency":"CNY","modules":[
        {"moduleCode":"searchernum","originalCost":1500.5,"invoiceDiscount":300.5,"costAfterDiscount":1200,"billingMode":"recurring"}]}}"#;
    let older = r#"{"success":true,"pricingMode":"single","priceSummary":{"currency":"CNY","effectiveModuleSum":"1,200.00",
        "pricingUnit":"1 Month","modules":[{"moduleCode":"searchernum","costAfterDiscount":"1,200"}]}}"#;
    for body in [
        format!(r#"{{"requestId":"R","success":true,"code":"Success","price":{canonical}}}"#),
        format!(r#"{{"requestId":"R","price":{canonical}}}"#),
        canonical.to_owned(),
        format!(r#"{{"requestId":"R","price":{older}}}"#),
    ] {
        let price = read(200, &body).unwrap_or_else(|why| panic!("{body}: {why:?}")).price;
        assert_eq!((price.currency.as_str(), price.total.as_str()), ("CNY", "1200.00"), "{body}");
        assert_eq!(price.unit.as_deref(), Some("1 Month"), "{body}");
        assert_eq!(price.items.len(), 1, "{body}");
    }
    let composite = r#"{"price":{"success":true,"pricingMode":"composite","currency":"USD","calculatedAmount":0.30,"components":{
        "a":{"modules":[{"moduleCode":"x","costAfterDiscount":0.1}]},"b":{"modules":[{"moduleCode":"y","costAfterDiscount":0.2}]}}}}"#;
    let price = read(200, composite).unwrap().price;
    assert_eq!(price.total, "0.30");
    let items: Vec<_> =
        price.items.iter().map(|it| (it.code.as_str(), it.total.as_str())).collect();
    assert_eq!(items, [("x", "0.10"), ("y", "0.20")]);
}

#[test]
fn usage_fees_stand_beside_the_total() {
    let usage = r#"{"price":{"success":true,"currency":"CNY","totalAmount":0,"chargeComposition":"usage_only","priceSummary":{
        "modules":[{"moduleCode":"storage","billingMode":"usage","costAfterDiscount":5}],
        "usageCharges":[{"moduleCode":"storage","unit":"GB","pricePerUnit":0.000123}]}}}"#;
    let price = read(200, usage).unwrap().price;
    assert_eq!((price.total.as_str(), price.items.len()), ("0.00", 0));
    assert_eq!(price.usage[0].price, "0.000123");
    assert_eq!(price.usage[0].unit.as_deref(), Some("GB"));
}

/// Answers without a price, and whether each refuses the order.
const WITHOUT_A_PRICE: &[(u16, &str, bool)] = &[
    (
        200,
        r#"{"price":{"success":false,"errorCode":"InvalidParameter","errorMessage":"COMMODITY.INVALID_COMPONENT"}}"#,
        true,
    ),
    (
        200,
        r#"{"success":false,"code":"COMMODITY.INVALID_COMPONENT","message":"The instance component is invalid."}"#,
        true,
    ),
    (
        400,
        r#"{"Code":"COMMODITY.INVALID_COMPONENT","Message":"The instance component is invalid."}"#,
        true,
    ),
    (200, r#"{"success":false,"code":"PricingNotSupported"}"#, false),
    (404, r#"{"RequestId":"R","Code":"PricingNotSupported","Message":"m","HostId":"h"}"#, false),
    (200, r#"{"success":true,"code":"PricingNotRequired"}"#, false),
    (
        200,
        r#"{"price":{"success":false,"errorCode":"InternalError","errorMessage":"PRICE.PRICING_PLAN_RESULT_NOT_FOUND"}}"#,
        false,
    ),
    (
        200,
        r#"{"price":{"success":false,"errorCode":"InvalidParameter","errorMessage":"No pricingTarget matched the input request"}}"#,
        false,
    ),
    (400, r#"{"Code":"NotApplicable","Message":"This API is not applicable for caller."}"#, false),
    (400, r#"{"Code":"NotAuthorized","Message":"m"}"#, false),
    (429, r#"{"Code":"Throttling.User","Message":"m"}"#, false),
    (
        200,
        r#"{"price":{"success":"false","errorCode":"InvalidParameter","errorMessage":"COMMODITY.INVALID_COMPONENT","currency":"CNY","totalAmount":0}}"#,
        true,
    ),
    (
        200,
        r#"{"success":false,"price":{"success":false,"errorCode":"COMMODITY.INVALID_COMPONENT"}}"#,
        true,
    ),
    (200, r#"{"code":"COMMODITY.INVALID_COMPONENT"}"#, true),
    (200, r#"{"Code":"COMMODITY.INVALID_COMPONENT","Message":"m"}"#, true),
    (200, r#"{"success":false,"code":"INSUFFICIENT.AVAILABLE.QUOTA"}"#, true),
    (200, r#"{"code":"PricingNotSupported","price":{"currency":"CNY","totalAmount":1}}"#, false),
    (200, r#"{"price":{"errorCode":"X","currency":"CNY","totalAmount":1}}"#, false),
    (200, r#"{"success":false,"code":"InvalidParameter","message":"m"}"#, false),
    (200, r#"{"success":false,"code":"SystemError"}"#, false),
    (200, r#"{"success":false}"#, false),
    (502, "<html>", false),
    (302, "", false),
];

#[test]
fn an_order_is_refused_by_the_trade_system_alone() {
    for &(status, body, refused) in WITHOUT_A_PRICE {
        let why = read(status, body).unwrap_err();
        let (NoPrice::Refused(failure) | NoPrice::NotPriced(failure)) = &why;
        assert_eq!(matches!(why, NoPrice::Refused(_)), refused, "{body}");
        assert!(!failure.code.is_empty() && !failure.message.is_empty(), "{failure:?}");
        assert!(!failure.remedy.is_empty(), "{failure:?}");
        assert_eq!(failure.retry == Retry::No, refused, "{failure:?}");
        if failure.code == "NotApplicable" {
            assert!(failure.remedy.contains("--account-site"), "{}", failure.remedy);
        }
    }
}

#[test]
fn a_number_that_is_no_price_is_none() {
    let with = |total: &str| {
        format!(r#"{{"price":{{"success":true,"currency":"CNY","totalAmount":{total}}}}}"#)
    };
    assert!(read(200, &with("1")).is_ok());
    for total in [
        "null",
        "NaN",
        "[1]",
        "{}",
        "true",
        "1e400",
        "-1",
        "\"\"",
        "\"x\"",
        "\"-0.01\"",
        "\"1,23\"",
    ] {
        assert!(matches!(read(200, &with(total)), Err(NoPrice::NotPriced(_))), "{total}");
    }
    for body in [
        r#"{"price":[]}"#,
        r#"{"price":{"success":true}}"#,
        r#"{"price":{"success":true,"totalAmount":1}}"#,
        r#"{"price":{"success":true,"currency":"yuan","totalAmount":1}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"priceSummary":[]}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"priceSummary":{"currency":"USD"}}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"priceSummary":{"modules":{}}}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":0,"chargeComposition":"usage_only"}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"chargeComposition":"mixed","usageCharges":[]}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":0,"priceSummary":{"modules":[{"moduleCode":"x","billingMode":"usage"}]}}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":0,"components":{},"priceSummary":{"modules":[{"moduleCode":"x","billingMode":"usage"}]}}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"usageCharges":[{"moduleCode":"x","pricePerUnit":1,"currency":"USD"}]}}"#,
        r#"{"price":{"success":true,"priceSummary":{"currency":"CNY","effectiveModuleSum":1}}}"#,
        r#"{"price":{"success":true,"pricingMode":"delta","currency":"CNY","priceSummary":{"effectiveModuleSum":1,"pricingUnit":"1 Month"}}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"components":[]}}"#,
        r#"{"price":{"success":true,"currency":"CNY","totalAmount":1,"components":{"a":{"modules":[{"moduleCode":"x","costAfterDiscount":1,"currency":"USD"}]}}}}"#,
        "{}",
        "[]",
        "null",
    ] {
        assert!(matches!(read(200, body), Err(NoPrice::NotPriced(_))), "{body}");
    }
}

#[test]
fn a_quote_asks_with_the_orders_own_parameters() {
    let request = CreateInstanceRequest {
        components: Some(vec![Component {
            code: "searcherdocsize".into(),
            value: Some("200".into()),
        }]),
        order: Some(Order {
            auto_renew: None,
            duration: Some(1),
            pricing_cycle: Some(PricingCycle::Month),
        }),
        ..CreateInstanceRequest::default()
    };
    let operation = pricing::get_api_price(&request, Some("cn-hangzhou"), Locale::En);
    assert_eq!(
        operation.body.as_deref(),
        Some(
            r#"{"popCode":"searchengine","popVersion":"2021-10-25","apiName":"CreateInstance","parameters":{"components":[{"code":"searcherdocsize","value":"200"}],"order":{"duration":1,"pricingCycle":"Month"},"RegionId":"cn-hangzhou"},"language":"en"}"#
        )
    );
}

proptest! {
    #[test]
    fn amounts_compare_as_numbers_do(a in 0_u64..10_000_000, b in 0_u64..10_000_000, zeros in 0_usize..4) {
        let text = |number: u64| format!("{}.{:03}{}", number / 1000, number % 1000, "0".repeat(zeros));
        let (one, other) = (Amount::parse(&text(a)).unwrap(), Amount::parse(&text(b)).unwrap());
        prop_assert_eq!(one.cmp(&other), a.cmp(&b));
        prop_assert_eq!(one.hundredths(), Some(a.div_ceil(10)));
        prop_assert_eq!(Amount::parse(&one.to_string()), Some(one.clone()));
        prop_assert_eq!(Amount::parse(&one.grouped()), Some(one));
    }

    #[test]
    fn hundredths_are_an_amount(hundredths in any::<u64>()) {
        prop_assert_eq!(Amount::from_hundredths(hundredths).hundredths(), Some(hundredths));
    }
}

#[test]
fn a_malformed_amount_is_none() {
    for text in [
        "", "-", ".5", "5.", "1.2.3", "1,23", ",123", "1234,567", "1,234,56", "0x1", "١", "1 2",
        "NaN", "Infinity", "1e", "1e99", "1e-99",
    ] {
        assert_eq!(Amount::parse(text), None, "{text}");
    }
    for (text, amount) in [
        ("10000.00\n", "10000.00"),
        ("-11.19", "-11.19"),
        ("-0.00", "0.00"),
        ("1.2345e3", "1234.50"),
        ("12e-3", "0.012"),
        ("007", "7.00"),
        ("9,999,999.999", "9999999.999"),
    ] {
        assert_eq!(Amount::parse(text).unwrap().to_string(), amount, "{text}");
    }
    assert!(Amount::parse("-2") < Amount::parse("-1") && Amount::parse("-1") < Amount::parse("0"));
    assert_eq!(Money::parse("CNY 1234.5").unwrap().amount.grouped(), "1,234.50");
}
