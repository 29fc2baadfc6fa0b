//! The state of the interface: language, view, announcement, connection and host.

use std::{future::poll_fn, pin::Pin, task::Poll};

use havenask_client::Client;
use havenask_core::{Failure, Locale, catalog::Catalog};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use crate::{
    host::Host,
    model::{Field, Route},
    session::SessionStore,
    texts::Text,
};

/// The id of the heading of every screen.
pub(crate) const HEADING: &str = "heading";
/// The id of the summary of problems.
pub(crate) const PROBLEMS: &str = "problems";
/// The id of the reason why nothing can be bought.
pub(crate) const CONNECTION_PROBLEM: &str = "connection-problem";
/// The id of the heading of the instance that is shown in full.
pub(crate) const DETAILS: &str = "details";

/// The connection to the proxy. An order needs one answer of the proxy, and a valid catalogue and terms of the host.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection {
    /// The proxy has answered once.
    pub(crate) is_established: bool,
    /// The failure of the last request.
    pub(crate) failure: Option<Failure>,
    /// The failure of the host's catalogue.
    pub(crate) catalog_failure: Option<Failure>,
    /// The failure of the host's terms.
    pub(crate) terms_failure: Option<Failure>,
    /// Catalogue of the proxy.
    pub(crate) catalog: Option<Catalog>,
    /// Timer of the next attempt.
    pub(crate) timer: Option<TimeoutHandle>,
}

impl Connection {
    /// Returns whether an order can be sent.
    pub(crate) const fn is_ready(&self) -> bool {
        self.is_established && self.catalog_failure.is_none() && self.terms_failure.is_none()
    }

    /// The reason why no order can be sent, once it is known.
    pub(crate) fn problem(&self) -> Option<&Failure> {
        self.catalog_failure.as_ref().or(self.terms_failure.as_ref()).or(self.failure.as_ref())
    }
}

/// The WebAssembly module of the views that a first visit does not need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LazyModule {
    #[default]
    Absent,
    Loading,
    Failed,
    Loaded,
}

/// The state of the interface.
#[derive(Clone, Copy)]
pub(crate) struct UiState {
    pub(crate) locale: RwSignal<Locale>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) connection: RwSignal<Connection>,
    pub(crate) lazy_module: RwSignal<LazyModule>,
    /// The browser has no network.
    pub(crate) is_offline: RwSignal<bool>,
    /// Text for screen readers.
    pub(crate) announcement: RwSignal<String>,
    host: StoredValue<Host, LocalStorage>,
}

impl UiState {
    pub(super) fn new(host: Host) -> Self {
        Self {
            locale: RwSignal::new(host.locale),
            route: RwSignal::default(),
            connection: RwSignal::default(),
            lazy_module: RwSignal::new(if cfg!(feature = "page") {
                LazyModule::Absent
            } else {
                LazyModule::Loaded
            }),
            is_offline: RwSignal::new(!window().navigator().on_line()),
            announcement: RwSignal::default(),
            host: StoredValue::new_local(host),
        }
    }

    /// Reads the host.
    pub(crate) fn host<T>(self, read: impl FnOnce(&Host) -> T) -> T {
        self.host.with_value(read)
    }

    /// Changes the host.
    pub(crate) fn update_host(self, update: impl FnOnce(&mut Host)) {
        self.host.update_value(update);
    }

    pub(crate) fn session(self) -> SessionStore {
        SessionStore::new(self.host(|host| host.name.clone()))
    }

    /// An id that no other form in the document has.
    pub(crate) fn id(self, name: &str) -> String {
        self.host(|host| [&host.prefix, name].concat())
    }

    /// The id of a control.
    pub(crate) fn id_of(self, field: Field) -> String {
        self.id(&field.id())
    }

    /// Moves the focus after the next change of the screen.
    pub(crate) fn focus_soon(self, id: &str) {
        self.host(|host| host.focus_soon(id));
    }

    /// Scrolls to the top and focuses the heading.
    pub(crate) fn scroll_to_top(self) {
        self.host(|host| host.scroll_to_top(HEADING));
    }

    /// A text in the language of the page.
    pub(crate) fn text(self, text: Text) -> &'static str {
        text.get(self.locale.get_untracked())
    }

    /// Announces a text to screen readers.
    pub(crate) fn announce(self, text: impl Into<String>) {
        self.announcement.set(text.into());
    }

    /// A client of the proxy.
    pub(crate) fn client(self) -> Client {
        let locale = self.locale.get_untracked();
        self.host(|host| Client::new(host.endpoint.clone(), locale).with_token(host.token.clone()))
    }

    /// Runs a future until it ends or the form is unmounted, when its state is gone.
    pub(crate) fn spawn(self, work: impl Future<Output = ()> + 'static) {
        let mut work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
        spawn_local(poll_fn(move |context| {
            if self.host.is_disposed() { Poll::Ready(()) } else { work.as_mut().poll(context) }
        }));
    }
}
