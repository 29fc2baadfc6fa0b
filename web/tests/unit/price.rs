//! Cases of the price in words.

use havenask_core::{FromValue, Value};

use super::*;
use crate::model::Field;

fn quote(json: &str) -> Quote {
    serde_json::from_str(json).unwrap()
}

fn priced(price: &str) -> Quote {
    quote(&format!(r#"{{"status":"priced","quotedAt":0,"price":{price}}}"#))
}

fn form(duration: i64, cycle: &str) -> Form {
    let mut form = Form::default();
    form.set(Field::Duration, duration.to_string());
    form.set(Field::PricingCycle, cycle.to_owned());
    form
}

#[test]
fn the_consent_is_never_below_the_total() {
    for (total, expected) in [
        ("1234.50", Some("CNY 1234.50")),
        ("0.084094", Some("CNY 0.09")),
        ("1234.501", Some("CNY 1234.51")),
        ("0", Some("CNY 0.00")),
        ("-1", None),
        ("1e400", None),
        ("NaN", None),
        ("", None),
    ] {
        let quote = priced(&format!(r#"{{"currency":"CNY","total":"{total}","items":[]}}"#));
        assert_eq!(bound(&quote).map(|it| it.to_string()).as_deref(), expected, "{total}");
        assert_eq!(price(&quote).is_some(), expected.is_some(), "{total}");
    }
    for status in ["refused", "not-priced"] {
        let price = r#"{"currency":"CNY","total":"1","items":[]}"#;
        let quote = quote(&format!(r#"{{"status":"{status}","quotedAt":0,"price":{price}}}"#));
        assert_eq!(bound(&quote), None, "{status}");
    }
}

#[test]
fn a_total_is_for_the_term_and_in_months_rounded_up() {
    for (total, unit, duration, cycle, en) in [
        ("100", "1 Month", 1, "Month", "for 1 month"),
        ("100", "", 1, "Month", "for 1 month"),
        ("100", "3 Month", 3, "Month", "for 3 months, CNY 33.34 per month"),
        ("14814.12", "12 Month", 1, "Year", "for 1 year, CNY 1,234.51 per month"),
        ("36", "3 Years", 3, "Year", "for 3 years, CNY 1.00 per month"),
        // The cloud may mean another time than the term.
        ("100", "1 Month", 3, "Month", "for 1 Month"),
        ("0.38", "Hour", 1, "Month", "for Hour"),
    ] {
        let quote = priced(&format!(
            r#"{{"currency":"CNY","total":"{total}","unit":"{unit}","items":[]}}"#
        ));
        let words = in_words(&quote, &form(duration, cycle), None, Locale::En).unwrap();
        assert_eq!(words.term, en, "{total} {unit} {duration} {cycle}");
    }
}

#[test]
fn fees_by_usage_are_never_free() {
    let quote = priced(
        r#"{"currency":"CNY","total":"0","items":[],
            "usage":[{"code":"traffic","price":"0.50","unit":"GB"},{"code":"x","price":"0.000012"}]}"#,
    );
    for (locale, total, usage) in [
        (Locale::En, "CNY 0.00 + fees by usage", ["+ CNY 0.50 per GB", "+ CNY 0.000012"]),
        (Locale::Zh, "CNY 0.00 + 按用量计费", ["+ CNY 0.50／GB", "+ CNY 0.000012"]),
    ] {
        let words = in_words(&quote, &form(1, "Month"), None, locale).unwrap();
        assert_eq!(words.total, total);
        let shown: Vec<_> = words.usage.iter().map(|it| it.amount.as_str()).collect();
        assert_eq!(shown, usage);
    }
}

#[test]
fn parts_have_the_name_of_the_catalogue_and_keep_their_code() {
    let catalog: Value<'_> = serde_json::from_str(havenask_core::catalog::SAMPLE).unwrap();
    let catalog = Catalog::from_value(catalog).unwrap();
    let quote = priced(
        r#"{"currency":"CNY","total":"1234.5","original":"2000","discount":"765.50",
            "items":[{"code":"searcherdocsize","total":"1000"},{"code":"other","total":"234.5"}]}"#,
    );
    let words = in_words(&quote, &form(1, "Month"), Some(&catalog), Locale::En).unwrap();
    let lines: Vec<_> =
        words.lines.iter().map(|it| (&*it.label, it.code.as_deref(), &*it.amount)).collect();
    assert_eq!(
        lines,
        [
            ("Data size (GB)", Some("searcherdocsize"), "CNY 1,000.00"),
            ("other", None, "CNY 234.50"),
            ("Original price", None, "CNY 2,000.00"),
            ("Discount", None, "−CNY 765.50"),
        ]
    );
    assert_eq!(words.total, "CNY 1,234.50");
}

#[test]
fn an_increase_is_of_one_currency() {
    let money = |text| Money::parse(text).unwrap();
    for (before, now, expected) in [
        ("CNY 1000", "CNY 1234.50", Some("CNY 234.50")),
        ("CNY 1000", "CNY 1000", None),
        ("CNY 1000", "CNY 999", None),
        ("CNY 1000", "USD 2000", None),
    ] {
        let more = increase(&money(before), &money(now)).map(|it| it.to_string());
        assert_eq!(more.as_deref(), expected, "{before} {now}");
    }
}
