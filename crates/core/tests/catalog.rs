//! A catalogue without sense: each flaw has its place, in both languages.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use havenask_core::{
    Locale,
    catalog::{Catalog, SAMPLE},
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
fn what_makes_sense_has_no_flaw() {
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
    ] {
        let mut catalog = with(pointer, value.clone());
        if pointer == "/components/0/values/max" {
            (catalog.components[0].default, catalog.components[1].visible_if) = (None, None);
        }
        if pointer == "/components/0/visibleIf" {
            catalog.components[2].visible_if = None;
        }
        assert_eq!(catalog.validate(Locale::En), [], "{pointer} = {value}");
    }
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
        ("/components/0/default", json!("3"), "/components/0/default", "steps of 2"),
        ("/components/0/default", json!("02"), "/components/0/default", "“02”"),
        ("/components/1/default", json!("Small"), "/components/1/default", "small, large"),
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
        let flaws = with(pointer, value.clone()).validate(Locale::En);
        let found = flaws.iter().find(|flaw| flaw.path == path);
        let said = found.is_some_and(|flaw| flaw.message.contains(said));
        assert!(said, "{pointer} = {value}: {flaws:?}");
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
        format!("{path}: “medium” is not offered. Choose one of small, large.")
    );
    assert_eq!(said(Locale::Zh), format!("{path}: 不提供取值“medium”。请选择：small、large。"));
}
