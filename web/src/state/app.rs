//! The states in the context of the page.

use havenask_client::Client;
use leptos::prelude::*;

use super::{FormState, InstancesState, OrderState, OrdersState, QuoteState, UiState};
use crate::host::Host;

/// The states. They outlive the views, so that another language or step loses nothing.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) form: FormState,
    pub(crate) order: OrderState,
    pub(crate) orders: OrdersState,
    pub(crate) quote: QuoteState,
    pub(crate) instances: InstancesState,
    pub(crate) ui: UiState,
}

impl App {
    /// Puts new states into the context.
    pub(crate) fn provide(host: Host) -> Self {
        let ui = UiState::new(host);
        let (form, order) = (FormState::new(ui.locale), OrderState::new());
        let orders = OrdersState::new();
        let (quote, instances) = (QuoteState::new(), InstancesState::new());
        let app = Self { form, order, orders, quote, instances, ui };
        provide_context(app);
        app
    }

    /// A client of the proxy, in the region that is chosen.
    pub(crate) fn client(self) -> Client {
        let region = untrack(|| self.form.named_region());
        self.ui.client().in_region(region)
    }

    /// The region whose instances are shown: that of the address, else the one that is chosen.
    pub(crate) fn instances_region(self) -> Option<String> {
        let of_address = self.ui.route.with(|route| route.region().map(str::to_owned));
        of_address.or_else(|| self.form.named_region())
    }

    /// A client of the proxy, in that region.
    pub(crate) fn instances_client(self) -> Client {
        self.ui.client().in_region(untrack(|| self.instances_region()))
    }

    /// The states of the page around a view.
    #[inline(never)]
    pub(crate) fn from_context() -> Self {
        expect_context()
    }
}
