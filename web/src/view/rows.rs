//! Rows of two texts: components and tags.

use leptos::prelude::*;

use super::{
    control::Control,
    html::{Element, each, element},
    icon::Icon,
};
use crate::{
    field::{Field, List},
    page::Page,
    texts::{Text, form as texts},
};

struct Texts {
    name: Text,
    value: Text,
    name_of: Text,
    value_of: Text,
    add: Text,
    remove: Text,
}

const fn texts(list: List) -> Texts {
    match list {
        List::Components => Texts {
            name: texts::CODE,
            value: texts::VALUE,
            name_of: texts::CODE_OF,
            value_of: texts::COMPONENT_VALUE_OF,
            add: texts::ADD_COMPONENT,
            remove: texts::REMOVE_COMPONENT,
        },
        List::Tags => Texts {
            name: texts::TAG_KEY,
            value: texts::TAG_VALUE,
            name_of: texts::TAG_KEY_OF,
            value_of: texts::TAG_VALUE_OF,
            add: texts::ADD_TAG,
            remove: texts::REMOVE_TAG,
        },
    }
}

/// A list with its button for more.
pub(super) fn view(page: Page, list: List) -> Element {
    let ids = Memo::new(move |_| {
        page.form.with(|form| form.rows(list).iter().map(|row| row.id).collect::<Vec<_>>())
    });
    let Texts { name, value, add, .. } = texts(list);
    let whole = Control::new(page, Field::Rows(list));
    let head = element("div")
        .class("rows-head")
        .attr("aria-hidden", "true")
        .flag("hidden", move || ids.with(Vec::is_empty))
        .child(element("span").child(page.get(name)))
        .child(element("span").child(page.get(value)));
    let rows = each(move || ids.get(), move |id| row(page, list, id, ids));
    let add = element("button")
        .attr("type", "button")
        .class("button button-small")
        .attr("id", page.id_of(Field::Rows(list)))
        .live_attr("aria-describedby", move || whole.described_by())
        .on("click", move |_| page.add_row(list))
        .child(Icon::Add)
        .child(page.get(add));
    element("div").class("rows").child(head).child(rows).child(add).child(whole.message())
}

fn row(page: Page, list: List, id: u32, ids: Memo<Vec<u32>>) -> Element {
    let Texts { name_of, value_of, remove, .. } = texts(list);
    let name = Control::new(page, Field::Name(list, id));
    let value = Control::new(page, Field::Value(list, id));
    let locale = page.locale.get_untracked();
    let numbered = move |text: Text| {
        move || {
            let index = ids.with(|ids| ids.iter().position(|it| *it == id)).unwrap_or_default();
            text.with(locale, &(index + 1).to_string())
        }
    };
    let label = |field: Field, of| {
        let label = element("label").class("visually-hidden").attr("for", page.id_of(field));
        label.text(numbered(of))
    };
    let remove_it = element("button")
        .attr("type", "button")
        .class("button button-icon")
        .live_attr("aria-label", move || Some(numbered(remove)()))
        .live_attr("title", move || Some(numbered(remove)()))
        .on("click", move |_| page.remove_row(list, id))
        .child(Icon::Remove);
    element("div")
        .class("row")
        .child(label(Field::Name(list, id), name_of))
        .child(name.input())
        .child(label(Field::Value(list, id), value_of))
        .child(value.input())
        .child(remove_it)
        .child(name.message())
        .child(value.message())
}
