//! Actions of the orders: the list, one of them, its receipt, and the same once more.

use havenask_core::purchase::{PurchaseProgress, PurchaseState};
use leptos::prelude::*;

use crate::{
    browser,
    model::{InstanceProgress, Route},
    state::{App, OrdersState},
    texts::outcome,
};

/// Loads the first page of the list, or with `more` the next one.
pub(crate) fn load_orders(app: App, more: bool) {
    let OrdersState { list, next_token, failure, is_loading, .. } = app.orders;
    if is_loading.get_untracked() {
        return;
    }
    is_loading.set(true);
    app.ui.announce(app.ui.text(outcome::LOADING));
    let token = next_token.get_untracked().filter(|_| more);
    app.ui.spawn(async move {
        let response = app.ui.client().purchases(token.as_deref()).await;
        is_loading.set(false);
        app.ui.announce("");
        failure.set(response.as_ref().err().cloned());
        let Ok(page) = response else { return };
        next_token.set(page.next_token);
        let mut purchases = list.get_untracked().filter(|_| more).unwrap_or_default();
        purchases.extend(page.purchases);
        list.set(Some(purchases));
    });
}

/// Loads an order. The one that is shown already stays on the screen, unless its state is another.
pub(crate) fn load_order(app: App, key: &str) {
    let OrdersState { order, order_failure, .. } = app.orders;
    if order.with_untracked(|order| order.as_ref().is_none_or(|order| order.key != key)) {
        order.set(None);
        order_failure.set(None);
        app.order.progress.set(InstanceProgress::default());
    }
    let key = key.to_owned();
    app.ui.spawn(async move {
        let response = app.ui.client().purchase_progress(&key).await;
        if app.ui.route.get_untracked() != Route::Order(key) {
            return;
        }
        match response {
            Ok(now) => {
                order_failure.set(None);
                let before = order.with_untracked(|order| order.as_ref().map(|it| it.state));
                order.update_untracked(|order| *order = Some(now.clone()));
                if before != Some(now.state) {
                    order.notify();
                    if before.is_some() {
                        app.ui.scroll_to_top();
                    }
                }
            }
            Err(failure) => order_failure.set(Some(failure)),
        }
    });
}

/// Polls the order that is shown, where it has not ended.
pub(crate) fn poll_order(app: App, key: &str) {
    let has_ended = |order: &PurchaseProgress| {
        matches!(order.state, PurchaseState::Created | PurchaseState::Failed)
    };
    if !app.orders.order.with_untracked(|order| order.as_ref().is_some_and(has_ended)) {
        load_order(app, key);
    }
}

/// Downloads the receipt of the order that is shown.
pub(crate) fn download_receipt(app: App) {
    app.orders.order.with_untracked(|order| {
        if let Some(order) = order {
            browser::download(&["havenask-order-", &order.key, ".json"].concat(), order);
        }
    });
}
