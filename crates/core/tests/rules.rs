//! Bad input: each has a clear, specific answer at its place, in both languages.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use havenask_core::{
    Locale, Problem, Severity, Value,
    catalog::Catalog,
    model::MAX_COMPONENTS,
    rules::{MAX_PROBLEMS, Options, ProblemCode, is_valid, validate},
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn found(request: &Json) -> Vec<Problem> {
    let problems = validate(&serde_json::from_value(request.clone()).unwrap(), &Options::default());
    for problem in &problems {
        assert!(stands_at(problem.code.place(), problem.path.as_pointer()), "{problem:?}");
    }
    problems
}

/// Tests that a rule may be broken at this path.
fn stands_at(place: &str, path: &str) -> bool {
    let step =
        |step: &str| if step.parse::<usize>().is_ok() { "*".to_owned() } else { step.to_owned() };
    place.is_empty() || path.split('/').map(step).collect::<Vec<_>>().join("/") == place
}

fn codes(request: &Json) -> Vec<(ProblemCode, String)> {
    places(found(request))
}

fn places(problems: Vec<Problem>) -> Vec<(ProblemCode, String)> {
    problems.into_iter().map(|problem| (problem.code, problem.path.to_string())).collect()
}

/// A request that nothing is wrong with, with one place changed.
fn with(pointer: &str, value: Json) -> Json {
    let mut request = json!({
        "chargeType": "PREPAY",
        "components": [{"code": "searcherdocsize", "value": "200"}],
        "order": {"autoRenew": true, "duration": 1, "pricingCycle": "Month"},
        "resourceGroupId": "rg-aekzjvw24abcd",
        "tags": [{"key": "team", "value": "search"}],
    });
    if let Some((parent, name)) = pointer.rsplit_once('/') {
        let parent = request.pointer_mut(parent).unwrap();
        match name.parse::<usize>() {
            Ok(index) => parent[index] = value,
            Err(_) => parent[name] = value,
        }
    }
    request
}

#[test]
fn a_good_request_has_no_problem() {
    assert_eq!(found(&with("", json!(0))), []);
    for duration in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12] {
        assert_eq!(found(&with("/order/duration", json!(duration))), []);
    }
    assert_eq!(found(&with("/components/0/value", json!("问天 😀 <script>alert(1)</script>"))), []);
    // Neither the joiners of an emoji nor what makes one colourful is white space.
    for value in ["👩‍👩‍👧", "❤️", "a b", "a\u{a0}b", ""] {
        assert_eq!(found(&with("/tags/0/value", json!(value))), [], "{value}");
    }
}

