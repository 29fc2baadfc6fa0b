//! The state of the orders: the list, and the one that is shown.

use havenask_core::{Failure, purchase::PurchaseProgress};
use leptos::prelude::*;

/// The orders of the visitor, as the proxy knows them.
#[derive(Clone, Copy)]
pub(crate) struct OrdersState {
    /// The pages of the list that were loaded; `None` until there is one.
    pub(crate) list: RwSignal<Option<Vec<PurchaseProgress>>>,
    /// The token of the next page.
    pub(crate) next_token: RwSignal<Option<String>>,
    /// The failure of the last request for the list.
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) is_loading: RwSignal<bool>,
    /// The filter of the pages that were loaded.
    pub(crate) filter: RwSignal<String>,
    /// The order that is shown.
    pub(crate) order: RwSignal<Option<PurchaseProgress>>,
    /// The failure of the last request for it.
    pub(crate) order_failure: RwSignal<Option<Failure>>,
}

impl OrdersState {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::default(),
            next_token: RwSignal::default(),
            failure: RwSignal::default(),
            is_loading: RwSignal::default(),
            filter: RwSignal::default(),
            order: RwSignal::default(),
            order_failure: RwSignal::default(),
        }
    }
}
