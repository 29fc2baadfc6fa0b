//! A draft in the address of the page.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use crate::{draft, model::Form};

const DRAFT: &str = "#draft=";
/// The longest draft that is read, and the longest file with an order: more than any order that can be bought.
pub(crate) const MAX_LENGTH: usize = 200_000;

/// The fragment of the address of this page.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Tests for a draft in the address of this page.
pub(crate) fn is_draft() -> bool {
    fragment().starts_with(DRAFT)
}

/// The address of this page with a draft.
pub(crate) fn to(form: &Form) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    [page, DRAFT, &draft::write(form)].concat()
}

/// The draft in the address of this page, which is taken out of it: a reload must not bring it back. The error is a draft that
/// cannot be read.
pub(crate) fn take() -> Option<Result<Form, ()>> {
    let location = window().location();
    let hash = fragment();
    let text = hash.strip_prefix(DRAFT)?;
    let page = [location.pathname().ok()?, location.search().ok()?].concat();
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&page));
    }
    let short = Some(text).filter(|text| text.len() <= MAX_LENGTH);
    Some(short.and_then(draft::read).ok_or(()))
}
