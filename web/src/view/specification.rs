//! The specification: the components of the catalogue, and rows for codes that are not in it.

use havenask_core::catalog::{Catalog, CatalogEntry, Values};

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
    let notice = catalog.notice.as_ref().map(|notice| {
        let text = locale.localized(notice.en.as_str(), notice.zh.as_str()).to_owned();
        element("p").class("notice").child(text)
    });
    let fields = catalog.components.iter().enumerate().map(|(index, entry)| {
        let entry = entry.clone();
        let visible = Memo::new(move |_| app.form.values.with(|form| form.is_visible(index)));
        dynamic(move || visible.get().then(|| item(app, index, &entry)))
    });
    element("div").class("catalog-items").child(notice).child(fragment(fields))
}

fn item(app: App, index: usize, entry: &CatalogEntry) -> Element {
    let locale = app.ui.locale.get_untracked();
    let control = Control::new(app, Field::CatalogItem(index));
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
    let help = entry.help.as_ref().map(|help| {
        let text = locale.localized(help.en.as_str(), help.zh.as_str()).to_owned();
        element("p").class("hint").child(text)
    });
    let label =
        element("label").class("label").attr("for", app.ui.id_of(Field::CatalogItem(index)));
    let label = label.child(entry.name(locale)).child(" ");
    element("div")
        .class("field")
        .child(label.child(element("code").class("muted").child(entry.code.as_str())))
        .child(input)
        .child(help)
        .child(control.message())
}
