//! The page that buys Havenask instances through a signing proxy.
//!
//! What is filled in, how far a purchase is, and what both say in words are plain values; the views draw them.

#![allow(
    clippy::large_types_passed_by_value,
    reason = "a page is many handles, half as large where it runs"
)]

mod browser;
mod config;
mod contact;
mod draft;
pub mod embed;
mod field;
mod follow;
mod form;
mod host;
mod instances;
mod link;
mod order;
mod page;
mod purchase;
mod restore;
mod session;
mod stage;
mod texts;
mod view;
mod words;

use leptos::{mount, prelude::document};

use havenask_client::Client;
use host::Host;
use page::Page;

/// Half the size of the usual one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The attribute of the document's body that is the page.
const PAGE: &str = "data-havenask-page";

/// Puts the page in place of what the document shows until then, whole and at once: nothing that is read moves away. In a
/// document that is not the page it does nothing: there [`embed::mount`] is called.
pub async fn start() {
    let Some(root) = document().body().filter(|body| body.has_attribute(PAGE)) else { return };
    let host = Host {
        root: root.clone().into(),
        is_page: true,
        prefix: String::new(),
        name: "havenask".to_owned(),
        endpoint: "/".to_owned(),
        token: None,
        catalog: Ok(None),
        locale: browser::language(),
        emit: None,
    };
    let told = config::ask(&Client::new(host.endpoint.clone(), host.locale)).await;
    root.set_text_content(None);
    mount::mount_to(root, || view::root(Page::new(host, Some(told)))).forget();
}
