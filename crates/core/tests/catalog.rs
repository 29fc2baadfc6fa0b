//! A catalogue without sense: each flaw has its place, in both languages.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use havenask_core::{
    FromValue, Locale,
    catalog::{Catalog, SAMPLE, Values},
    model::MAX_COMPONENTS,
};
use serde_json::{Value, json};

fn entry(code: &str, values: &Value) -> Value {
    json!({ "code": code, "label": { "en": "Name", "zh": "名称" }, "values": values })
}

/// A catalogue that makes sense, with one place changed.
fn with(pointer: &str, value: Value) -> Catalog {
    let mut catalog = json!({ "components": [
        entry("nodes", &json!({ "type": "number", "min": 0, "max": 8, "step": 2 })),
        entry("spec", &json!({ "type": "select", "options": ["small", "large"] })),
        entry("note", &json!({ "type": "text" })),
    ]});
    catalog["components"][0]["default"] = json!("2");
    catalog["components"][0]["unit"] = json!({ "en": "nodes", "zh": "个" });
    catalog["components"][0]["group"] = json!({ "en": "Nodes", "zh": "节点" });
    catalog["components"][0]["link"] = json!("https://docs.example/nodes?a=b#c");
    catalog["presets"] = json!([{ "name": { "en": "Small", "zh": "小型" }, "request": {
        "chargeType": "PREPAY", "order": { "duration": 1, "pricingCycle": "Month" },
        "components": [{ "code": "nodes", "value": "2" }],
    }}]);
    catalog["components"][1]["default"] = json!("small");
    catalog["components"][1]["visibleIf"] = json!({ "code": "nodes", "isNot": ["0"] });
    catalog["components"][2]["visibleIf"] = json!({ "code": "spec", "is": ["large"] });
    if let Some((parent, name)) = pointer.rsplit_once('/') {
        let parent = catalog.pointer_mut(parent).unwrap();
        match name.parse::<usize>() {
            Ok(index) => parent[index] = value,
            Err(_) => parent[name] = value,
        }
    }
    serde_json::from_value(catalog).unwrap()
}

fn paths(catalog: &Catalog) -> Vec<String> {
    catalog.validate(Locale::En).into_iter().map(|flaw| flaw.path).collect()
}

#[test]
fn a_sensible_catalogue_has_no_flaw() {
    for catalog in [with("", json!(0)), serde_json::from_str(SAMPLE).unwrap()] {
        assert_eq!(catalog.validate(Locale::En), []);
    }
    for (pointer, value) in [
        ("/components/2/default", json!("anything")),
        ("/components/0/default", json!(null)),
        ("/components/0/values/max", json!(0)),
        ("/components/1/visibleIf", json!(null)),
        ("/components/2/visibleIf", json!({ "code": "spec" })),
        ("/components/0/visibleIf", json!({ "code": "note" })),
        ("/components/1/group", json!({ "en": "Nodes", "zh": "节点" })),
        ("/components/2/group", json!({ "en": "Notes", "zh": "备注" })),
        (
            "/components/1/values/options/1",
            json!({ "value": "large", "label": { "en": "L", "zh": "大" } }),
        ),
        ("/presets/0/request/components/0/code", json!("elsewhere")),
        ("/presets/0/request/chargeType", json!("POSTPAY")),
        ("/presets", json!([])),
    ] {
        let mut catalog = with(pointer, value.clone());
        if pointer == "/components/0/values/max" {
            (catalog.components[0].default, catalog.components[1].visible_if) = (None, None);
            catalog.presets.clear();
        }
        if pointer == "/components/0/visibleIf" {
            catalog.components[2].visible_if = None;
        }
        assert_eq!(catalog.validate(Locale::En), [], "{pointer} = {value}");
    }
}

/// One changed place is named, with these words.
fn is_named(pointer: &str, value: &Value, path: &str, said: &str) {
    let flaws = with(pointer, value.clone()).validate(Locale::En);
    let found = flaws.iter().find(|flaw| flaw.path == path);
    let said = found.is_some_and(|flaw| flaw.message.contains(said));
    assert!(said, "{pointer} = {value}: {flaws:?}");
}

