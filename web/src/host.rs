//! What the form stands in: the page of its own, or an element of somebody else's.

use std::time::Duration;

use havenask_core::{Failure, Locale, catalog::Catalog};
use js_sys::Function;
use leptos::prelude::{set_timeout, window};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// What the form stands in. It is shown nowhere: it holds a token.
#[derive(Clone)]
pub(crate) struct Host {
    /// The element that holds the form.
    pub(crate) root: Element,
    /// Whether the whole page is ours: its title, its history, its address.
    pub(crate) is_page: bool,
    /// In front of every id, so that two forms can be in one document.
    pub(crate) prefix: String,
    /// The name under which the draft is kept.
    pub(crate) name: String,
    /// The proxy.
    pub(crate) endpoint: String,
    /// How the proxy knows who asks.
    pub(crate) token: Option<String>,
    /// Catalogue, where the host gives it instead of the proxy; or why that is no catalogue.
    pub(crate) catalog: Result<Option<Catalog>, Failure>,
    /// The language to begin with.
    pub(crate) locale: Locale,
    /// Takes the name and the detail of what happens.
    pub(crate) emit: Option<Function>,
}

impl Host {
    /// Tells the host that something happened.
    pub(crate) fn emit(&self, name: &str, detail: &impl Serialize) {
        if let Some(emit) = &self.emit {
            let detail = serde_wasm_bindgen::to_value(detail).unwrap_or(JsValue::NULL);
            // What the host does with it is the host's.
            let _ = emit.call2(&JsValue::NULL, &JsValue::from_str(name), &detail);
        }
    }

    /// Focuses an element as soon as what was just decided is on the screen.
    pub(crate) fn focus_soon(&self, id: &str) {
        let (root, selector) = (self.root.clone(), ["[id=\"", &self.prefix, id, "\"]"].concat());
        let focus = move || {
            let element = root.query_selector(&selector).ok().flatten();
            if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                // Focusing what cannot be focused does nothing, which is all that can be done.
                let _ = element.focus();
            }
        };
        set_timeout(focus, Duration::ZERO);
    }

    /// Goes to the top of a new screen, whose heading has this id.
    pub(crate) fn to_top(&self, heading: &str) {
        if self.is_page {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        } else {
            self.root.scroll_into_view();
        }
        self.focus_soon(heading);
    }
}
