//! What the instance consists of: what the catalogue sells, and rows for codes that are not in it.

use havenask_core::catalog::{Catalog, CatalogEntry, Values};
use leptos::prelude::*;

use super::{
    control::Control,
    html::{Element, element, live, parts},
    rows,
};
use crate::{
    field::{Field, List},
    page::Page,
    texts::form as texts,
};

const HINT: &str = "specification-hint";

pub(super) fn view(page: Page) -> Element {
    let hint = element("p").class("hint").attr("id", page.id(HINT));
    let offers = live(move || page.catalog.with(|it| it.as_ref().map(|it| offers(page, it))));
    element("fieldset")
        .class("part")
        .attr("aria-describedby", page.id(HINT))
        .child(element("legend").class("part-title").child(page.get(texts::SPECIFICATION)))
        .child(hint.child(page.get(texts::SPECIFICATION_HINT)))
        .child(offers)
        .child(rows::view(page, List::Components))
}

fn offers(page: Page, catalog: &Catalog) -> Element {
    let locale = page.locale.get_untracked();
    let notice = catalog.notice.as_ref().map(|notice| {
        let text = locale.localized(notice.en.as_str(), notice.zh.as_str()).to_owned();
        element("p").class("notice").child(text)
    });
    let fields = catalog.components.iter().enumerate().map(|(place, entry)| {
        let entry = entry.clone();
        let asked_for = Memo::new(move |_| page.form.with(|form| form.is_asked_for(place)));
        live(move || asked_for.get().then(|| offer(page, place, &entry)))
    });
    element("div").class("offers").child(notice).child(parts(fields))
}

fn offer(page: Page, place: usize, entry: &CatalogEntry) -> Element {
    let locale = page.locale.get_untracked();
    let control = Control::new(page, Field::Offer(place));
    let input = match &entry.values {
        Values::Select { options } => {
            let none = entry.default.is_none().then(String::new);
            let options = none.into_iter().chain(options.iter().cloned());
            control.select(options.map(|it| (it.clone(), it, false)))
        }
        // An input of the type `number` has an empty value for what it cannot read, and changes it under the wheel.
        Values::Number { .. } => control.input().attr("inputmode", "numeric"),
        Values::Text => control.input(),
    };
    let help = entry.help.as_ref().map(|help| {
        let text = locale.localized(help.en.as_str(), help.zh.as_str()).to_owned();
        element("p").class("hint").child(text)
    });
    let label = element("label").class("label").attr("for", page.id_of(Field::Offer(place)));
    let label = label.child(entry.label(locale)).child(" ");
    element("div")
        .class("field")
        .child(label.child(element("code").class("quiet").child(entry.code.as_str())))
        .child(input)
        .child(help)
        .child(control.message())
}
