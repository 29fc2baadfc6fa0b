//! The connection to the proxy, and the catalogue: that of the host, else that of the proxy.

use std::time::Duration;

use futures_util::future::try_join;
use havenask_client::Client;
use havenask_core::{
    ErrorCode, Failure,
    catalog::{self, Catalog},
    proxy_api::CONFIG,
};
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*};

use super::{back::back_to_form, instances::reload_region};
use crate::{
    model::ProxyConfig,
    state::{App, OrderStage, Screen},
    texts::form as texts,
};

/// Time between two attempts to connect.
const RETRY_INTERVAL: Duration = Duration::from_secs(5);

/// The configuration and the catalogue of the proxy.
pub(super) type ConfigResult = Result<(ProxyConfig, Catalog), Failure>;

/// Requests configuration and catalogue, at the same time: the form waits for both.
pub(crate) async fn fetch_config(client: &Client) -> ConfigResult {
    let (config, catalog) = try_join(client.get(CONFIG), client.get(catalog::PATH)).await?;
    let config = client.parse(config)?;
    let catalog = match client.parse(catalog) {
        Err(failure) if failure.code == ErrorCode::NotFound.as_str() => Catalog::default(),
        catalog => catalog?,
    };
    Ok((config, catalog))
}

/// Connects to the proxy, unless it has answered before.
pub(crate) fn connect(app: App) {
    if app.ui.connection.with_untracked(|it| it.is_established) {
        return;
    }
    let client = app.client();
    app.ui.spawn(async move { receive_config(app, fetch_config(&client).await) });
}

/// Asks for the configuration anew: the proxy has other terms than it told.
pub(super) fn reconnect(app: App) {
    app.ui.connection.update(|it| it.is_established = false);
    connect(app);
}

/// Applies the configuration of the proxy. Only the first response counts.
pub(super) fn receive_config(app: App, response: ConfigResult) {
    if app.ui.connection.with_untracked(|it| it.is_established) {
        return;
    }
    match response {
        Ok((config, catalog)) => {
            if config.refuses_renewal {
                app.form.values.update(|form| form.auto_renew = false);
            }
            app.form.config.set(config);
            apply_region(app);
            reload_region(app);
            app.ui.connection.update(|it| {
                (it.is_established, it.failure, it.catalog) = (true, None, Some(catalog));
            });
            apply_catalog(app, app.ui.host(|host| host.catalog.clone()).ok().flatten());
        }
        Err(failure) if failure.code == ErrorCode::ProxyUnreachable.as_str() => {
            let origin = window().origin();
            // That of a frame whose sandbox leaves it none: no proxy allows it, since any page can have such a frame.
            let text = if origin == "null" { texts::NO_ORIGIN } else { texts::ALLOW_ORIGIN };
            let remedy = text.with(app.ui.locale.get_untracked(), &origin);
            retry_later(app, Failure { remedy, ..failure });
        }
        Err(failure) => retry_later(app, failure),
    }
}

/// Emits the failure once, and connects again later.
fn retry_later(app: App, failure: Failure) {
    let again = move || {
        if !app.ui.connection.is_disposed() {
            connect(app);
        }
    };
    let timer = set_timeout_with_handle(again, RETRY_INTERVAL).ok();
    app.ui.connection.update(|it| {
        let same =
            |before: &Failure| (&before.code, before.status) == (&failure.code, failure.status);
        if !it.failure.as_ref().is_some_and(same) {
            app.ui.host(|host| host.emit("failed", &failure));
        }
        it.failure = Some(failure);
        // One timer, however often the visitor connects in between.
        if let Some(before) = std::mem::replace(&mut it.timer, timer) {
            before.clear();
        }
    });
}

/// Sets the region of the form to that of the proxy, or to one that exists.
pub(super) fn apply_region(app: App) {
    app.form.values.update(|form| {
        let region = |config: &ProxyConfig| config.region.or_default(&form.region).to_owned();
        form.region = app.form.config.with_untracked(region);
    });
}

/// Sets the catalogue of the host; `None` leaves it to the proxy.
pub(crate) fn set_host_catalog(app: App, given: Result<Option<Catalog>, Failure>) {
    app.ui.connection.update(|it| it.catalog_failure = given.as_ref().err().cloned());
    if let Err(failure) = &given {
        app.ui.host(|host| host.emit("failed", failure));
    }
    let catalog = given.clone().ok().flatten();
    app.ui.update_host(|host| host.catalog = given);
    apply_catalog(app, catalog);
}

/// Emits that the terms of the host are invalid, if they are.
pub(super) fn check_host_terms(app: App) {
    let Some(failure) = app.ui.host(|host| host.terms.clone().err()) else { return };
    app.ui.host(|host| host.emit("failed", &failure));
    app.ui.connection.update(|it| it.terms_failure = Some(failure));
}

/// Applies a catalogue to the form, else that of the proxy.
pub(super) fn apply_catalog(app: App, catalog: Option<Catalog>) {
    let of_proxy = || app.ui.connection.with_untracked(|it| it.catalog.clone());
    let Some(catalog) = catalog.or_else(of_proxy) else {
        return app.form.catalog.set(None);
    };
    let before = app.form.request.get_untracked().request;
    // Without entries it checks nothing, and the rows are the form.
    let is_empty = catalog.components.is_empty();
    app.form.values.update(|form| form.apply_catalog(&catalog));
    app.form.catalog.set((!is_empty).then_some(catalog));
    let is_same = app.form.request.with_untracked(|it| it.request == before);
    if !is_same && app.order.stage.with_untracked(OrderStage::screen) == Screen::Review {
        // It is another order than the one that was reviewed.
        back_to_form(app);
        app.ui.announce(app.ui.text(texts::CATALOG_CHANGED));
    }
}