#[test]
fn one_thing_wrong_is_one_problem_at_its_place() {
    use ProblemCode::*;
    let thousand: Vec<Json> =
        (0..1000).map(|n| json!({"code": format!("c{n}"), "value": "1"})).collect();
    let twice = json!([{"code": "a", "value": "1"}, {"code": "a", "value": "2"}]);
    let tags = json!([{"key": "a"}, {"key": "a"}]);
    let long = "k".repeat(129);
    let table = [
        ("/order/duration", json!(0), DurationNotOffered, "/order/duration"),
        ("/order/duration", json!(11), DurationNotOffered, "/order/duration"),
        ("/order/duration", json!(29), DurationNotOffered, "/order/duration"),
        ("/order/duration", json!(-1), DurationNotOffered, "/order/duration"),
        (
            "/order/duration",
            json!(9_007_199_254_740_993_i64),
            DurationNotOffered,
            "/order/duration",
        ),
        ("/order/duration", json!(u64::MAX), WrongType, "/order/duration"),
        ("/order/duration", json!(1.5), WrongType, "/order/duration"),
        ("/order/duration", json!("1"), WrongType, "/order/duration"),
        ("/order/duration", json!(null), DurationMissing, "/order/duration"),
        ("/order/pricingCycle", json!("month"), PricingCycleUnknown, "/order/pricingCycle"),
        ("/order/pricingCycle", json!("Week"), PricingCycleUnknown, "/order/pricingCycle"),
        ("/order/pricingCycle", json!(""), PricingCycleUnknown, "/order/pricingCycle"),
        ("/order/pricingCycle", json!(null), PricingCycleMissing, "/order/pricingCycle"),
        ("/order/autoRenew", json!("true"), WrongType, "/order/autoRenew"),
        ("/order", json!(null), OrderMissing, "/order"),
        ("/order", json!([]), WrongType, "/order"),
        ("/chargeType", json!("prepay"), ChargeTypeUnknown, "/chargeType"),
        ("/chargeType", json!(""), ChargeTypeUnknown, "/chargeType"),
        ("/chargeType", json!(null), ChargeTypeMissing, "/chargeType"),
        ("/components", json!(null), ComponentsMissing, "/components"),
        ("/components", json!([]), ComponentsMissing, "/components"),
        ("/components", json!({}), WrongType, "/components"),
        ("/components", json!(thousand), ComponentsTooMany, "/components"),
        ("/components", twice, ComponentCodeDuplicate, "/components/1/code"),
        ("/components/0", json!("searcherdocsize"), WrongType, "/components/0"),
        ("/components/0", json!({"value": "200"}), ComponentCodeMissing, "/components/0/code"),
        ("/components/0/code", json!(" "), ComponentCodeMissing, "/components/0/code"),
        ("/components/0/value", json!(200), WrongType, "/components/0/value"),
        ("/components/0/value", json!(""), ComponentValueMissing, "/components/0/value"),
        ("/components/0/value", json!("a\u{0}b"), ControlCharacter, "/components/0/value"),
        ("/components/0/ProblemCode", json!("x"), UnknownField, "/components/0/ProblemCode"),
        ("/resourceGroupId", json!("rg\n"), ControlCharacter, "/resourceGroupId"),
        ("/tags", tags, TagKeyDuplicate, "/tags/1/key"),
        ("/tags/0/key", json!(""), TagKeyMissing, "/tags/0/key"),
        ("/tags/0/key", json!(long), TagKeyTooLong, "/tags/0/key"),
        ("/tags/0/key", json!("acs:mine"), TagKeyReserved, "/tags/0/key"),
        ("/tags/0/value", json!(long), TagValueTooLong, "/tags/0/value"),
        ("/paymentInfo", json!({}), UnknownField, "/paymentInfo"),
        ("/a~1b", json!(1), UnknownField, "/a~01b"),
    ];
    for (pointer, value, code, path) in table {
        let request = with(pointer, value.clone());
        assert_eq!(codes(&request), [(code, path.to_owned())], "{pointer} = {value}");
    }
}

#[test]
fn an_invisible_character_is_named_at_its_place() {
    use ProblemCode::*;
    let table = [
        ("/resourceGroupId", json!(" rg-acfm2ij6pwxsvua"), InvisibleCharacter, "/resourceGroupId"),
        (
            "/resourceGroupId",
            json!("rg-acfm2ij6pwxsvua\u{200b}"),
            InvisibleCharacter,
            "/resourceGroupId",
        ),
        (
            "/resourceGroupId",
            json!("rg-\u{200d}acfm2ij6pwxsvua"),
            InvisibleCharacter,
            "/resourceGroupId",
        ),
        ("/resourceGroupId", json!("\u{a0}"), InvisibleCharacter, "/resourceGroupId"),
        (
            "/components/0/code",
            json!("\u{feff}searcherdocsize"),
            InvisibleCharacter,
            "/components/0/code",
        ),
        (
            "/components/0/code",
            json!("searcher\u{ad}docsize"),
            InvisibleCharacter,
            "/components/0/code",
        ),
        (
            "/components/0/code",
            json!("\u{200b}\u{3000}"),
            ComponentCodeMissing,
            "/components/0/code",
        ),
        ("/components/0/value", json!("200\u{202e}"), InvisibleCharacter, "/components/0/value"),
        ("/components/0/value", json!("200\u{fe0f}"), InvisibleCharacter, "/components/0/value"),
        ("/resourceGroupId", json!("rg-x\u{e0041}"), InvisibleCharacter, "/resourceGroupId"),
        ("/components/0/value", json!("\u{2003}"), InvisibleCharacter, "/components/0/value"),
        ("/tags/0/key", json!("team\u{2060}"), TagSurroundingSpace, "/tags/0/key"),
        ("/tags/0/key", json!("\u{2800}"), TagKeyMissing, "/tags/0/key"),
        ("/tags/0/value", json!("search "), TagSurroundingSpace, "/tags/0/value"),
        ("/tags/0/value", json!("\u{61c}\u{3000}"), TagSurroundingSpace, "/tags/0/value"),
    ];
    for (pointer, value, code, path) in table {
        let request = with(pointer, value.clone());
        assert_eq!(codes(&request), [(code, path.to_owned())], "{pointer} = {value}");
    }
}

