//! The request that the form makes.

use havenask_core::{
    model::{Component, CreateInstanceRequest, Tag},
    rules::Path,
};

use super::{
    field::{Field, ItemOrigin, RowList},
    form::{Form, FormRow},
};

/// A request, and the origin of each item of its lists: empty rows are no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BuiltRequest {
    pub(crate) request: CreateInstanceRequest,
    components: Vec<ItemOrigin>,
    tags: Vec<ItemOrigin>,
}

impl BuiltRequest {
    /// Builds the request: without empty rows, and without spaces around texts.
    pub(crate) fn new(form: &Form) -> Self {
        let filled = |list| form.rows(list).iter().filter(|row| !row.is_empty());
        let origin = |row: &FormRow| ItemOrigin::Row(row.id);
        let (rows, tags) = (filled(RowList::Components), filled(RowList::Tags));
        let items = form.sent_items().map(|(index, ..)| ItemOrigin::CatalogItem(index));
        let components = form.sent_items().map(|(_, code, value)| (code, value));
        let components = components.chain(rows.clone().map(|row| (row.name.trim(), &*row.value)));
        Self {
            components: items.chain(rows.map(origin)).collect(),
            tags: tags.clone().map(origin).collect(),
            request: CreateInstanceRequest {
                charge_type: Some(form.charge_type),
                components: non_empty(components.map(|(code, value)| Component {
                    code: code.to_owned(),
                    value: trimmed(value),
                })),
                order: form.term(),
                resource_group_id: trimmed(&form.resource_group),
                tags: non_empty(tags.map(|row| Tag {
                    key: row.name.trim().to_owned(),
                    value: trimmed(&row.value),
                })),
            },
        }
    }

    /// The control of a place in the request.
    pub(crate) fn field(&self, path: &Path) -> Option<Field> {
        Field::at(path, |list, index| match list {
            RowList::Components => self.components.get(index).copied(),
            RowList::Tags => self.tags.get(index).copied(),
        })
    }
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn non_empty<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}
