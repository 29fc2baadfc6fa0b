//! A draft in the address of the page.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use crate::{draft, form::Form};

const DRAFT: &str = "#draft=";

/// The address of this page with a draft.
pub(crate) fn to(form: &Form) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    [page, DRAFT, &draft::write(form)].concat()
}

/// The draft in the address of this page, which is taken out of it: a reload must not bring it back.
pub(crate) fn take() -> Option<Form> {
    let hash = window().location().hash().ok()?;
    let form = draft::read(hash.strip_prefix(DRAFT)?);
    let path = window().location().pathname().ok()?;
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    Some(form)
}
