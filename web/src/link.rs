//! A draft as a link. It holds what was filled in, and never a key.

use js_sys::{decode_uri_component, encode_uri_component};
use leptos::prelude::window;

use crate::{form::Form, session};

const DRAFT: &str = "#draft=";
/// Between the region and the request.
const BETWEEN: &str = "~";

/// The address of this page with a draft.
pub(crate) fn to(form: &Form) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    let request = String::from(encode_uri_component(&form.draft().request.to_json()));
    [page, DRAFT, &form.region, BETWEEN, &request].concat()
}

/// The draft in the address of this page, which is taken out of it: a reload must not bring it back.
pub(crate) fn take() -> Option<Form> {
    let hash = window().location().hash().ok()?;
    let (region, request) = hash.strip_prefix(DRAFT)?.split_once(BETWEEN)?;
    let request = String::from(decode_uri_component(request).ok()?);
    let form = Form::of(session::read(&request)?, region.to_owned());
    let path = window().location().pathname().ok()?;
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
    Some(form)
}
