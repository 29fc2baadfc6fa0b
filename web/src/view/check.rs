//! What would be sent, shown by the proxy, which sends nothing of it.

use havenask_core::{Failure, response::DryRun};
use leptos::prelude::*;

use super::{
    common::button,
    html::{Element, element},
};
use crate::{page::Page, texts::review};

/// What is known of it.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Closed,
    Asked,
    Open(Box<DryRun>),
    Failed(Box<Failure>),
}

pub(super) fn view(page: Page) -> Element {
    let shown = RwSignal::new(Shown::Closed);
    let look = move || {
        if shown.with_untracked(|shown| *shown == Shown::Asked) {
            return;
        }
        shown.set(Shown::Asked);
        page.spawn(async move {
            let answer = page.check_first().await;
            let said = if answer.is_ok() { review::CHECKED } else { review::CHECK_FAILED };
            // The review may be closed by now.
            let _ = shown.try_set(match answer {
                Ok(request) => Shown::Open(Box::new(request)),
                Err(failure) => Shown::Failed(Box::new(failure)),
            });
            page.say(page.get(said));
        });
    };
    let result = element("div").drawn(move || match shown.get() {
        Shown::Closed => None,
        Shown::Asked => Some(element("p").child(page.get(review::CHECKING))),
        Shown::Open(request) => Some(sent(page, *request)),
        Shown::Failed(failure) => {
            let why = element("p").child(page.get(review::CHECK_FAILED));
            Some(why.child(" ").child(failure.message).child(" ").child(failure.remedy))
        }
    });
    element("section")
        .class("part")
        .child(button(page, "button", review::CHECK, look))
        .child(element("p").class("hint").child(page.get(review::CHECK_HINT)))
        .child(result)
}

fn sent(page: Page, request: DryRun) -> Element {
    let DryRun { method, url, body, .. } = request;
    let text = [&method, " ", &url, "\n\n", &body].concat();
    let code = element("pre").class("code").attr("tabindex", "0");
    let code = code.attr("aria-label", page.get(review::CHECKED));
    element("div").child(element("p").child(page.get(review::CHECKED))).child(code.child(text))
}
