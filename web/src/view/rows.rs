//! Lists of rows: components and tags.

use super::{confirmation, prelude::*, tag_proposals};
use crate::{
    model::{Field, RowList},
    texts::form as texts,
};

struct RowTexts {
    name: Text,
    value: Text,
    name_of: Text,
    value_of: Text,
    add: Text,
    remove: Text,
}

const fn texts(list: RowList) -> RowTexts {
    match list {
        RowList::Components => RowTexts {
            name: texts::CODE,
            value: texts::VALUE,
            name_of: texts::CODE_OF,
            value_of: texts::COMPONENT_VALUE_OF,
            add: texts::ADD_COMPONENT,
            remove: texts::REMOVE_COMPONENT,
        },
        RowList::Tags => RowTexts {
            name: texts::TAG_KEY,
            value: texts::TAG_VALUE,
            name_of: texts::TAG_KEY_OF,
            value_of: texts::TAG_VALUE_OF,
            add: texts::ADD_TAG,
            remove: texts::REMOVE_TAG,
        },
    }
}

/// A list with its button that adds a row.
pub(super) fn view(list: RowList) -> Element {
    let app = App::from_context();
    let ids = Memo::new(move |_| {
        app.form.values.with(|form| form.rows(list).iter().map(|row| row.id).collect::<Vec<_>>())
    });
    let RowTexts { name, value, add, .. } = texts(list);
    let whole = Control::new(app, Field::Rows(list));
    let head = element("div")
        .class("rows-head")
        .attr("aria-hidden", "true")
        .bool_attr("hidden", move || ids.with(Vec::is_empty))
        .child(element("span").child(app.ui.text(name)))
        .child(element("span").child(app.ui.text(value)));
    let rows = each(move || ids.get(), move |id| row(app, list, id, ids));
    let add = element("button")
        .attr("type", "button")
        .class("button button-small")
        .attr("id", app.ui.id_of(Field::Rows(list)))
        .dyn_attr("aria-describedby", move || whole.described_by())
        .on("click", move |_| actions::add_row(app, list))
        .child(Icon::Add)
        .child(app.ui.text(add));
    element("div")
        .class("rows")
        .child(head)
        .child(rows)
        .child((list == RowList::Tags).then(|| tag_proposals::keys(app)))
        .child(confirmation::view(Some(list)))
        .child(add)
        .child(whole.message())
}

fn row(app: App, list: RowList, id: u32, ids: Memo<Vec<u32>>) -> Element {
    let RowTexts { name_of, value_of, remove, .. } = texts(list);
    let name = Control::new(app, Field::Name(list, id));
    let value = Control::new(app, Field::Value(list, id));
    let locale = app.ui.locale.get_untracked();
    let numbered = move |text: Text| {
        move || {
            let index = ids.with(|ids| ids.iter().position(|it| *it == id)).unwrap_or_default();
            text.with(locale, &(index + 1).to_string())
        }
    };
    let label = |field: Field, of| {
        let label = element("label").class("visually-hidden").attr("for", app.ui.id_of(field));
        label.text(numbered(of))
    };
    let remove_it = element("button")
        .attr("type", "button")
        .class("button button-icon")
        .dyn_attr("aria-label", move || Some(numbered(remove)()))
        .dyn_attr("title", move || Some(numbered(remove)()))
        .on("click", move |_| actions::remove_row(app, list, id))
        .child(Icon::Remove);
    let is_tag = list == RowList::Tags;
    let proposing =
        |input: Element, id: String| if is_tag { input.attr("list", id) } else { input };
    element("div")
        .class("row")
        .child(label(Field::Name(list, id), name_of))
        .child(proposing(name.input(), tag_proposals::keys_id(app)))
        .child(label(Field::Value(list, id), value_of))
        .child(proposing(value.input(), tag_proposals::values_id(app, id)))
        .child(is_tag.then(|| tag_proposals::values(app, id)))
        .child(remove_it)
        .child(name.message())
        .child(value.message())
}
