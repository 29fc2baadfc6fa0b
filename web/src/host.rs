//! The host of the form: the page of its own, or an element of another page.

use std::time::Duration;

use havenask_core::{
    Failure, Locale, catalog::Catalog, model::CreateInstanceRequest, purchase::TermsUrl,
};
use js_sys::Function;
use leptos::prelude::{set_timeout, window};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::model::Route;

/// The host of the form. It has no `Debug`: it holds a token.
#[derive(Clone)]
pub(crate) struct Host {
    /// The element that holds the form.
    pub(crate) root: Element,
    /// The form is the whole page, with its title, history and address.
    pub(crate) is_page: bool,
    /// Prefix of every id, so that two forms can be in one document.
    pub(crate) prefix: String,
    /// The name under which the draft is kept.
    pub(crate) name: String,
    /// The address of the proxy.
    pub(crate) endpoint: String,
    /// The bearer token for the proxy.
    pub(crate) token: Option<String>,
    /// Catalogue that takes the place of the proxy's, or the reason why it is invalid.
    pub(crate) catalog: Result<Option<Catalog>, Failure>,
    /// Terms to consent to where the proxy has none, or the reason why their address is invalid.
    pub(crate) terms: Result<Option<TermsUrl>, Failure>,
    /// The language to begin with.
    pub(crate) locale: Locale,
    /// The order to begin with, where this tab has no draft.
    pub(crate) request: Option<CreateInstanceRequest>,
    /// The region to begin with.
    pub(crate) region: Option<String>,
    /// The view to begin with.
    pub(crate) route: Route,
    /// Receives the name and the detail of each event.
    pub(crate) emit: Option<Function>,
}

impl Host {
    /// Emits an event.
    pub(crate) fn emit(&self, name: &str, detail: &(impl Serialize + ?Sized)) {
        if let Some(emit) = &self.emit {
            let detail = serde_wasm_bindgen::to_value(detail).unwrap_or(JsValue::NULL);
            // An exception of the host is the host's.
            let _ = emit.call2(&JsValue::NULL, &JsValue::from_str(name), &detail);
        }
    }

    /// Focuses an element after the next change of the screen.
    pub(crate) fn focus_soon(&self, id: &str) {
        let (root, selector) = (self.root.clone(), ["[id=\"", &self.prefix, id, "\"]"].concat());
        let focus = move || {
            let element = root.query_selector(&selector).ok().flatten();
            if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                // An element that cannot be focused leaves the focus alone.
                let _ = element.focus();
            }
        };
        set_timeout(focus, Duration::ZERO);
    }

    /// Tests for the focus within elements of a tag.
    pub(crate) fn has_focus(&self, tag: &str) -> bool {
        let focused = self.root.query_selector(&[tag, " :focus"].concat());
        focused.is_ok_and(|element| element.is_some())
    }

    /// Scrolls to the top of a new screen and focuses its heading.
    pub(crate) fn scroll_to_top(&self, heading: &str) {
        if self.is_page {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        } else {
            self.root.scroll_into_view();
        }
        self.focus_soon(heading);
    }
}
