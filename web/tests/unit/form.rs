//! Laws and cases of the form.

use havenask_core::{
    Locale,
    catalog::{Catalog, LocalizedText},
    model::{Component, CreateInstanceRequest},
    rules::{self, Path},
};

use super::{
    BuiltRequest, Field, FieldProblem, Form, ProxyConfig, RowList, problems, review_lines, summary,
};

const COMPONENTS: RowList = RowList::Components;
const TAGS: RowList = RowList::Tags;

fn options(allow_postpay: bool) -> rules::Options<'static> {
    rules::Options { catalog: None, allow_postpay, locale: Locale::En }
}

fn all_problems(form: &Form, options: &rules::Options<'_>) -> Vec<FieldProblem> {
    problems(form, &BuiltRequest::new(form), options)
}

/// A form that may be bought.
fn filled() -> Form {
    let mut form = Form::default();
    form.set(Field::Value(COMPONENTS, 0), "200".into());
    form
}

fn with_tag(key: &str, value: &str) -> (Form, u32) {
    let mut form = filled();
    let id = form.add_row(TAGS);
    form.set(Field::Name(TAGS, id), key.into());
    form.set(Field::Value(TAGS, id), value.into());
    (form, id)
}

/// The controls with a problem that stops.
fn stopped(form: &Form) -> Vec<Field> {
    let problems = all_problems(form, &options(false)).into_iter();
    problems.filter(|it| it.blocks).map(|it| it.field).collect()
}

#[test]
fn the_default_request() {
    assert_eq!(
        BuiltRequest::new(&filled()).request.to_json(),
        concat!(
            r#"{"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"}],"#,
            r#""order":{"autoRenew":false,"duration":1,"pricingCycle":"Month"}}"#,
        )
    );
    assert!(all_problems(&filled(), &options(false)).is_empty());
}

#[test]
fn everything_filled_in() {
    let (mut form, _) = with_tag(" team ", " 搜索😀 ");
    for (field, text) in [
        (Field::Duration, "12"),
        (Field::PricingCycle, "Year"),
        (Field::ResourceGroup, " rg-1 "),
        (Field::Region, "eu-central-1"),
    ] {
        form.set(field, text.into());
        assert_eq!(form.text(field), text);
    }
    form.auto_renew = true;
    assert_eq!(
        BuiltRequest::new(&form).request.to_json(),
        concat!(
            r#"{"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"}],"#,
            r#""order":{"autoRenew":true,"duration":12,"pricingCycle":"Year"},"resourceGroupId":"rg-1","#,
            r#""tags":[{"key":"team","value":"搜索😀"}]}"#,
        )
    );
}

#[test]
fn problems_stand_at_their_controls() {
    type Change = fn(&mut Form);
    let name = |id| Field::Name(COMPONENTS, id);
    let cases: [(Change, &[Field]); 11] = [
        (|form| form.set(Field::Value(COMPONENTS, 0), "  ".into()), &[Field::Value(COMPONENTS, 0)]),
        (|form| form.set(Field::Name(COMPONENTS, 0), String::new()), &[name(0)]),
        (|form| _ = form.remove_row(COMPONENTS, 0), &[Field::Rows(COMPONENTS)]),
        (|form| form.set(Field::Name(COMPONENTS, 0), "a\tb".into()), &[name(0)]),
        (|form| form.set(Field::Duration, "11".into()), &[Field::Duration]),
        (|form| form.set(Field::Duration, "0".into()), &[Field::Duration]),
        (|form| form.set(Field::Duration, "-1".into()), &[Field::Duration]),
        (|form| form.set(Field::Duration, "1.5".into()), &[Field::Duration]),
        (|form| form.set(Field::Duration, "9007199254740993".into()), &[Field::Duration]),
        (|form| form.set(Field::ChargeType, "POSTPAY".into()), &[Field::ChargeType]),
        (|form| form.set(Field::ResourceGroup, "a\u{7}b".into()), &[Field::ResourceGroup]),
    ];
    for (index, (change, fields)) in cases.iter().enumerate() {
        let mut form = filled();
        change(&mut form);
        assert_eq!(stopped(&form), *fields, "case {index}");
    }
}

