//! The next attempt after a failure: the same order once more, after the time that the proxy asked for, or a new one.

use std::time::Duration;

use havenask_core::{Failure, Retry};

use super::prelude::*;
use crate::texts::outcome as texts;

/// A note on the next attempt.
pub(super) fn note(app: App, failure: &Failure) -> Element {
    let text = match failure.retry {
        Retry::SameKey => texts::RETRY_SAME_KEY,
        Retry::NewKey => texts::RETRY_NEW_KEY,
        Retry::No => texts::RETRY_NO,
    };
    element("p").class("hint").child(app.ui.text(text))
}

/// The button, unless the order must not be sent again as it is.
pub(super) fn view(app: App, failure: &Failure) -> Option<Element> {
    if failure.retry == Retry::No {
        return None;
    }
    let wait = RwSignal::new(failure.retry_after.unwrap_or_default());
    let tick = move || wait.update(|wait| *wait = wait.saturating_sub(1));
    every(Duration::from_secs(1), tick);
    let same = failure.retry == Retry::SameKey;
    let waits = Memo::new(move |_| wait.get() > 0);
    let again = move |_| {
        if wait.get_untracked() > 0 {
            return app.ui.announce(label(app, wait.get_untracked(), same));
        }
        if same { actions::buy(app) } else { actions::review_order(app) }
    };
    let button = element("button")
        .attr("type", "button")
        .class("button button-primary")
        .dyn_attr("aria-disabled", move || waits.get().then_some("true"))
        .on("click", again)
        .text(move || label(app, wait.get(), same));
    Some(button)
}

fn label(app: App, wait: u32, same: bool) -> String {
    match (wait, same) {
        (0, true) => app.ui.text(texts::SEND_AGAIN).to_owned(),
        (0, false) => app.ui.text(texts::TRY_AGAIN).to_owned(),
        _ => texts::AGAIN_IN.with(app.ui.locale.get_untracked(), &wait.to_string()),
    }
}
