//! The specification: the components of the catalogue, and rows for codes that are not in it.

use havenask_core::catalog::{Catalog, CatalogEntry, LocalizedText, Values};

use super::{prelude::*, rows};
use crate::{
    model::{Field, RowList},
    texts::form as texts,
};

const HINT: &str = "specification-hint";

pub(super) fn view() -> Element {
    let app = App::from_context();
    let hint = element("p").class("hint").attr("id", app.ui.id(HINT));
    let is_established = Memo::new(move |_| app.ui.connection.with(|it| it.is_established));
    let items = dynamic(move || {
        app.form.catalog.with(|catalog| match catalog {
            Some(catalog) => Some(items(app, catalog)),
            None => is_established.get().then(|| {
                let notice = element("p").class("notice").child(app.ui.text(texts::NO_CATALOG));
                element("div").class("catalog-items").child(notice)
            }),
        })
    });
    section(app, texts::SPECIFICATION)
        .attr("aria-describedby", app.ui.id(HINT))
        .child(hint.child(app.ui.text(texts::SPECIFICATION_HINT)))
        .child(items)
        .child(rows::view(RowList::Components))
}

fn items(app: App, catalog: &Catalog) -> Element {
    let locale = app.ui.locale.get_untracked();
    let notice = catalog.notice.as_ref();
    let notice = notice.map(|it| element("p").class("notice").child(it.get(locale)));
    let mut items = element("div").class("catalog-items").child(notice);
    let mut first = 0;
    for entries in catalog.components.chunk_by(|one, next| one.group == next.group) {
        let indices = first..first + entries.len();
        first = indices.end;
        let fields = indices.clone().zip(entries).map(|(index, entry)| {
            let entry = entry.clone();
            let visible = Memo::new(move |_| app.form.values.with(|form| form.is_visible(index)));
            dynamic(move || visible.get().then(|| item(app, index, &entry)))
        });
        items = match entries.first().and_then(|entry| entry.group.as_ref()) {
            Some(name) => items.child(group(app, name, indices).children(fields)),
            None => items.children(fields),
        };
    }
    items
}

/// A group under its heading, which goes when none of its items is shown.
fn group(app: App, name: &LocalizedText, indices: std::ops::Range<usize>) -> Element {
    let is_empty = Memo::new(move |_| {
        app.form.values.with(|form| !indices.clone().any(|index| form.is_visible(index)))
    });
    let title = element("legend").class("catalog-group-title");
    element("fieldset")
        .class("catalog-group")
        .bool_attr("hidden", move || is_empty.get())
        .child(title.child(name.get(app.ui.locale.get_untracked())))
}

fn item(app: App, index: usize, entry: &CatalogEntry) -> Element {
    let locale = app.ui.locale.get_untracked();
    let field = Field::CatalogItem(index);
    let help = help(app, field, entry);
    let mut control = Control::new(app, field);
    if help.is_some() {
        control = control.with_hint_below();
    }
    let input = match &entry.values {
        Values::Select { options } => {
            let none = entry.default.is_none().then(<(String, String, bool)>::default);
            let options =
                options.iter().map(|it| (it.value().into(), it.label(locale).into(), false));
            control.select(none.into_iter().chain(options))
        }
        // An input of the type `number` has an empty value for what it cannot read, and changes it under the wheel.
        Values::Number { .. } => control.input().attr("inputmode", "numeric"),
        Values::Text => control.input(),
    };
    let name = entry.name(locale);
    let link = entry.link.as_ref().map(|link| {
        let about = texts::ABOUT.with(locale, &name);
        element("p").class("hint").child(external_link(link.as_str(), about))
    });
    let label = element("label").class("label").attr("for", app.ui.id_of(field));
    let label = label.child(name.as_str()).child(" ");
    element("div")
        .class("field")
        .child(label.child(element("code").class("muted").child(entry.code.as_str())))
        .child(input)
        .child(help.map(|help| control.hint_below().text(help)))
        .child(link)
        .child(control.message())
}

/// The help of an entry, and of the option that is chosen.
fn help(
    app: App,
    field: Field,
    entry: &CatalogEntry,
) -> Option<impl Fn() -> String + Send + 'static> {
    let locale = app.ui.locale.get_untracked();
    let of_entry = entry.help.as_ref().map(|help| help.get(locale).to_owned());
    let options = match &entry.values {
        Values::Select { options } => options.as_slice(),
        _ => &[],
    };
    let of_options = options.iter().filter_map(|option| {
        option.help().map(|help| (option.value().to_owned(), help.get(locale).to_owned()))
    });
    let of_options: Vec<(String, String)> = of_options.collect();
    if of_entry.is_none() && of_options.is_empty() {
        return None;
    }
    let value = Memo::new(move |_| app.form.values.with(|form| form.text(field)));
    Some(move || {
        let chosen =
            value.with(|value| of_options.iter().find(|(option, _)| option == value).cloned());
        let texts: Vec<String> =
            of_entry.clone().into_iter().chain(chosen.map(|(_, help)| help)).collect();
        texts.join(locale.localized(" ", ""))
    })
}
