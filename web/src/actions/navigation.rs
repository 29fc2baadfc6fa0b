//! Navigation between the views. On the page each has an address; a form in another page leaves that page's address alone.

use havenask_core::Locale;
use leptos::prelude::*;

use super::instances::{close_details, load_region, open_details};
use crate::{browser, model::Route, state::App};

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
    app.ui.route.set(route.clone());
    if let Route::Instance { id, .. } = route {
        open_details(app, id);
    }
}

/// Sets the language of the page, and remembers it.
pub(crate) fn choose_language(app: App, locale: Locale) {
    browser::remember_language(locale);
    app.ui.locale.set(locale);
}

/// Shows a view.
pub(super) fn show(app: App, route: Route) {
    let before = app.ui.route.get_untracked();
    app.ui.route.set(route.clone());
    let is_same_screen = before.clone().screen() == route.clone().screen();
    if is_same_screen && before.region() != route.region() {
        load_region(app);
    }
    match (before, route) {
        (_, Route::Instance { id, .. }) => open_details(app, id),
        (Route::Instance { region: of, .. }, Route::Instances(region)) if of == region => {
            close_details(app);
        }
        _ => {
            app.instances.details.set(None);
            app.ui.scroll_to_top();
        }
    }
}
