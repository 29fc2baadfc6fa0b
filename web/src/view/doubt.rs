//! What the proxy does about an order of which nobody knows how it ended.

use std::time::Duration;

use havenask_core::purchase::State;
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::html::{Element, element, text};
use crate::{page::Page, stage::Stage, texts::outcome as texts};

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(2);

pub(super) fn view(page: Page) -> Element {
    if let Ok(timer) = set_interval_with_handle(move || page.look(), PAUSE) {
        on_cleanup(move || timer.clear());
    }
    let said = move || {
        page.stage.with(|stage| {
            let Stage::Unknown(doubt) = stage else { return texts::LOOKED_FOR };
            let state = doubt.progress.as_ref().map(|progress| progress.state);
            match (doubt.is_proxy_away, page.is_offline.get(), state) {
                (_, true, _) => texts::OFFLINE,
                (true, ..) => texts::PROXY_AWAY,
                (_, _, Some(State::Unknown)) => texts::UNSETTLED,
                _ => texts::LOOKED_FOR,
            }
        })
    };
    Effect::new(move |_| page.say(page.get(said())));
    let text = text(move || page.get(said()));
    element("section")
        .class("part")
        .child(element("h2").class("part-title").child(page.get(texts::BEING_CHECKED)))
        .child(element("p").child(text))
}