#[test]
fn white_space_around_a_tag_is_valid_and_around_a_name_may_not() {
    assert!(is_valid(&found(&with("/tags/0/value", json!(" x")))));
    assert!(is_valid(&found(&with("/tags/0/key", json!("x ")))));
    assert!(!is_valid(&found(&with("/resourceGroupId", json!("rg-x ")))));
    assert!(!is_valid(&found(&with("/components/0/code", json!(" x")))));
}

#[test]
fn a_request_that_is_no_object_has_one_problem() {
    for request in [json!(null), json!([]), json!("x"), json!(1), json!(true)] {
        assert_eq!(codes(&request), [(ProblemCode::WrongType, String::new())], "{request}");
    }
}

#[test]
fn postpay_is_refused_unless_it_is_allowed() {
    let mut request = with("/chargeType", json!("POSTPAY"));
    assert!(!is_valid(&found(&request)));
    request.as_object_mut().unwrap().remove("order");
    let input: Value<'_> = serde_json::from_value(request).unwrap();
    let options = Options { allow_postpay: true, ..Options::default() };
    let problems = validate(&input, &options);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].code, problems[0].severity),
        (ProblemCode::PostpayNotSupported, Severity::Warning)
    );
}

#[test]
fn everything_is_said_at_once_and_in_the_order_of_the_paths() {
    let components: Vec<Json> = (0..12).map(|_| json!({"value": 1})).collect();
    let request = json!({"chargeType": "PREPAY", "paymentInfo": {}, "components": components});
    let paths: Vec<String> = codes(&request).into_iter().map(|(_, path)| path).collect();
    assert_eq!(paths[0], "/components/0/code");
    assert!(
        paths.iter().position(|p| p == "/components/2/code")
            < paths.iter().position(|p| p == "/components/10/code")
    );
    assert_eq!(paths[24..], ["/order", "/paymentInfo"]);
}

#[test]
fn names_that_are_numbers_come_before_the_others() {
    let input: Value<'_> = serde_json::from_str(r#"{"1a":1,"2":1,"a":1,"10":1}"#).unwrap();
    let problems = validate(&input, &Options::default());
    let paths: Vec<_> = problems.iter().map(|problem| problem.path.as_pointer()).collect();
    assert_eq!(paths, ["/2", "/10", "/1a", "/a", "/chargeType", "/components"]);
}

#[test]
fn a_field_inside_an_unreadable_place_is_not_missing() {
    let input: Value<'_> = serde_json::from_str(
        r#"{"order":{"duration":"x"},"order":1,"tags":[0,{"key":"a","value":1},0,{}]}"#,
    )
    .unwrap();
    let problems = validate(&input, &Options::default());
    assert_eq!(
        places(problems),
        [
            (ProblemCode::ChargeTypeMissing, "/chargeType"),
            (ProblemCode::ComponentsMissing, "/components"),
            (ProblemCode::DuplicateField, "/order"),
            (ProblemCode::WrongType, "/order/duration"),
            (ProblemCode::WrongType, "/tags/0"),
            (ProblemCode::WrongType, "/tags/1/value"),
            (ProblemCode::WrongType, "/tags/2"),
            (ProblemCode::TagKeyMissing, "/tags/3/key"),
        ]
        .map(|(code, path)| (code, path.to_owned()))
    );
}

