//! Actions of the form.

use havenask_client::value;
use havenask_core::{Problem, Value, model::CreateInstanceRequest, rules};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::{
    connection::{apply_catalog, apply_region},
    navigation::navigate,
};
use crate::{
    browser, link,
    model::{Field, Form, Route, RowList},
    state::{App, Confirmation, OrderStage},
    texts::{Text, form as texts, outcome},
};

/// Sets the value of a control.
pub(crate) fn set_field(app: App, field: Field, text: String) {
    if app.form.confirmation.with_untracked(Option::is_some) {
        app.form.confirmation.set(None);
    }
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
    let before = Some(app.form.values.get_untracked());
    if let Some(next) = app.form.values.try_update(|form| form.remove_row(list, row)) {
        app.ui.focus_soon(&next.id());
    }
    let text = match list {
        RowList::Components => texts::COMPONENT_REMOVED,
        RowList::Tags => texts::TAG_REMOVED,
    };
    confirm(app, Confirmation { text, list: Some(list), before });
}

/// Clears the form, for a new order.
pub(crate) fn clear_form(app: App) {
    app.order.stage.update(OrderStage::back);
    app.ui.session().clear();
    replace(app, Form::default(), texts::CLEARED);
    app.ui.scroll_to_top();
}

/// Fills the form with a request, and shows it; in the chosen region unless another is given.
pub(crate) fn fill_form(app: App, request: CreateInstanceRequest, region: Option<String>) {
    if app.order.stage.with_untracked(OrderStage::is_locked) {
        return navigate(app, Route::NewOrder);
    }
    let chosen = || app.form.values.with_untracked(|form| form.region.clone());
    let region = region.unwrap_or_else(chosen);
    app.order.stage.update(OrderStage::back);
    replace(app, Form::of_request(request, &region), texts::FILLED);
    if app.ui.route.get_untracked() != Route::NewOrder {
        navigate(app, Route::NewOrder);
    }
}

/// Fills the form with the request in a text; the error says in words why it cannot be read.
pub(crate) fn fill_form_from_json(app: App, text: &str) -> Result<(), String> {
    let locale = app.ui.locale.get_untracked();
    let no_json = |why: &str| texts::NO_JSON.with(locale, why);
    let value = js_sys::JSON::parse(text).map_err(|error| {
        no_json(&String::from(error.unchecked_into::<js_sys::Error>().message()))
    })?;
    let input = value::read(&value).unwrap_or(Value::Foreign);
    let request = rules::parse(&input, locale).map_err(|problems| {
        let line = |it: &Problem| [it.path.as_pointer(), " ", &it.message].concat();
        let lines: Vec<_> = problems.iter().map(line).collect();
        lines.join("\n")
    })?;
    fill_form(app, request, None);
    Ok(())
}

/// The text of a file that should hold an order; the error says why there is none.
pub(crate) async fn read_order(file: &File) -> Result<String, Text> {
    #[expect(clippy::cast_precision_loss, reason = "it is far shorter")]
    if file.size() > link::MAX_LENGTH as f64 {
        return Err(texts::FILE_TOO_LARGE);
    }
    browser::read_file(file).await.ok_or(texts::FILE_UNREADABLE)
}

/// Takes the last change back.
pub(crate) fn undo(app: App) {
    let Some(confirmation) = app.form.confirmation.get_untracked() else { return };
    app.form.confirmation.set(None);
    let Some(before) = confirmation.before else { return };
    app.form.replace(before);
    match confirmation.list {
        Some(list) => app.ui.focus_soon(&Field::Rows(list).id()),
        None => refill(app),
    }
    app.ui.announce(app.ui.text(texts::UNDONE));
}

fn replace(app: App, form: Form, text: Text) {
    let before = Some(app.form.values.get_untracked());
    app.form.replace(form);
    refill(app);
    confirm(app, Confirmation { text, list: None, before });
}

fn confirm(app: App, confirmation: Confirmation) {
    app.ui.announce(app.ui.text(confirmation.text));
    app.form.confirmation.set(Some(confirmation));
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
        let text = if browser::copy(&link).await { texts::SHARED } else { outcome::COPY_FAILED };
        confirm(app, Confirmation { text, list: None, before: None });
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
