//! Navigation between the views. On the page each has an address; a form in another page leaves that page's address alone.

use havenask_core::Locale;
use leptos::prelude::*;

use super::{
    back::back_to_form,
    form::load_link,
    instances::{close_details, open_details},
};
use crate::{
    browser, link,
    model::Route,
    state::{App, OrderStage},
};

/// Goes to a view.
pub(crate) fn navigate(app: App, route: Route) {
    if app.ui.host(|host| host.is_page) {
        browser::push_history(&route.fragment());
    }
    show(app, route);
}

/// Shows the view that the page starts with.
pub(super) fn open_first(app: App) {
    let route = app.ui.host(|host| host.route.clone());
    if let Route::Instance(id) = &route {
        open_details(app, id.clone());
    }
    app.ui.route.set(route);
}

/// Follows the address of the page: a link, or a draft that was pasted into it.
pub(super) fn follow_address(app: App) {
    if !app.ui.host(|host| host.is_page) {
        return;
    }
    if link::is_draft() {
        return load_link(app);
    }
    let route = Route::parse(&link::fragment());
    if app.ui.route.get_untracked() != route {
        show(app, route);
    }
}

/// Follows the back button of the browser from the review or a refusal to the form: all have one address.
pub(super) fn go_back(app: App) {
    let is_here = || app.ui.route.get_untracked() == Route::NewOrder;
    let stays = || Route::parse(&link::fragment()) == Route::NewOrder && !link::is_draft();
    if !app.ui.host(|host| host.is_page) || !is_here() || !stays() {
        return;
    }
    if app.order.stage.with_untracked(OrderStage::is_locked) {
        browser::push_history(&Route::NewOrder.fragment());
    } else {
        back_to_form(app);
    }
}

/// Sets the language of the page, and remembers it.
pub(crate) fn choose_language(app: App, locale: Locale) {
    browser::remember_language(locale);
    app.ui.locale.set(locale);
}

fn show(app: App, route: Route) {
    let before = app.ui.route.get_untracked();
    app.ui.route.set(route.clone());
    match (before, route) {
        (_, Route::Instance(id)) => open_details(app, id),
        (Route::Instance(_), Route::Instances) => close_details(app),
        _ => app.ui.scroll_to_top(),
    }
}
