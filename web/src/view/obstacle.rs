//! Reasons why nothing can be bought yet.

use havenask_core::Failure;
use leptos::prelude::*;

use super::{
    common::button,
    html::{Element, element, live},
    icon::Icon,
};
use crate::{
    config::Contact,
    page::{OBSTACLE, Page},
    texts::{form as texts, instances, outcome},
};

/// Nothing once it can be bought.
pub(super) fn view(page: Page) -> Element {
    let drawn = move |contact: &Contact| {
        if contact.is_open() {
            return None;
        }
        let Some(failure) = contact.failure() else {
            return Some(element("p").class("notice").child(page.get(texts::WAITING)));
        };
        let again = (!contact.is_made)
            .then(|| button(page, "button", instances::RETRY, move || page.ask()));
        Some(panel(page, page.get(texts::NOT_YET_OPEN), failure.clone()).child(again))
    };
    live(move || {
        let obstacle = page.contact.with(drawn);
        obstacle.map(|it| it.attr("id", page.id(OBSTACLE)).attr("tabindex", "-1"))
    })
}

/// A failure with a title: what happened, what to do, its code and status.
pub(super) fn panel(page: Page, title: &str, failure: Failure) -> Element {
    let status = (failure.status != 0).then(|| {
        let label = page.get(outcome::HTTP_STATUS);
        [" · ", label, " ", &failure.status.to_string()].concat()
    });
    let heading = element("h2").class("panel-title").child(Icon::Error).child(" ").child(title);
    element("div")
        .class("panel panel-error")
        .attr("role", "alert")
        .child(heading)
        .child(element("p").child(failure.message))
        .child(element("p").child(failure.remedy))
        .child(element("p").class("hint").child(element("code").child(failure.code)).child(status))
}
