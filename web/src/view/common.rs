//! Parts of several views.

use super::html::{Element, element};
use crate::{
    state::{App, HEADING},
    texts::Text,
};

/// The heading of a screen, which gets the focus when the screen appears.
pub(super) fn heading(app: App, title: Text, lead: Text) -> Element {
    element("div")
        .class("heading")
        .attr("part", "heading")
        .child(title_line(app).child(app.ui.text(title)))
        .child(element("p").class("lead").child(app.ui.text(lead)))
}

/// The title in a heading, without its text.
pub(super) fn title_line(app: App) -> Element {
    element("h1").attr("id", app.ui.id(HEADING)).attr("tabindex", "-1")
}

/// A button with a text.
pub(super) fn button(
    app: App,
    class: &'static str,
    text: Text,
    act: impl Fn() + 'static,
) -> Element {
    let button = element("button").attr("type", "button").class(class);
    button.on("click", move |_| act()).child(app.ui.text(text))
}
