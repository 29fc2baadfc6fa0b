//! Functions of the browser.

use havenask_core::{Locale, percent};
use js_sys::{JSON, Reflect};
use leptos::prelude::{document, window};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlElement, HtmlInputElement, Notification, NotificationOptions};

use crate::format::{date_after, two_digits};

/// The parameter of the address of the page, and the item of the storage, with a language.
const LANGUAGE: &str = "lang";
const LANGUAGE_ITEM: &str = "havenask.lang";

/// The language of the page: that of its address, else the one that was chosen here before, else the one that the visitor prefers.
pub(crate) fn page_language() -> Locale {
    let stored = || window().local_storage().ok()??.get_item(LANGUAGE_ITEM).ok()?;
    let tag = address_language().or_else(stored);
    tag.map_or_else(language, |tag| Locale::from_tag(&tag))
}

/// Remembers a language, where pages may store something, and in the address where one stands there.
pub(crate) fn remember_language(locale: Locale) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(LANGUAGE_ITEM, locale.tag());
    }
    let address = window().location().href();
    if let (Some(before), Ok(address), Ok(history)) =
        (address_language(), address, window().history())
    {
        let [before, now] =
            [before.as_str(), locale.tag()].map(|tag| [LANGUAGE, "=", tag].concat());
        let address = address.replacen(&before, &now, 1);
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

fn address_language() -> Option<String> {
    let query = window().location().search().ok()?;
    let mut parameters = query.trim_start_matches('?').split('&');
    parameters.find_map(|it| Some(it.strip_prefix(LANGUAGE)?.strip_prefix('=')?.to_owned()))
}

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

/// Adds an entry with a fragment to the history.
pub(crate) fn push_history(fragment: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Downloads a value as JSON.
pub(crate) fn download(name: &str, value: &impl Serialize) {
    let json = serde_wasm_bindgen::to_value(value).ok();
    let json = json.and_then(|it| {
        JSON::stringify_with_replacer_and_space(&it, &JsValue::NULL, &JsValue::from(2)).ok()
    });
    let link = document().create_element("a").ok();
    let (Some(json), Some(link)) = (json.and_then(|it| it.as_string()), link) else { return };
    let mut address = "data:application/json,".to_owned();
    percent::encode(&mut address, &json);
    // The attributes have valid names, so this cannot fail.
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
}

/// Opens the print dialog.
pub(crate) fn print() {
    let _ = window().print();
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

/// Asks for the permission to show notifications; `None` where the browser has none for this page.
pub(crate) async fn request_notifications() -> Option<bool> {
    let window = window();
    let is_there = Reflect::has(&window, &JsValue::from_str("Notification")) == Ok(true);
    if !is_there || !window.is_secure_context() {
        return None;
    }
    let answer = JsFuture::from(Notification::request_permission().ok()?).await.ok()?;
    Some(answer.as_string().as_deref() == Some("granted"))
}

/// Shows a notification, in the place of one with the same text.
pub(crate) fn notify(title: &str, body: &str) {
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(body);
    // A browser that leaves them to service workers shows none; the page says the same.
    let _ = Notification::new_with_options(title, &options);
}

/// The file that was chosen in a control, which forgets it, so that the same one can be chosen again.
pub(crate) fn take_file(event: &Event) -> Option<File> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file)
}

/// The text of a file; `None` when it cannot be read.
pub(crate) async fn read_file(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Returns whether an event is one of an input method that is still composing.
pub(crate) fn is_composing(event: &JsValue) -> bool {
    Reflect::get(event, &JsValue::from_str("isComposing")).is_ok_and(|it| it.is_truthy())
}

/// Style of a time: with its day and zone.
const DAY_AND_TIME: &[(&str, &str)] = &[("dateStyle", "medium"), ("timeStyle", "long")];

/// A time of the API as the visitor writes it, with the zone; a text that is no time stays the same.
pub(crate) fn date(text: &str, locale: Locale) -> String {
    let date = js_sys::Date::new(&JsValue::from_str(text));
    if date.get_time().is_nan() {
        return text.to_owned();
    }
    in_words(&date, locale, DAY_AND_TIME)
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
    // A browser may name a language that it does not take itself, as `c`.
    let written = |tag: &str| {
        let write = Reflect::get(date, &JsValue::from_str("toLocaleString")).ok()?;
        let write = write.dyn_into::<js_sys::Function>().ok()?;
        write.call2(date, &JsValue::from_str(tag), &options).ok()?.as_string()
    };
    own.and_then(|tag| written(&tag)).or_else(|| written(locale.tag())).unwrap_or_default()
}

/// A time in Unix milliseconds as the visitor writes it, with the zone.
#[allow(clippy::cast_precision_loss, reason = "a clock shows far less")]
pub(crate) fn date_of(milliseconds: i64, locale: Locale) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(milliseconds as f64));
    in_words(&date, locale, DAY_AND_TIME)
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