#[test]
fn problems_of_tags() {
    let long = "k".repeat(129);
    for (key, value, at_key, at_value) in [
        ("team", "search", false, false),
        ("team", "", false, false),
        ("", "search", true, false),
        (long.as_str(), "", true, false),
        ("team", long.as_str(), false, true),
        ("aliyun-team", "", true, false),
        ("<script>", "<script>", false, false),
        ("😀".repeat(128).as_str(), "", false, false),
    ] {
        let (form, id) = with_tag(key, value);
        let mut expected = Vec::new();
        expected.extend(at_key.then_some(Field::Name(TAGS, id)));
        expected.extend(at_value.then_some(Field::Value(TAGS, id)));
        assert_eq!(stopped(&form), expected, "{key} {value}");
    }
}

#[test]
fn an_empty_row_is_no_part_of_the_request_and_moves_no_problem() {
    let mut form = filled();
    let empty = form.add_row(COMPONENTS);
    let same = form.add_row(COMPONENTS);
    form.set(Field::Name(COMPONENTS, same), "searcherdocsize".into());
    form.set(Field::Value(COMPONENTS, same), "1".into());
    assert_eq!(BuiltRequest::new(&form).request.components.map(|it| it.len()), Some(2));
    assert_eq!(stopped(&form), [Field::Name(COMPONENTS, same)]);
    assert_ne!(empty, same);
}

#[test]
fn an_unknown_option_changes_nothing() {
    let mut form = filled();
    form.set(Field::ChargeType, "prepay".into());
    form.set(Field::PricingCycle, "month".into());
    assert_eq!(form, filled());
}

#[test]
fn a_removed_row_hands_the_focus_on() {
    let mut form = filled();
    let (second, third) = (form.add_row(COMPONENTS), form.add_row(COMPONENTS));
    assert_eq!(form.remove_row(COMPONENTS, second), Field::Name(COMPONENTS, third));
    assert_eq!(form.remove_row(COMPONENTS, third), Field::Name(COMPONENTS, 0));
    assert_eq!(form.remove_row(COMPONENTS, 0), Field::Rows(COMPONENTS));
    assert_eq!(form.remove_row(COMPONENTS, 0), Field::Rows(COMPONENTS));
    assert!(form.add_row(COMPONENTS) > third, "an id is never used again");
}

#[test]
fn postpay_has_no_term_and_only_warns_where_it_is_allowed() {
    let mut form = filled();
    form.set(Field::ChargeType, "POSTPAY".into());
    assert_eq!(BuiltRequest::new(&form).request.order, None);
    let problems = all_problems(&form, &rules::Options { locale: Locale::Zh, ..options(true) });
    assert_eq!(problems.len(), 1);
    assert!(!problems[0].blocks && problems[0].message.contains("POSTPAY"));
}

#[test]
fn twelve_years_may_be_reviewed_with_a_warning() {
    let mut form = filled();
    form.set(Field::Duration, "12".into());
    form.set(Field::PricingCycle, "Year".into());
    let problems = all_problems(&form, &options(false));
    assert_eq!((problems.len(), problems[0].field), (1, Field::Duration));
    assert!(!problems[0].blocks);
}

#[test]
fn a_thousand_components_are_one_problem() {
    let mut form = filled();
    for number in 0..1000 {
        let id = form.add_row(COMPONENTS);
        form.set(Field::Name(COMPONENTS, id), format!("code{number}"));
        form.set(Field::Value(COMPONENTS, id), "1".into());
    }
    assert_eq!(stopped(&form), [Field::Rows(COMPONENTS)]);
}

#[test]
fn every_problem_stands_at_a_control_of_the_form() {
    let mut form = Form::default();
    let id = form.add_row(TAGS);
    form.set(Field::Value(TAGS, id), "x".repeat(200));
    form.set(Field::Duration, "29".into());
    let fields = form.fields();
    let problems = all_problems(&form, &options(false));
    assert!(problems.len() >= 4 && problems.iter().all(|it| fields.contains(&it.field)));
}

