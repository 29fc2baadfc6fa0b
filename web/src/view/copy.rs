//! A button that copies a text.

use leptos::prelude::*;

use super::{
    html::{Element, Part, element, parts},
    icon::Icon,
};
use crate::{browser, page::Page, texts::outcome as texts};

/// A button that copies `text`, and is called `name`.
pub(super) fn button(page: Page, class: &'static str, name: String, text: String) -> Element {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.clone();
        page.spawn(async move {
            let done = browser::copy(&text).await;
            copied.set(done);
            page.say(page.get(if done { texts::COPIED } else { texts::COPY_FAILED }));
        });
    };
    let shown = move || {
        let (icon, text) =
            if copied.get() { (Icon::Check, texts::COPIED) } else { (Icon::Copy, texts::COPY) };
        parts([icon.part(), element("span").class("copy-word").child(page.get(text)).part()])
    };
    element("button")
        .attr("type", "button")
        .class(class)
        .attr("aria-label", name)
        .on("click", copy)
        .drawn(shown)
}
