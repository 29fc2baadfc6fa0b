//! The body of a purchase; after a byte of zero, the catalogue of the console, in place of the sample.

use std::sync::LazyLock;

use havenask_core::{
    FromValue, Locale, Problem, Value,
    catalog::{self, Catalog, Values},
    model::CreateInstanceRequest,
    rules::{self, Options},
};

use crate::wire::split_once;

static SAMPLE: LazyLock<Catalog> =
    LazyLock::new(|| self::catalog(catalog::SAMPLE.as_bytes()).unwrap());

/// An accepted request is written down and accepted again, to the same bytes and with the same warnings. Problems of another are
/// told in order, in one line each, that no stranger's text can break.
pub fn laws(bytes: &[u8]) {
    let (request, own) = split_once(bytes, b"\0");
    let Ok(input) = serde_json::from_slice::<Value<'_>>(request) else { return };
    let own = own.and_then(catalog);
    let catalog = own.as_ref().unwrap_or(&SAMPLE);
    for (catalog, locale) in [(None, Locale::En), (Some(catalog), Locale::Zh)] {
        for allow_postpay in [false, true] {
            judged(&input, &Options { catalog, allow_postpay, locale });
        }
    }
}

fn catalog(json: &[u8]) -> Option<Catalog> {
    serde_json::from_slice(json).ok().and_then(|input| Catalog::from_value(input).ok())
}

fn judged(input: &Value<'_>, options: &Options<'_>) {
    let problems = rules::validate(input, options);
    told(&problems, options);
    let read = rules::parse(input, options.locale);
    if let Ok(request) = &read {
        assert_eq!(rules::check(request, options), problems);
    }
    match rules::accept(input, options) {
        Ok((request, warnings)) => {
            assert_eq!(warnings, problems);
            assert!(rules::is_valid(&warnings));
            assert_eq!(read.as_ref(), Ok(&request), "what cannot be read is not accepted");
            accepted_again(&request, &warnings, options);
            if let Some(catalog) = options.catalog {
                sold(&request, catalog);
            }
        }
        Err(found) => {
            assert_eq!(found, problems);
            assert!(!rules::is_valid(&found));
        }
    }
}

fn accepted_again(request: &CreateInstanceRequest, warnings: &[Problem], options: &Options<'_>) {
    let json = request.to_json();
    let input: Value<'_> = serde_json::from_str(&json).unwrap();
    let (again, warnings_again) = rules::accept(&input, options).unwrap();
    assert_eq!((&again, &*warnings_again), (request, warnings), "{json}");
    assert_eq!(again.to_json(), json);
    // The emulator reads it so.
    assert_eq!(&serde_json::from_str::<CreateInstanceRequest>(&json).unwrap(), request);
}

/// A component of the catalogue is bought at the values that it lists.
fn sold(request: &CreateInstanceRequest, catalog: &Catalog) {
    for component in request.components.iter().flatten() {
        let Some(value) = component.value.as_deref().filter(|value| !value.is_empty()) else {
            continue;
        };
        match catalog.find(&component.code).map(|entry| &entry.values) {
            Some(Values::Select { options }) => {
                assert!(
                    options.iter().any(|it| it.value() == value),
                    "{value} is none of {options:?}"
                );
            }
            Some(Values::Number { min, max, step }) => {
                let [min, max, step] = [*min, *max, *step].map(i128::from);
                let number = value.parse::<i64>().map(i128::from);
                let offered = number.is_ok_and(|number| {
                    let in_steps = step != 0 && (number - min) % step == 0;
                    in_steps && (min..=max).contains(&number) && number.to_string() == value
                });
                assert!(offered, "{value} is not offered: {min} to {max}, {step} apart");
            }
            Some(Values::Text) | None => {}
        }
    }
}

fn told(problems: &[Problem], options: &Options<'_>) {
    assert!(problems.is_sorted_by(|a, b| a.path <= b.path), "{problems:?}");
    for problem in problems {
        let pointer = problem.path.as_pointer();
        assert!(pointer.is_empty() || pointer.starts_with('/'), "{problem:?}");
        assert!(!pointer.chars().any(char::is_control), "{problem:?}");
        // A catalogue is the operator's, who may write into it what they like.
        if options.catalog.is_none() {
            assert!(!problem.message.is_empty(), "{problem:?}");
            assert!(!problem.message.chars().any(char::is_control), "{problem:?}");
            assert!(problem.message.chars().count() < 200, "{problem:?}");
        }
    }
    let mut json = String::new();
    Problem::list(&mut json, problems);
    let input: Value<'_> = serde_json::from_str(&json).unwrap();
    assert_eq!(Vec::<Problem>::from_value(input).as_deref(), Ok(problems), "{json}");
}