fn catalog() -> Catalog {
    serde_json::from_str(
        r#"{"components":[
            {"code":"searcherdocsize","label":{"en":"Size","zh":"大小"},"default":"200",
             "values":{"type":"number","min":50,"max":500,"step":50}},
            {"code":"nodes","label":{"en":"Nodes","zh":"节点"},"default":"0","values":{"type":"number","min":0,"max":9}},
            {"code":"spec","label":{"en":"Spec","zh":"规格"},"default":"s","visibleIf":{"code":"nodes","isNot":["0"]},
             "values":{"type":"select","options":["s","l"]}},
            {"code":"disk","label":{"en":"Disk","zh":"磁盘"},"visibleIf":{"code":"spec","is":["l"]},"values":{"type":"text"}}
        ]}"#,
    )
    .unwrap()
}

/// The components of the request: codes and values.
fn sent(form: &Form) -> String {
    let components = BuiltRequest::new(form).request.components.unwrap_or_default();
    let word = |it: Component| [it.code, "=".into(), it.value.unwrap_or_default()].concat();
    components.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_catalogue_offers_its_components_and_keeps_the_values() {
    let mut form = Form::default();
    form.set(Field::Value(COMPONENTS, 0), " 300 ".into());
    let more = form.add_row(COMPONENTS);
    form.set(Field::Name(COMPONENTS, more), "extra".into());
    form.set(Field::Value(COMPONENTS, more), "1".into());
    form.apply_catalog(&catalog());
    assert_eq!(sent(&form), "searcherdocsize=300 nodes=0 extra=1");
    assert_eq!(form.rows(COMPONENTS).len(), 1);
    form.apply_catalog(&catalog());
    assert_eq!(sent(&form), "searcherdocsize=300 nodes=0 extra=1");
    assert_eq!(
        BuiltRequest::new(&form).field(&Path::new("/components/0/value")),
        Some(Field::CatalogItem(0))
    );
    assert_eq!(
        BuiltRequest::new(&form).field(&Path::new("/components/2/code")),
        Some(Field::Name(COMPONENTS, more))
    );
}

#[test]
fn an_item_is_shown_and_hidden_with_the_one_that_it_depends_on() {
    let mut form = Form::default();
    form.apply_catalog(&catalog());
    for (place, value, expected) in [
        (1, "2", "searcherdocsize=200 nodes=2 spec=s"),
        (2, "l", "searcherdocsize=200 nodes=2 spec=l"),
        (3, "ssd", "searcherdocsize=200 nodes=2 spec=l disk=ssd"),
        (1, "0", "searcherdocsize=200 nodes=0"),
        (1, "1", "searcherdocsize=200 nodes=1 spec=l disk=ssd"),
    ] {
        form.set(Field::CatalogItem(place), value.into());
        form.update_visibility(&catalog());
        assert_eq!(sent(&form), expected);
    }
    assert!(form.is_visible(3) && !form.is_visible(4));
}

#[test]
fn an_item_of_another_catalogue_becomes_a_row_and_an_emptied_control_stays_empty() {
    let mut form = Form::empty();
    for (code, value) in [("searcherdocsize", ""), ("nodes", "3"), ("elsewhere", "7")] {
        let control = form.add_item(code.into());
        form.set(control, value.into());
    }
    form.apply_catalog(&catalog());
    assert_eq!(sent(&form), "searcherdocsize= nodes=3 spec=s elsewhere=7");
    let row = form.rows(COMPONENTS)[0].id;
    assert_eq!(form.text(Field::Name(COMPONENTS, row)), "elsewhere");
    // Offers that nobody chose go with their catalogue.
    form.apply_catalog(&Catalog::default());
    assert_eq!(sent(&form), "elsewhere=7 nodes=3");
}

#[test]
fn a_request_fills_the_items_of_the_catalogue_and_the_rest_are_rows() {
    let components = vec![
        Component::new("extra", "1"),
        Component::new("nodes", "2"),
        Component::new("spec", "l"),
    ];
    let request =
        CreateInstanceRequest { components: Some(components), ..CreateInstanceRequest::default() };
    let mut form = Form::of_request(request, "cn-hangzhou");
    form.apply_catalog(&catalog());
    assert_eq!(sent(&form), "searcherdocsize=200 nodes=2 spec=l extra=1");
    assert_eq!(form.rows(COMPONENTS).len(), 1);
}

#[test]
fn the_order_is_in_the_words_of_the_catalogue() {
    let mut catalog = catalog();
    catalog.components[0].unit = Some(LocalizedText::new(|_| "GB".into()));
    catalog.components[2].values = serde_json::from_str(
        r#"{"type":"select","options":["s",{"value":"l","label":{"en":"Large","zh":"大型"}}]}"#,
    )
    .unwrap();
    let mut form = Form::default();
    form.apply_catalog(&catalog);
    for (index, value) in [(1, "2"), (2, "l")] {
        form.set(Field::CatalogItem(index), value.into());
        form.update_visibility(&catalog);
    }
    let built = BuiltRequest::new(&form);
    let config = ProxyConfig::default();
    let summed =
        |locale| summary(&form, &built, &config, Some(&catalog), locale)[1].values.join(" | ");
    assert_eq!(summed(Locale::En), "Size (GB): 200 | Nodes: 2 | Spec: Large");
    assert_eq!(summed(Locale::Zh), "大小（GB）：200 | 节点：2 | 规格：大型");
    let lines = review_lines(&form, &built, &config, Some(&catalog), Locale::En);
    let lines = lines.iter().filter(|line| matches!(line.field, Field::CatalogItem(_)));
    let lines: Vec<_> =
        lines.map(|it| (&*it.label, &*it.value, it.sent.as_deref().unwrap_or_default())).collect();
    assert_eq!(
        lines,
        [
            ("Size (GB)", "200", "searcherdocsize"),
            ("Nodes", "2", "nodes"),
            ("Spec", "Large", "spec = l")
        ]
    );
}

#[test]
fn a_code_twice_stays_wrong_when_the_catalogue_comes() {
    let mut form = filled();
    let twice = form.add_row(COMPONENTS);
    form.set(Field::Name(COMPONENTS, twice), "searcherdocsize".into());
    form.set(Field::Value(COMPONENTS, twice), "300".into());
    form.apply_catalog(&catalog());
    assert_eq!(sent(&form), "searcherdocsize=200 nodes=0 searcherdocsize=300");
    assert_eq!(stopped(&form), [Field::Name(COMPONENTS, twice)]);
}

#[test]
fn an_unpaired_surrogate_blocks() {
    let (mut form, tag) = with_tag("team", "a\u{fffd}");
    assert_eq!(stopped(&form), [Field::Value(TAGS, tag)]);
    form.set(Field::Value(TAGS, tag), "a😀".into());
    assert_eq!(stopped(&form), []);
}

#[test]
fn an_emptied_item_with_a_default_blocks() {
    let (mut form, catalog) = (Form::default(), catalog());
    form.apply_catalog(&catalog);
    form.set(Field::CatalogItem(0), String::new());
    let options = rules::Options { catalog: Some(&catalog), ..options(false) };
    let problems = all_problems(&form, &options);
    assert_eq!(
        (problems.len(), problems[0].field, problems[0].blocks),
        (1, Field::CatalogItem(0), true)
    );
}

#[test]
fn the_proposed_row_goes_with_a_catalogue() {
    let mut other = catalog();
    other.components.retain(|entry| entry.code != "searcherdocsize");
    let mut form = Form::default();
    form.apply_catalog(&Catalog::default());
    assert_eq!(form.rows(COMPONENTS).len(), 1, "without entries the rows are the form");
    form.apply_catalog(&other);
    assert!(form.rows(COMPONENTS).is_empty());
    let mut form = filled();
    form.apply_catalog(&other);
    assert_eq!(form.rows(COMPONENTS).len(), 1, "what was filled in stays");
}

#[test]
fn a_value_that_the_catalogue_does_not_offer_stands_at_its_control() {
    let (mut form, catalog) = (Form::default(), catalog());
    form.apply_catalog(&catalog);
    form.set(Field::CatalogItem(0), "210".into());
    let options = rules::Options { catalog: Some(&catalog), ..options(false) };
    let problems = all_problems(&form, &options);
    assert_eq!(
        (problems.len(), problems[0].field, problems[0].blocks),
        (1, Field::CatalogItem(0), true)
    );
}
