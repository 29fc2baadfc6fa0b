//! Functions of the browser.

use havenask_core::Locale;
use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::format::{date_after, two_digits};

/// The language that the visitor prefers.
pub(crate) fn language() -> Locale {
    window().navigator().language().map_or_else(Locale::default, |tag| Locale::from_tag(&tag))
}

/// Sets the language of the document.
pub(crate) fn set_language(locale: Locale) {
    if let Some(html) = document().document_element() {
        // The attribute has a valid name, so this cannot fail.
        let _ = html.set_attribute("lang", locale.tag());
    }
}

/// Adds an entry to the history, so that the back button leads from the review to the form.
pub(crate) fn push_history() {
    if let Ok(history) = window().history() {
        let _ = history.push_state(&JsValue::NULL, "");
    }
}

/// Copies a text to the clipboard, and returns whether that was possible.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // A page that was loaded without TLS has no clipboard.
    match Reflect::get(&navigator, &JsValue::from_str("clipboard")) {
        Ok(clipboard) if !clipboard.is_undefined() => {
            JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
        }
        _ => false,
    }
}

/// Returns whether an event is one of an input method that is still composing.
pub(crate) fn is_composing(event: &JsValue) -> bool {
    Reflect::get(event, &JsValue::from_str("isComposing")).is_ok_and(|it| it.is_truthy())
}

/// A time of the API as the visitor writes it, with the zone; a text that is no time stays the same.
pub(crate) fn date(text: &str, locale: Locale) -> String {
    let date = js_sys::Date::new(&JsValue::from_str(text));
    if date.get_time().is_nan() {
        return text.to_owned();
    }
    in_words(&date, locale, &[("dateStyle", "medium"), ("timeStyle", "long")])
}

/// The date so many months after today, as the visitor writes it.
pub(crate) fn date_in(months: u64, locale: Locale) -> Option<String> {
    let today = js_sys::Date::new_0();
    let today = [today.get_full_year(), today.get_month() + 1, today.get_date()];
    let date = js_sys::Date::new(&JsValue::from_str(&date_after(today, months)?));
    // A date without a time is one of UTC.
    Some(in_words(&date, locale, &[("dateStyle", "medium"), ("timeZone", "UTC")]))
}

/// A date in the language of the page, in the form of the visitor's country where that speaks it.
fn in_words(date: &js_sys::Date, locale: Locale, style: &[(&str, &str)]) -> String {
    let own = window().navigator().language().filter(|tag| Locale::from_tag(tag) == locale);
    let options = js_sys::Object::new();
    for (name, value) in style {
        // An object that was just made takes every property.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    date.to_locale_string(own.as_deref().unwrap_or(locale.tag()), &options).into()
}

/// The time, in Unix milliseconds.
#[allow(clippy::cast_possible_truncation, reason = "a clock shows far less")]
pub(crate) fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Hours and minutes of a time in Unix milliseconds, by the clock of the visitor.
#[allow(clippy::cast_precision_loss, reason = "a clock shows far less")]
pub(crate) fn time(milliseconds: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(milliseconds as f64));
    [two_digits(date.get_hours()), ":".to_owned(), two_digits(date.get_minutes())].concat()
}

/// The age of a time of the API, in seconds; `None` for a text that is no time.
pub(crate) fn age(text: &str) -> Option<i64> {
    let milliseconds = js_sys::Date::now() - js_sys::Date::parse(text);
    #[allow(clippy::cast_possible_truncation, reason = "far fewer than there are numbers")]
    (!milliseconds.is_nan()).then_some((milliseconds / 1000.0) as i64)
}
