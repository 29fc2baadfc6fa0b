//! The way on after a refusal: the same order once more, as soon as it may be asked again, or another one.

use std::time::Duration;

use havenask_core::{Failure, Retry};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::html::{Element, element};
use crate::{page::Page, texts::outcome as texts};

/// Tells whether it may be sent again, in words.
pub(super) fn note(page: Page, failure: &Failure) -> Element {
    let text = match failure.retry {
        Retry::SameKey => texts::RETRY_SAME_KEY,
        Retry::NewKey => texts::RETRY_NEW_KEY,
        Retry::No => texts::RETRY_NO,
    };
    element("p").class("hint").child(page.get(text))
}

/// The button, unless the order must not be sent again as it is.
pub(super) fn view(page: Page, failure: &Failure) -> Option<Element> {
    if failure.retry == Retry::No {
        return None;
    }
    let wait = RwSignal::new(failure.retry_after.unwrap_or_default());
    let tick = move || wait.update(|wait| *wait = wait.saturating_sub(1));
    if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
    let same = failure.retry == Retry::SameKey;
    let waits = Memo::new(move |_| wait.get() > 0);
    let again = move |_| {
        if wait.get_untracked() > 0 {
            return page.say(label(page, wait.get_untracked(), same));
        }
        if same { page.buy() } else { page.review() }
    };
    let button = element("button")
        .attr("type", "button")
        .class("button button-primary")
        .attr("part", "button")
        .live_attr("aria-disabled", move || waits.get().then_some("true"))
        .on("click", again)
        .text(move || label(page, wait.get(), same));
    Some(button)
}

fn label(page: Page, wait: u32, same: bool) -> String {
    match (wait, same) {
        (0, true) => page.get(texts::SEND_AGAIN).to_owned(),
        (0, false) => page.get(texts::TRY_AGAIN).to_owned(),
        _ => texts::AGAIN_IN.with(page.locale.get_untracked(), &wait.to_string()),
    }
}
