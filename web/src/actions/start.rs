//! The start of a page: what its tab remembers, the catalogue, the connection, and the listeners of the window.

use leptos::{ev, prelude::*};

use super::{
    back::back_to_form,
    connection::{ConfigResult, check_host_terms, connect, receive_config, set_host_catalog},
    form::{load_link, take_link},
    navigation::{open_first, show},
    order::{open_review, resume},
    quote::{follow_order, retry},
};
use crate::{
    browser, link,
    model::{Form, Route},
    session::SavedSession,
    state::{App, OrderStage, Screen},
};

/// Starts a page, with the configuration of the proxy if it is known already.
pub(crate) fn start(app: App, config: Option<ConfigResult>) {
    restore(app);
    open_first(app);
    set_host_catalog(app, app.ui.host(|host| host.catalog.clone()));
    check_host_terms(app);
    match config {
        Some(config) => receive_config(app, config),
        None => connect(app),
    }
    listen(app);
    save_on_change(app);
    follow_order(app);
    emit_steps(app);
}

/// Restores the draft of a link, else that of this tab with its order.
fn restore(app: App) {
    let saved = app.ui.session().load();
    // An order that may already be bought comes first. The link then stays in the address, for the next time.
    let is_sent = matches!(&saved, Some(SavedSession { order: Some((_, true)), .. }));
    if !is_sent && take_link(app) {
        return;
    }
    let given = app.ui.host(|host| host.request.clone());
    if let Some(request) = given.filter(|_| saved.is_none()) {
        app.form.values.set(Form::of_request(request, ""));
    }
    if let Some(region) = app.ui.host(|host| host.region.clone()) {
        app.form.values.update(|form| form.region = region);
    }
    if let Some(saved) = saved {
        app.form.values.set(saved.form);
        match saved.order {
            Some((key, true)) => resume(app, key),
            Some((key, false)) => open_review(app, Some(key)),
            None => {}
        }
    }
}

/// Saves the draft whenever it changes, and emits the change.
fn save_on_change(app: App) {
    Effect::new(move |before: Option<()>| {
        app.form.values.with(|form| app.ui.session().save_draft(form));
        if before.is_some() {
            app.form.request.with_untracked(|built| {
                app.ui.host(|host| host.emit("change", &built.request));
            });
        }
    });
}

/// Emits the name of each step.
fn emit_steps(app: App) {
    Effect::new(move |before: Option<&'static str>| {
        let step = match (app.ui.route.get(), app.order.screen.get()) {
            (Route::NewOrder, Screen::Form) => "form",
            (Route::NewOrder, Screen::Review) => "review",
            (Route::NewOrder, Screen::Refused) => "refused",
            (Route::NewOrder, Screen::Unknown) => "unknown",
            (Route::Order(_), _) => "order",
            (Route::Orders, _) => "orders",
            (Route::Instances(_) | Route::Instance { .. }, _) => "instances",
            (Route::Developer, _) => "developer",
        };
        if before != Some(step) {
            app.ui.host(|host| host.emit("step", step));
        }
        step
    });
}

/// Listens to the window until the page is unmounted.
fn listen(app: App) {
    let pressed = window_event_listener(ev::pointerdown, move |_| app.form.press());
    // The click comes after the release.
    let release = move || set_timeout(move || app.form.release(), std::time::Duration::ZERO);
    let released = window_event_listener(ev::pointerup, move |_| release());
    let cancelled = window_event_listener(ev::pointercancel, move |_| release());
    // The release over an open list of options does not come; a key that is pressed next does.
    let keys = window_event_listener(ev::keydown, move |_| release());
    let offline = window_event_listener(ev::offline, move |_| app.ui.is_offline.set(true));
    let online = window_event_listener(ev::online, move |_| {
        app.ui.is_offline.set(false);
        connect(app);
        retry(app);
    });
    let back = window_event_listener(ev::popstate, move |_| go_back(app));
    let link = window_event_listener(ev::hashchange, move |_| follow_address(app));
    on_cleanup(move || {
        for listener in [pressed, released, cancelled, keys, offline, online, back, link] {
            listener.remove();
        }
    });
}

/// Follows the address of the page: a link, or a draft that was pasted into it.
fn follow_address(app: App) {
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
fn go_back(app: App) {
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
