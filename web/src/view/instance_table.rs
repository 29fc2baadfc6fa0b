//! Instances as a table.

use havenask_core::{
    Locale,
    instance::{Instance, READY, STATUSES},
    model::{ChargeType, Tag},
    purchase::PURCHASE_TAG,
};

use super::{copy, filter::Filter, prelude::*, table};
use crate::{
    browser, format,
    model::{Route, WAIT_CONFIG},
    state::row_id,
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

/// A table with this title; with a filter it has links to all of an instance.
pub(super) fn view(
    app: App,
    title: Text,
    instances: &[Instance],
    filter: Option<Filter>,
) -> Element {
    let columns = &COLUMNS[..COLUMNS.len() - usize::from(filter.is_none())];
    let rows = instances.iter().enumerate().map(|(index, it)| row(app, index, it));
    table::view(app, title, columns, rows.collect(), filter)
}

/// The texts in which a filter finds an instance: id, description, tags and state.
pub(super) fn filter_text(instance: &Instance, locale: Locale) -> String {
    let status = instance.status.as_deref().unwrap_or_default();
    let word = status_word(status).map_or("", |(.., word)| word.get(locale));
    let description = instance.description.as_deref().unwrap_or_default();
    let mut text = [&instance.instance_id, description, status, word].join("\n");
    for tag in &instance.tags {
        text.extend(["\n", &tag_text(tag, locale)]);
    }
    text
}

fn row(app: App, index: usize, instance: &Instance) -> Vec<AnyView> {
    let locale = app.ui.locale.get_untracked();
    let id = instance.instance_id.clone();
    let copy = outcome::COPY_WHAT.with(locale, &id);
    let copy = copy::button(app, "button button-icon", copy, id.clone());
    let created = instance.create_time.as_deref().map(|time| {
        let age = element("span").class("muted").child(age(time, locale));
        element("div").class("created").child(browser::date(time, locale)).child(age)
    });
    let description = instance.description.clone();
    vec![
        fragment([element("code").child(id.clone()), copy]),
        description.map(|it| element("div").class("description").child(it)).into_child(),
        instance.status.as_deref().map(|it| status(it, locale)).into_child(),
        instance.charge_type.as_deref().map(|it| billing(it, locale)).into_child(),
        created.into_child(),
        tags(&instance.tags, locale).into_child(),
        details_link(app, index, id).into_child(),
    ]
}

/// The link to all of an instance.
fn details_link(app: App, index: usize, id: String) -> Element {
    let name = texts::DETAILS_OF.with(app.ui.locale.get_untracked(), &id);
    let route = Route::Instance { id, region: untrack(|| app.instances_region()) };
    let here = route.clone();
    route_link(app, "button button-small", route)
        .attr("id", app.ui.id(&row_id(index)))
        .attr("aria-label", name)
        .dyn_attr("aria-current", move || (app.ui.route.get() == here).then_some("true"))
        .child(app.ui.text(texts::DETAILS))
}

/// A status with its icon; one that the documents do not name as it is.
pub(super) fn status(status: &str, locale: Locale) -> Element {
    let (class, icon, word) = match status_word(status) {
        Some((class, icon, word)) => (class, icon, word.get(locale)),
        None => ("status", Icon::Question, status),
    };
    element("span").class(class).child(icon).child(word)
}

fn status_word(status: &str) -> Option<(&'static str, Icon, Text)> {
    Some(match status {
        READY => ("status success", Icon::Check, texts::IS_READY),
        WAIT_CONFIG => ("status warning", Icon::Warning, texts::IS_WAITING),
        _ if status == STATUSES[0] => ("status", Icon::Later, texts::IS_INIT),
        _ if status == STATUSES[1] => ("status accent", Icon::Now, texts::IS_UPDATING),
        _ => return None,
    })
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
    let tag = |tag: &Tag| element("li").class("tag").child(tag_text(tag, locale));
    (!tags.is_empty()).then(|| element("ul").class("tags").children(tags.iter().map(tag)))
}

/// The text of a tag.
pub(super) fn tag_text(tag: &Tag, locale: Locale) -> String {
    let value = tag.value.as_deref().unwrap_or_default();
    match tag.key.as_str() {
        PURCHASE_TAG => texts::ORDER.with(locale, value),
        key if value.is_empty() => key.to_owned(),
        key => [key, ": ", value].concat(),
    }
}
