//! What the page asks of the browser itself.

use std::time::Duration;

use havenask_core::Locale;
use js_sys::Reflect;
use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// The language that the visitor prefers.
pub(crate) fn language() -> Locale {
    window().navigator().language().map_or_else(Locale::default, |tag| Locale::from_tag(&tag))
}

/// Says in which language the document is.
pub(crate) fn set_language(locale: Locale) {
    if let Some(html) = document().document_element() {
        // The attribute has a valid name, so this cannot fail.
        let _ = html.set_attribute("lang", locale.tag());
    }
}

/// Focuses an element as soon as what was just decided is on the screen.
pub(crate) fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    let focus = move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // Focusing what cannot be focused does nothing, which is all that can be done.
            let _ = element.focus();
        }
    };
    set_timeout(focus, Duration::ZERO);
}

/// Goes to the top of a new screen.
pub(crate) fn to_top(heading: &'static str) {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    focus_soon(heading);
}

/// Puts a text on the clipboard, and tells whether that was possible.
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

/// A time of the API as the visitor writes it; what is no time stays as it is.
pub(crate) fn date(text: &str, locale: Locale) -> String {
    let date = js_sys::Date::new(&JsValue::from_str(text));
    if date.get_time().is_nan() {
        return text.to_owned();
    }
    date.to_locale_string(locale.tag(), &JsValue::UNDEFINED).into()
}
