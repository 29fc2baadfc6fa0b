//! A button that copies a text.

use leptos::prelude::*;

use super::{
    html::{Element, IntoChild, element, fragment},
    icon::Icon,
};
use crate::{browser, state::App, texts::outcome as texts};

/// A button that copies `text`, and is called `name`.
pub(super) fn button(app: App, class: &'static str, name: String, text: String) -> Element {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.clone();
        app.ui.spawn(async move {
            let done = browser::copy(&text).await;
            copied.set(done);
            app.ui.announce(app.ui.text(if done { texts::COPIED } else { texts::COPY_FAILED }));
        });
    };
    let shown = move || {
        let (icon, text) =
            if copied.get() { (Icon::Check, texts::COPIED) } else { (Icon::Copy, texts::COPY) };
        fragment([
            icon.into_child(),
            element("span").class("copy-word").child(app.ui.text(text)).into_child(),
        ])
    };
    element("button")
        .attr("type", "button")
        .class(class)
        .attr("aria-label", name)
        .on("click", copy)
        .content(shown)
}
