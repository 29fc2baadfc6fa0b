//! Parts of several views.

use super::html::{Element, element};
use crate::{
    page::{HEADING, Page},
    texts::Text,
};

/// The heading of a screen, which gets the focus when the screen comes.
pub(super) fn heading(page: Page, title: Text, lead: Text) -> Element {
    element("div")
        .class("heading")
        .attr("part", "heading")
        .child(title_line(page).child(page.get(title)))
        .child(element("p").class("lead").child(page.get(lead)))
}

/// The title in a heading, without its text.
pub(super) fn title_line(page: Page) -> Element {
    element("h1").attr("id", page.id(HEADING)).attr("tabindex", "-1")
}

/// A button with a text.
pub(super) fn button(
    page: Page,
    class: &'static str,
    text: Text,
    act: impl Fn() + 'static,
) -> Element {
    let button = element("button").attr("type", "button").class(class);
    button.on("click", move |_| act()).child(page.get(text))
}
