//! Instances as a table.

use havenask_core::{
    Locale,
    instance::{Instance, READY, STATUSES},
    model::{ChargeType, Tag},
    purchase::PURCHASE_TAG,
};

use super::{copy, prelude::*};
use crate::{
    browser, format,
    model::WAIT_CONFIG,
    state::{DETAILS, row_id},
    texts::{form, instances as texts, outcome},
};

const COLUMNS: [Text; 7] = [
    outcome::INSTANCE_ID,
    texts::DESCRIPTION,
    outcome::STATUS,
    form::BILLING,
    outcome::CREATED_AT,
    form::TAGS,
    texts::DETAILS,
];

/// A table with this title; `has_details` adds buttons that open the details of an instance.
pub(super) fn view(app: App, title: Text, instances: Vec<Instance>, has_details: bool) -> Element {
    let columns = &COLUMNS[..COLUMNS.len() - usize::from(!has_details)];
    let head =
        columns.iter().map(|text| element("th").attr("scope", "col").child(app.ui.text(*text)));
    let rows = instances.into_iter().enumerate();
    let rows = rows.map(|(index, instance)| row(app, index, instance, has_details));
    let table = element("table")
        .child(element("caption").child(app.ui.text(title)))
        .child(element("thead").child(element("tr").children(head)))
        .child(element("tbody").children(rows));
    element("div")
        .class("table")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", app.ui.text(title))
        .child(table)
}

fn row(app: App, index: usize, instance: Instance, has_details: bool) -> Element {
    let locale = app.ui.locale.get_untracked();
    let id = instance.instance_id.clone();
    let copy = outcome::COPY_WHAT.with(locale, &id);
    let id = element("th")
        .attr("scope", "row")
        .child(element("code").child(id.clone()))
        .child(copy::button(app, "button button-icon", copy, id));
    let created = instance.create_time.as_deref().map(|time| {
        let age = element("span").class("muted").child(age(time, locale));
        fragment([browser::date(time, locale).into_child(), age.into_child()])
    });
    let row = element("tr")
        .child(id)
        .child(cell("description", instance.description.clone()))
        .child(cell("", instance.status.as_deref().map(|it| status(it, locale))))
        .child(cell("", instance.charge_type.as_deref().map(|it| billing(it, locale))))
        .child(cell("created", created))
        .child(cell("", tags(&instance.tags, locale)));
    row.child(has_details.then(|| cell("", open_button(app, index, instance))))
}

fn cell(class: &'static str, part: impl IntoChild) -> Element {
    element("td").class(class).child(part)
}

/// The button that opens the details.
fn open_button(app: App, index: usize, instance: Instance) -> Element {
    let name = texts::DETAILS_OF.with(app.ui.locale.get_untracked(), &instance.instance_id);
    let id = instance.instance_id.clone();
    let is_open = move || {
        app.instances.details.with(|details| {
            details.as_ref().is_some_and(|details| details.instance.instance_id == id)
        })
    };
    button(app, "button button-small", texts::DETAILS, move || {
        actions::open_details(app, instance.clone());
    })
    .attr("id", app.ui.id(&row_id(index)))
    .attr("aria-label", name)
    .attr("aria-controls", app.ui.id(DETAILS))
    .dyn_attr("aria-expanded", move || Some(if is_open() { "true" } else { "false" }))
}

/// A status with its icon; one that the documents do not name as it is.
pub(super) fn status(status: &str, locale: Locale) -> Element {
    let (class, icon, word) = match status {
        READY => ("status success", Icon::Check, texts::IS_READY),
        WAIT_CONFIG => ("status warning", Icon::Warning, texts::IS_WAITING),
        _ if status == STATUSES[0] => ("status", Icon::Later, texts::IS_INIT),
        _ if status == STATUSES[1] => ("status accent", Icon::Now, texts::IS_UPDATING),
        _ => return element("span").class("status").child(Icon::Question).child(status.to_owned()),
    };
    element("span").class(class).child(icon).child(word.get(locale))
}

/// The word for a billing method.
pub(super) fn billing(charge_type: &str, locale: Locale) -> String {
    let known = [(ChargeType::Prepay, form::PREPAY), (ChargeType::Postpay, form::POSTPAY)];
    let word = known.iter().find(|(known, _)| known.as_str() == charge_type);
    word.map_or(charge_type, |(_, word)| word.get(locale)).to_owned()
}

/// The age of a time.
pub(super) fn age(time: &str, locale: Locale) -> String {
    browser::age(time).map_or_else(String::new, |seconds| format::age(seconds, locale))
}

/// Tags, with a name for that of the purchase.
pub(super) fn tags(tags: &[Tag], locale: Locale) -> Option<Element> {
    let tag = |tag: &Tag| {
        let value = tag.value.as_deref().unwrap_or_default();
        let text = match tag.key.as_str() {
            PURCHASE_TAG => texts::ORDER.with(locale, value),
            key if value.is_empty() => key.to_owned(),
            key => [key, ": ", value].concat(),
        };
        element("li").class("tag").child(text)
    };
    (!tags.is_empty()).then(|| element("ul").class("tags").children(tags.iter().map(tag)))
}
