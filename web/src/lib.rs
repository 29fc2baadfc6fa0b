//! The page that buys Havenask instances through a signing proxy.
//!
//! What is filled in, how far a purchase is, and what both say in words are plain values; the views draw them.

mod browser;
mod config;
mod field;
mod follow;
mod form;
mod order;
mod page;
mod stage;
mod texts;
mod view;
mod words;

use leptos::{mount, prelude::document};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Half the size of the usual one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The id of the element that the page takes over.
const ROOT: &str = "app";

/// Puts the page in place of what the document shows until then.
pub fn start() {
    let root = document().get_element_by_id(ROOT);
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        root.set_text_content(None);
        mount::mount_to(root, || view::root(page::Page::new())).forget();
    }
}
