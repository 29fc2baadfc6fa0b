//! What is in the way of a review.

use leptos::prelude::*;

use super::{
    html::{Element, element, live, parts},
    icon::Icon,
};
use crate::{
    form::Finding,
    page::{PROBLEMS, Page},
    texts::form as texts,
};

/// Everything that is in the way of a review, with links to it.
pub(super) fn view(page: Page) -> Element {
    let any = Memo::new(move |_| page.in_the_way.with(|problems| !problems.is_empty()));
    live(move || any.get().then(|| panel(page)))
}

fn panel(page: Page) -> Element {
    let links = move || parts(page.in_the_way.get().into_iter().map(move |it| link(page, it)));
    let title = element("h2").class("panel-title").child(Icon::Error).child(" ");
    let inner = element("div")
        .attr("role", "alert")
        .child(title.child(page.get(texts::THERE_IS_A_PROBLEM)))
        .child(element("ul").drawn(links));
    let panel = element("div").class("panel panel-error").attr("id", page.id(PROBLEMS));
    panel.attr("tabindex", "-1").child(inner)
}

fn link(page: Page, finding: Finding) -> Element {
    let id = finding.field.id();
    let link = element("a").attr("href", ["#", &page.id(&id)].concat());
    let link = link.on("click", move |event| {
        event.prevent_default();
        page.focus_soon(&id);
    });
    element("li").child(link.child(finding.message))
}
