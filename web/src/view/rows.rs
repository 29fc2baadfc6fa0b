//! Rows of two texts: components and tags.

use leptos::prelude::*;

use super::{control::Control, icon::Icon, live};
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
pub(super) fn view(page: Page, list: List) -> AnyView {
    let ids = Memo::new(move |_| {
        page.form.with(|form| form.rows(list).iter().map(|row| row.id).collect::<Vec<_>>())
    });
    let Texts { name, value, add, .. } = texts(list);
    let whole = Control::new(page, Field::Rows(list));
    view! {
        <div class="rows">
            <div class="rows-head" aria-hidden="true" hidden=live::flag(move || ids.with(Vec::is_empty))>
                <span>{page.get(name)}</span>
                <span>{page.get(value)}</span>
            </div>
            <For each=move || ids.get() key=|id| *id children=move |id| row(page, list, id, ids) />
            <button
                type="button"
                class="button button-small"
                id=Field::Rows(list).id()
                aria-describedby=live::attribute(move || whole.described_by())
                on:click=live::on(move |_| page.add_row(list))
            >
                {Icon::Add.view()}
                {page.get(add)}
            </button>
            {whole.message()}
        </div>
    }
    .into_any()
}

fn row(page: Page, list: List, id: u32, ids: Memo<Vec<u32>>) -> AnyView {
    let Texts { name_of, value_of, remove, .. } = texts(list);
    let name = Control::new(page, Field::Name(list, id));
    let value = Control::new(page, Field::Value(list, id));
    let locale = page.locale.get_untracked();
    let numbered = move |text: Text| {
        live::text(move || {
            let index = ids.with(|ids| ids.iter().position(|it| *it == id)).unwrap_or_default();
            text.with(locale, &(index + 1).to_string())
        })
    };
    view! {
        <div class="row">
            <label class="visually-hidden" for=Field::Name(list, id).id()>{numbered(name_of)}</label>
            {name.input()}
            <label class="visually-hidden" for=Field::Value(list, id).id()>{numbered(value_of)}</label>
            {value.input()}
            <button
                type="button"
                class="button button-icon"
                aria-label=numbered(remove)
                title=numbered(remove)
                on:click=live::on(move |_| page.remove_row(list, id))
            >
                {Icon::Remove.view()}
            </button>
            {name.message()}
            {value.message()}
        </div>
    }
    .into_any()
}