#[test]
fn one_flaw_is_named_at_its_place() {
    let circle = json!({ "code": "note" });
    for (pointer, value, path, said) in [
        ("/components", json!([]), "/components", "1 to 256"),
        ("/components/1/code", json!("nodes"), "/components/1/code", "earlier entry"),
        ("/components/2/code", json!(""), "/components/2/code", "empty"),
        ("/components/2/code", json!("note\u{200b}"), "/components/2/code", "nobody sees"),
        ("/components/2/code", json!("no\u{200b}te"), "/components/2/code", "nobody sees"),
        ("/components/2/default", json!("a\nb"), "/components/2/default", "nobody sees"),
        ("/components/2/code", json!("no\tte"), "/components/2/code", "No order"),
        ("/components/2/label/zh", json!("\u{3000}"), "/components/2/label", "both languages"),
        ("/components/0/default", json!("3"), "/components/0/default", "0, 2, 4, 6 or 8"),
        ("/components/0/default", json!("02"), "/components/0/default", "“02”"),
        ("/components/1/default", json!("Small"), "/components/1/default", "small or large"),
        ("/components/2/default", json!(" x"), "/components/2/default", "white space"),
        ("/components/0/values/min", json!(9), "/components/0/values/min", "above the largest, 8"),
        ("/components/0/values/step", json!(0), "/components/0/values/step", "A step of 0"),
        ("/components/0/values/step", json!(-2), "/components/0/values/step", "A step of -2"),
        (
            "/components/1/values/options/0",
            json!("large"),
            "/components/1/values/options/1",
            "more than once",
        ),
        (
            "/components/1/values/options/1",
            json!("large "),
            "/components/1/values/options/1",
            "white space",
        ),
        (
            "/components/1/values/options",
            json!([]),
            "/components/1/values/options",
            "Add an option",
        ),
        (
            "/components/1/visibleIf/code",
            json!("node"),
            "/components/1/visibleIf/code",
            "no entry node",
        ),
        ("/components/1/visibleIf/isNot/0", json!("1"), "/components/1/visibleIf/isNot/0", "“1”"),
        ("/components/2/visibleIf/is/0", json!("huge"), "/components/2/visibleIf/is/0", "“huge”"),
        (
            "/components/2/visibleIf/isNot",
            json!(["large"]),
            "/components/2/visibleIf",
            "never asked for",
        ),
        ("/components/2/visibleIf/code", json!("note"), "/components/2/visibleIf/code", "itself"),
        ("/components/1/visibleIf", circle, "/components/1/visibleIf/code", "by way of note"),
    ] {
        is_named(pointer, &value, path, said);
    }
}

#[test]
fn flaws_of_names_links_groups_options_and_presets() {
    for (pointer, value, path, said) in [
        ("/components/0/unit/en", json!(" "), "/components/0/unit", "both languages"),
        ("/components/0/group/zh", json!(""), "/components/0/group", "both languages"),
        (
            "/components/2/group",
            json!({ "en": "Nodes", "zh": "节点" }),
            "/components/2/group",
            "group Nodes stands in two places",
        ),
        ("/components/0/link", json!("http://a.example/"), "/components/0/link", "https://"),
        ("/components/0/link", json!("javascript:alert(1)"), "/components/0/link", "https://"),
        ("/components/0/link", json!("https://"), "/components/0/link", "no link"),
        ("/components/0/link", json!("https:///a"), "/components/0/link", "no link"),
        ("/components/0/link", json!("https://a b"), "/components/0/link", "no link"),
        (
            "/components/1/values/options/0",
            json!({ "value": "large", "label": { "en": "L", "zh": "大" } }),
            "/components/1/values/options/1",
            "more than once",
        ),
        (
            "/components/1/values/options/0",
            json!({ "value": "small ", "label": { "en": "S", "zh": "小" } }),
            "/components/1/values/options/0",
            "white space",
        ),
        (
            "/components/1/values/options/0",
            json!({ "value": "small", "label": { "en": "", "zh": "小" } }),
            "/components/1/values/options/0/label",
            "both languages",
        ),
        ("/presets/0/name/zh", json!(" "), "/presets/0/name", "both languages"),
        ("/presets/0/request", json!({}), "/presets/0/request", "The order is empty"),
        (
            "/presets/0/request/components/0/value",
            json!("3"),
            "/presets/0/request/components/0/value",
            "Name (nodes) must be 0, 2, 4, 6 or 8.",
        ),
        (
            "/presets/0/request/order/duration",
            json!(11),
            "/presets/0/request/order/duration",
            "11 is not offered",
        ),
    ] {
        is_named(pointer, &value, path, said);
    }
}

#[test]
fn every_condition_of_a_circle_is_named_and_what_hangs_on_it_is_not() {
    let catalog = with("/components/0/visibleIf", json!({ "code": "note" }));
    let circle = ["0", "1", "2"].map(|index| format!("/components/{index}/visibleIf/code"));
    assert_eq!(paths(&catalog), circle);
    let mut catalog = with("/components/1/visibleIf", json!({ "code": "spec" }));
    catalog.components[2].default = None;
    assert_eq!(paths(&catalog), ["/components/1/visibleIf/code"]);
}

