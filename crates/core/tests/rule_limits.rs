//! Limits of the rules: each rule is kept by one value of a place, and broken by the next.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use havenask_core::{
    Value,
    catalog::Catalog,
    model::{MAX_COMPONENTS, MAX_TAG_LENGTH, MAX_TAGS},
    rules::{Options, ProblemCode, RULES, validate},
};
use serde_json::{Value as Json, json};

/// The rules that a request breaks whose one place has this value. The catalogue offers a size of 50 to 500, and nothing else.
fn broken(place: &str, value: Json) -> Vec<ProblemCode> {
    let mut request = json!({
        "chargeType": "PREPAY",
        "components": [{"code": "size", "value": "200"}],
        "order": {"autoRenew": true, "duration": 1, "pricingCycle": "Month"},
        "resourceGroupId": "rg-1",
        "tags": [{"key": "team", "value": "search"}],
    });
    match place {
        "" => request = value,
        _ => *request.pointer_mut(place).unwrap() = value,
    }
    let catalog: Catalog = serde_json::from_value(json!({"components": [
        {"code": "size", "label": {"en": "Size", "zh": "大小"}, "values": {"type": "number", "min": 50, "max": 500}},
    ]}))
    .unwrap();
    let options = Options { catalog: Some(&catalog), ..Options::default() };
    let input: Value<'_> = serde_json::from_str(&request.to_string()).unwrap();
    validate(&input, &options).into_iter().map(|problem| problem.code).collect()
}

fn components(count: usize) -> Json {
    (0..count).map(|index| json!({"code": index.to_string(), "value": "1"})).collect()
}

fn tags(count: usize) -> Json {
    (0..count).map(|index| json!({"key": index.to_string()})).collect()
}

#[test]
fn a_name_twice_is_a_duplicate_field() {
    let twice: Value<'_> = serde_json::from_str(r#"{"tags":[],"tags":[]}"#).unwrap();
    let problems = validate(&twice, &Options::default());
    assert!(problems.iter().any(|problem| problem.code == ProblemCode::DuplicateField));
}

#[test]
fn each_rule_is_kept_on_one_side_of_its_limit_and_broken_on_the_other() {
    use ProblemCode::*;
    let [longest, too_long] = [MAX_TAG_LENGTH, MAX_TAG_LENGTH + 1].map(|it| "大".repeat(it));
    let order = |duration: i64, cycle| json!({"duration": duration, "pricingCycle": cycle});
    let postpay = |order: Json| json!({"chargeType": "POSTPAY", "order": order});
    let table = [
        (WrongType, "/order/duration", json!(1), json!("1")),
        (UnknownField, "", json!({"order": null}), json!({"orders": null})),
        (ControlCharacter, "/resourceGroupId", json!("rg\u{a1}"), json!("rg\u{9f}")),
        (InvisibleCharacter, "/resourceGroupId", json!("rg\u{2010}"), json!("rg\u{200f}")),
        (ChargeTypeMissing, "/chargeType", json!("PREPAY"), json!(null)),
        (ChargeTypeUnknown, "/chargeType", json!("PREPAY"), json!("Prepay")),
        (PostpayNotSupported, "/chargeType", json!("PREPAY"), json!("POSTPAY")),
        (ComponentsMissing, "/components", components(1), components(0)),
        (
            ComponentsTooMany,
            "/components",
            components(MAX_COMPONENTS),
            components(MAX_COMPONENTS + 1),
        ),
        (ComponentCodeMissing, "/components/0/code", json!("a"), json!("\u{3000}")),
        (
            ComponentCodeDuplicate,
            "/components",
            json!([{"code": "a", "value": "1"}, {"code": "A", "value": "1"}]),
            json!([{"code": "a", "value": "1"}, {"code": "a", "value": "2"}]),
        ),
        (ComponentCodeUnchecked, "/components/0/code", json!("size"), json!("Size")),
        (ComponentValueMissing, "/components/0/value", json!("1"), json!("")),
        (ComponentValueNotOffered, "/components/0/value", json!("500"), json!("501")),
        (OrderMissing, "/order", json!({}), json!(null)),
        (OrderWithoutPrepay, "", postpay(json!(null)), postpay(json!({}))),
        (DurationMissing, "/order/duration", json!(1), json!(null)),
        (DurationNotOffered, "/order/duration", json!(10), json!(11)),
        (DurationNotOffered, "/order/duration", json!(12), json!(13)),
        (DurationNotOffered, "/order/duration", json!(1), json!(0)),
        (DurationOfTwelveYears, "/order", order(10, "Year"), order(12, "Year")),
        (PricingCycleMissing, "/order/pricingCycle", json!("Year"), json!(null)),
        (PricingCycleUnknown, "/order/pricingCycle", json!("Year"), json!("year")),
        (TagsMany, "/tags", tags(MAX_TAGS), tags(MAX_TAGS + 1)),
        (TagSurroundingSpace, "/tags/0/value", json!("a b"), json!("a ")),
        (TagKeyMissing, "/tags/0/key", json!("a"), json!("")),
        (TagKeyTooLong, "/tags/0/key", json!(longest), json!(too_long)),
        (TagKeyReserved, "/tags/0/key", json!("aliyu"), json!("aliyun")),
        (TagKeyReserved, "/tags/0/key", json!("acs"), json!("acs:")),
        (
            TagKeyDuplicate,
            "/tags",
            json!([{"key": "a"}, {"key": "b"}]),
            json!([{"key": "a"}, {"key": "a"}]),
        ),
        (TagValueTooLong, "/tags/0/value", json!(longest), json!(too_long)),
    ];
    for (rule, place, kept, beyond) in &table {
        assert!(!broken(place, kept.clone()).contains(rule), "{rule:?}: {place} = {kept}");
        assert!(broken(place, beyond.clone()).contains(rule), "{rule:?}: {place} = {beyond}");
    }
    // A name twice is no value of serde_json: it has a test of its own.
    for rule in RULES.map(|rule| rule.code) {
        let has_limit = table.iter().any(|row| row.0 == rule) || rule == DuplicateField;
        assert!(has_limit, "{rule:?} has no row");
    }
}
