//! Tags that are proposed: those of the instances and orders that were loaded. Nothing is loaded for them.

use havenask_core::{model::Tag, purchase::PURCHASE_TAG};

use super::prelude::*;
use crate::{
    model::{Field, RowList},
    state::InstanceList,
};

const KEYS: &str = "tag-keys";

/// The id of the proposed keys.
pub(super) fn keys_id(app: App) -> String {
    app.ui.id(KEYS)
}

/// The id of the values that are proposed in a row.
pub(super) fn values_id(app: App, row: u32) -> String {
    [&app.ui.id_of(Field::Value(RowList::Tags, row)), "s"].concat()
}

/// The proposed keys.
pub(super) fn keys(app: App) -> Element {
    list(keys_id(app), move || known(app, |tag| Some(tag.key.clone())))
}

/// The values that its key has elsewhere, for a row.
pub(super) fn values(app: App, row: u32) -> Element {
    let key = Memo::new(move |_| {
        app.form.values.with(|form| form.text(Field::Name(RowList::Tags, row)).trim().to_owned())
    });
    let value = |tag: &Tag, key: &str| tag.value.clone().filter(|_| tag.key == key);
    list(values_id(app, row), move || key.with(|key| known(app, |tag| value(tag, key))))
}

fn list(id: String, options: impl Fn() -> Vec<String> + Send + 'static) -> Element {
    let option = |value: String| element("option").attr("value", value);
    element("datalist").attr("id", id).content(move || fragment(options().into_iter().map(option)))
}

/// Texts of the tags that are known, sorted, each once. The tag of a purchase is that of no other one.
fn known(app: App, read: impl Fn(&Tag) -> Option<String>) -> Vec<String> {
    let mut texts = Vec::<String>::new();
    let mut add = |tags: &[Tag]| {
        for text in tags.iter().filter(|tag| tag.key != PURCHASE_TAG).filter_map(&read) {
            let place = texts.partition_point(|other| *other < text);
            if !text.is_empty() && texts.get(place) != Some(&text) {
                texts.insert(place, text);
            }
        }
    };
    app.instances.list.with(|list| {
        if let InstanceList::Loaded(page) = list {
            page.instances.iter().for_each(|instance| add(&instance.tags));
        }
    });
    app.orders.list.with(|orders| {
        let requests = orders.iter().flatten().filter_map(|order| order.request.as_ref());
        requests.filter_map(|request| request.tags.as_deref()).for_each(add);
    });
    texts
}
