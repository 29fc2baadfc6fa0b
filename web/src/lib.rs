//! The page that buys Havenask instances through a signing proxy.
//!
//! Views draw the state and call actions; actions change the state and call the proxy. The model beneath is plain values.

#![allow(
    clippy::large_types_passed_by_value,
    reason = "a page is many handles, half as large where it runs"
)]

mod actions;
mod browser;
mod draft;
#[cfg(not(feature = "page"))]
pub mod embed;
mod format;
mod host;
mod link;
mod model;
mod session;
mod state;
mod texts;
mod view;

use leptos::{mount, prelude::document};

use havenask_client::Client;
use host::Host;
use model::Route;
use state::App;

/// An allocator of half the size of the default one.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The attribute of the body of the page's document.
const PAGE: &str = "data-havenask-page";

/// Mounts the page in place of what the document shows until then, whole and at once: nothing that is read moves away. In a
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
        terms: Ok(None),
        locale: browser::page_language(),
        request: None,
        region: None,
        route: Route::parse(&link::fragment()),
        emit: None,
    };
    let config = actions::fetch_config(&Client::new(host.endpoint.clone(), host.locale)).await;
    root.set_text_content(None);
    mount::mount_to(root, || {
        actions::start(App::provide(host), Some(config));
        view::root()
    })
    .forget();
}
