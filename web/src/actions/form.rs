//! Actions of the form.

use leptos::prelude::*;

use super::connection::{apply_catalog, apply_region};
use crate::{
    browser, link,
    model::{Field, Route, RowList},
    state::{App, OrderStage},
    texts::{form as texts, outcome},
};

/// Sets the value of a control.
pub(crate) fn set_field(app: App, field: Field, text: String) {
    app.form.values.update(|form| {
        form.set(field, text);
        app.form.catalog.with_untracked(|catalog| {
            if let Some(catalog) = catalog {
                form.update_visibility(catalog);
            }
        });
    });
}

/// Adds a row and focuses it.
pub(crate) fn add_row(app: App, list: RowList) {
    if let Some(row) = app.form.values.try_update(|form| form.add_row(list)) {
        app.ui.focus_soon(&Field::Name(list, row).id());
    }
}

/// Removes a row and focuses the next.
pub(crate) fn remove_row(app: App, list: RowList, row: u32) {
    if let Some(next) = app.form.values.try_update(|form| form.remove_row(list, row)) {
        app.ui.focus_soon(&next.id());
    }
    app.ui.announce(app.ui.text(match list {
        RowList::Components => texts::COMPONENT_REMOVED,
        RowList::Tags => texts::TAG_REMOVED,
    }));
}

/// Clears the form, for a new order.
pub(crate) fn clear_form(app: App) {
    app.order.stage.update(OrderStage::back);
    app.ui.session().clear();
    app.form.clear();
    refill(app);
    app.ui.scroll_to_top();
    app.ui.announce(app.ui.text(texts::CLEARED));
}

/// Applies catalogue and region to new values, and draws the controls again: they read their values when they are made.
pub(super) fn refill(app: App) {
    apply_catalog(app, app.form.catalog.get_untracked());
    apply_region(app);
    app.ui.locale.notify();
}

/// Copies a link to the draft.
pub(crate) fn copy_link(app: App) {
    let link = app.form.values.with_untracked(link::to);
    app.ui.spawn(async move {
        let done = browser::copy(&link).await;
        app.ui.announce(app.ui.text(if done { texts::SHARED } else { outcome::COPY_FAILED }));
    });
}

/// Takes the draft out of the address, and returns whether there was one. A draft that cannot be read changes nothing.
pub(super) fn take_link(app: App) -> bool {
    let link = app.ui.host(|host| host.is_page).then(link::take).flatten();
    app.form.bad_link.set(link == Some(Err(())));
    let Some(Ok(form)) = link else { return false };
    app.ui.session().clear();
    app.form.values.set(form);
    true
}

/// Loads the draft of a link that was followed while the page was open.
pub(super) fn load_link(app: App) {
    if app.order.stage.with_untracked(OrderStage::is_locked) {
        return;
    }
    if take_link(app) {
        app.order.stage.update(OrderStage::back);
        app.ui.route.set(Route::NewOrder);
        refill(app);
        app.ui.scroll_to_top();
    } else if app.form.bad_link.get_untracked() {
        app.ui.announce(app.ui.text(texts::BAD_LINK));
    }
}