#[test]
fn the_message_names_what_was_meant() {
    let said = |locale, request: &Json| {
        let options = Options { locale, ..Options::default() };
        let problems = validate(&serde_json::from_value(request.clone()).unwrap(), &options);
        problems.into_iter().map(|problem| problem.message).collect::<String>()
    };
    let request = with("/paymentInfo", json!({"duration": 1}));
    assert_eq!(said(Locale::En, &request), "There is no field paymentInfo. Use order.");
    assert_eq!(said(Locale::Zh, &request), "没有名为 paymentInfo 的字段。请使用 order。");
    let request = with("/order/duration", json!("1"));
    assert_eq!(
        said(Locale::En, &request),
        "A whole number without quotes is needed here, not text."
    );
    let request = with("/chargeType", json!("x".repeat(10_000)));
    assert!(said(Locale::En, &request).len() < 200);
    let request = with("/chargeType", json!("\u{1b}[31m"));
    assert!(!said(Locale::En, &request).contains('\u{1b}'));
}

#[test]
fn a_field_that_is_given_twice_is_not_silently_dropped() {
    let input: Value<'_> =
        serde_json::from_str(r#"{"chargeType":"PREPAY","chargeType":"POSTPAY"}"#).unwrap();
    let problems = validate(&input, &Options::default());
    assert!(
        problems
            .iter()
            .any(|it| it.code == ProblemCode::DuplicateField
                && it.path.as_pointer() == "/chargeType")
    );
}

#[test]
fn a_catalogue_checks_the_values() {
    let catalog: Catalog = serde_json::from_value(json!({"components": [
        {"code": "size", "label": {"en": "Size", "zh": "大小"}, "values": {"type": "number", "min": 50, "max": 500, "step": 50}},
        {"code": "spec", "label": {"en": "Spec", "zh": "规格"}, "values": {"type": "select", "options": ["s", "m"]}},
    ]}))
    .unwrap();
    let request = with(
        "/components",
        json!([
            {"code": "size", "value": "60"},
            {"code": "spec", "value": "m"},
            {"code": "other", "value": "1"},
        ]),
    );
    let options = Options { catalog: Some(&catalog), ..Options::default() };
    let problems = validate(&serde_json::from_value(request).unwrap(), &options);
    assert_eq!(
        places(problems),
        [
            (ProblemCode::ComponentValueNotOffered, "/components/0/value"),
            (ProblemCode::ComponentCodeUnchecked, "/components/2/code"),
        ]
        .map(|(code, path)| (code, path.to_owned()))
    );
}

#[test]
fn the_limit_of_components_is_inclusive() {
    let components = |count: usize| -> Json {
        (0..count).map(|n| json!({"code": n.to_string(), "value": "1"})).collect()
    };
    assert_eq!(codes(&with("/components", components(MAX_COMPONENTS))), []);
    assert_eq!(codes(&with("/components", components(MAX_COMPONENTS + 1))).len(), 1);
}

#[test]
fn of_very_many_problems_some_are_named() {
    for tags in [json!(0), json!({"key": "", "value": "v"})] {
        let tags = Json::Array(vec![tags; 2 * MAX_PROBLEMS]);
        let problems = found(&with("/tags", tags));
        assert!(problems.len() - MAX_PROBLEMS <= 1, "{} problems", problems.len());
        assert!(!is_valid(&problems));
    }
}

fn any_json() -> impl Strategy<Value = Json> {
    let names = prop_oneof![
        Just("chargeType"),
        Just("components"),
        Just("order"),
        Just("tags"),
        Just("code"),
        Just("value"),
        Just("key"),
        Just("duration"),
        Just("pricingCycle"),
        Just("autoRenew"),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        prop_oneof![Just("PREPAY".to_owned()), Just("Month".to_owned()), any::<String>()]
            .prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        let name = prop_oneof![4 => names.clone().prop_map(str::to_owned), 1 => any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::hash_map(name, inner, 0..6)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_breaks_it_and_every_problem_is_whole(request in any_json()) {
        for problem in found(&request) {
            let pointer = problem.path.as_pointer();
            prop_assert!(pointer.is_empty() || pointer.starts_with('/'));
            prop_assert!(!problem.message.is_empty());
        }
    }

    #[test]
    fn a_request_without_an_error_of_form_reads_back_as_it_is_sent(request in any_json()) {
        let input: Value<'_> = serde_json::from_value(request).unwrap();
        if let Ok(read) = havenask_core::rules::parse(&input, Locale::En) {
            let json = read.to_json();
            let sent: Value<'_> = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(havenask_core::rules::parse(&sent, Locale::En), Ok(read));
        }
    }
}
