//! Laws of the form: each property of a request has a control that writes, shows, keeps and checks it, and each control has one.

use havenask_core::{
    Locale,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
    rules::{self, Path},
};
use serde_json::Value;

use super::{
    BuiltRequest, Field, Form, ProxyConfig, RowList, field::ItemOrigin, problems, review_lines,
};
use crate::draft;

/// A request with all its properties; a new one is missing here. No value is that of an empty form.
fn full_request() -> CreateInstanceRequest {
    let order = Order {
        auto_renew: Some(true),
        duration: Some(3),
        pricing_cycle: Some(PricingCycle::Year),
    };
    CreateInstanceRequest {
        charge_type: Some(ChargeType::Postpay),
        components: Some(vec![Component { code: "code".into(), value: Some("大".into()) }]),
        order: Some(order),
        resource_group_id: Some("rg 1".into()),
        tags: Some(vec![Tag { key: "key".into(), value: Some("a=b".into()) }]),
    }
}

fn json(request: &CreateInstanceRequest) -> Value {
    serde_json::from_str(&request.to_json()).unwrap_or_default()
}

/// The JSON Pointers of all properties, and their values.
fn leaves(pointer: String, value: Value) -> Vec<(String, Value)> {
    let below = |step: &str, value| leaves([&pointer, "/", step].concat(), value);
    match value {
        Value::Object(entries) => {
            entries.into_iter().flat_map(|(name, it)| below(&name, it)).collect()
        }
        Value::Array(items) => items.into_iter().flat_map(|it| below("0", it)).collect(),
        value => vec![(pointer, value)],
    }
}

/// A form with a row in each list.
fn form() -> Form {
    let mut form = Form::empty();
    for list in [RowList::Components, RowList::Tags] {
        let id = form.add_row(list);
        form.set(Field::Name(list, id), "name".into());
    }
    form
}

fn shown(form: &Form) -> String {
    let lines =
        review_lines(form, &BuiltRequest::new(form), &ProxyConfig::default(), None, Locale::En);
    lines
        .into_iter()
        .map(|it| [it.value.as_str(), "|", &it.sent.unwrap_or_default(), "\n"].concat())
        .collect()
}

fn is_refused(form: &Form, field: Field) -> bool {
    let options = rules::Options { catalog: None, allow_postpay: true, locale: Locale::En };
    let problems = problems(form, &BuiltRequest::new(form), &options);
    problems.iter().any(|problem| problem.blocks && problem.field == field)
}

#[test]
fn each_property_has_a_control_that_writes_shows_keeps_and_checks_it() {
    let properties = leaves(String::new(), json(&full_request()));
    assert_eq!(properties.len(), 9);
    for (pointer, value) in properties {
        let path = Path::new(pointer.as_str());
        let (mut form, before) = (form(), form());
        let row = |list, _| form.rows(list).first().map(|row| ItemOrigin::Row(row.id));
        let field = Field::at(&path, row).unwrap_or_else(|| panic!("no control of {pointer}"));
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        form.set(field, text.clone());
        assert_eq!(form.text(field), text, "{pointer}");
        let built = BuiltRequest::new(&form);
        assert_eq!(json(&built.request).pointer(&pointer), Some(&value), "{pointer} is written");
        assert_eq!(built.field(&path), Some(field), "{pointer}");
        assert_ne!(shown(&form), shown(&before), "{pointer} is shown");
        let kept = draft::read(&draft::write(&form)).map(|form| BuiltRequest::new(&form).request);
        assert_eq!(kept.as_ref(), Some(&built.request), "{pointer} is kept");
        form.set(field, "a\u{7}b".into());
        let is_written = BuiltRequest::new(&form).request.to_json().contains("\\u0007");
        assert!(is_refused(&form, field) || !is_written, "{pointer} refuses control characters");
    }
}

#[test]
fn a_request_that_fills_the_form_is_the_request_of_the_form() {
    let request = full_request();
    let form = Form::of_request(request.clone(), "cn-beijing");
    assert_eq!(form.region, "cn-beijing");
    // Pay as you go has no term.
    assert_eq!(BuiltRequest::new(&form).request, CreateInstanceRequest { order: None, ..request });
    let request = CreateInstanceRequest { charge_type: Some(ChargeType::Prepay), ..full_request() };
    let form = Form::of_request(request.clone(), "cn-beijing");
    assert_eq!(BuiltRequest::new(&form).request, request);
}

#[test]
fn each_control_changes_the_request() {
    let form = form();
    let request = BuiltRequest::new(&form).request;
    let unsent = |field: &Field| matches!(field, Field::Region | Field::Rows(_));
    for field in form.fields().into_iter().filter(|field| !unsent(field)) {
        let changes = ["POSTPAY", "3", "Year", "true", "other"].into_iter().any(|text| {
            let mut form = form.clone();
            form.set(field, text.to_owned());
            BuiltRequest::new(&form).request != request
        });
        assert!(changes, "{field:?}");
    }
}

#[test]
fn each_control_of_a_view_is_a_control_of_the_form() {
    let mut form = form();
    form.add_item("item".into());
    let known: Vec<String> = form.fields().iter().map(|field| format!("{field:?}")).collect();
    let views = concat!(env!("CARGO_MANIFEST_DIR"), "/src/view");
    for file in std::fs::read_dir(views).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for part in text.split("Field::").skip(1) {
            let name: String = part.chars().take_while(char::is_ascii_alphabetic).collect();
            assert!(known.iter().any(|it| it.split('(').next() == Some(&name)), "{name}");
        }
    }
}