#[test]
fn a_catalogue_has_no_more_entries_than_an_order() {
    let of = |count: usize| -> Catalog {
        let entries = (0..count).map(|n| entry(&n.to_string(), &json!({ "type": "text" })));
        serde_json::from_value(json!({ "components": entries.collect::<Vec<_>>() })).unwrap()
    };
    assert_eq!(paths(&of(MAX_COMPONENTS)), [""; 0]);
    for count in [MAX_COMPONENTS + 1, 10_000] {
        let flaws = of(count).validate(Locale::En);
        assert_eq!(flaws.len(), 1);
        assert!(flaws[0].message.contains(&count.to_string()), "{flaws:?}");
    }
}

#[test]
fn both_languages_name_the_same() {
    let catalog = with("/components/1/default", json!("medium"));
    let said = |locale| catalog.validate(locale)[0].to_string();
    let path = "/components/1/default";
    assert_eq!(
        said(Locale::En),
        format!("{path}: “medium” is not offered. It must be small or large.")
    );
    assert_eq!(said(Locale::Zh), format!("{path}: 不提供取值“medium”，须为 small 或 large。"));
}

#[test]
fn an_offer_is_in_words() {
    let number = |min: i64, max: i64, step: i64| {
        serde_json::from_value::<Values>(
            json!({ "type": "number", "min": min, "max": max, "step": step }),
        )
        .unwrap()
    };
    let options = json!(["a", "b", { "value": "c8", "label": { "en": "Large", "zh": "大型" } }]);
    let select = json!({ "type": "select", "options": options });
    let select: Values = serde_json::from_value(select).unwrap();
    for (values, value, en, zh) in [
        (&select, "A", "a, b or Large", "a、b 或 大型"),
        (&number(1, 9, 2), "4", "1, 3, 5, 7 or 9", "1、3、5、7 或 9"),
        (&number(-1, 0, 1), "1", "-1 or 0", "-1 或 0"),
        (&number(5, 5, 1), "1", "5", "5"),
        (
            &number(1, 20, 1),
            "0",
            "a whole number from 1 to 20 in steps of 1",
            "1 至 20 之间、步长为 1 的整数",
        ),
        (
            &number(50, 2000, 50),
            "0100",
            "a whole number from 50 to 2000 in steps of 50",
            "50 至 2000 之间、步长为 50 的整数",
        ),
        (
            &number(i64::MIN, i64::MAX, i64::MAX),
            "1",
            "-9223372036854775808, -1 or 9223372036854775806",
            "-9223372036854775808、-1 或 9223372036854775806",
        ),
    ] {
        assert_eq!(values.accepts(value, Locale::En), Err(en.to_owned()), "{value}");
        assert_eq!(values.accepts(value, Locale::Zh), Err(zh.to_owned()), "{value}");
    }
    for (values, value) in
        [(&select, "a"), (&select, "c8"), (&number(1, 9, 2), "5"), (&Values::Text, "anything")]
    {
        assert_eq!(values.accepts(value, Locale::En), Ok(()), "{value}");
    }
    for value in ["Large", "120", "+100", "1e2", ""] {
        assert!(number(50, 200, 50).accepts(value, Locale::En).is_err(), "{value}");
        assert!(select.accepts(value, Locale::En).is_err(), "{value}");
    }
    assert!(number(1, 9, 0).accepts("1", Locale::En).is_err());
}

#[test]
fn names_have_their_unit() {
    let catalog = with("", json!(0));
    let names = |locale| catalog.components.iter().map(|it| it.name(locale)).collect::<Vec<_>>();
    assert_eq!(names(Locale::En), ["Name (nodes)", "Name", "Name"]);
    assert_eq!(names(Locale::Zh), ["名称（个）", "名称", "名称"]);
}

#[test]
fn an_option_of_another_kind_is_named_with_its_place() {
    let read = |option| {
        let values = json!({ "type": "select", "options": ["a", option] });
        let catalog = json!({ "components": [entry("c", &values)] });
        Catalog::from_value(serde_json::from_value(catalog).unwrap()).unwrap_err().to_string()
    };
    let place = "/components/0/values/options/1";
    assert_eq!(read(json!(1)), format!("{place}: an object is needed, not a number"));
    assert_eq!(read(json!({ "value": "b" })), format!("{place}: the field label is missing"));
}

#[test]
fn a_file_with_an_order_that_holds_what_no_request_has_is_refused() {
    let mut catalog = serde_json::to_value(with("", json!(0))).unwrap();
    catalog["presets"][0]["request"]["order"]["duraton"] = json!(1);
    let refused = serde_json::from_value::<Catalog>(catalog).unwrap_err().to_string();
    assert!(refused.contains("duraton"), "{refused}");
}
