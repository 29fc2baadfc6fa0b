//! What is bought, in words, beside everything else.

use leptos::prelude::*;

use super::html::{Element, Part, element, parts, text};
use crate::{order, page::Page, texts::form as texts};

const TITLE: &str = "summary-title";

/// Beside the form: with the way to the review. On a narrow screen only its short form and the button stay.
pub(super) fn form(page: Page) -> Element {
    let locale = page.locale.get_untracked();
    let short = move || page.form.with(|form| order::term_and_renewal(form, locale));
    let review = element("button").attr("type", "submit").class("button button-primary");
    let review = review.attr("part", "button");
    let body = parts([
        entries(page, true),
        element("p")
            .class("summary-short")
            .child(element("strong").text(move || short().0))
            .child(text(move || short().1.unwrap_or_default())),
        review.child(page.get(texts::REVIEW)),
        element("p").class("summary-note").child(page.get(texts::NOTHING_BOUGHT_YET)),
    ]);
    card(page, "summary", body)
}

/// Beside an outcome: what was ordered.
pub(super) fn ordered(page: Page) -> Element {
    card(page, "summary summary-still", entries(page, false))
}

/// The frame of a summary.
pub(super) fn card(page: Page, class: &'static str, body: impl Part) -> Element {
    let title = element("h2").class("summary-title").attr("id", page.id(TITLE));
    element("aside")
        .class(class)
        .attr("part", "summary")
        .attr("aria-labelledby", page.id(TITLE))
        .child(title.child(page.get(texts::SUMMARY)))
        .child(element("p").class("summary-what").child(page.get(texts::INSTANCE)))
        .child(body)
}

/// The facts, and before it is bought the remarks too.
fn entries(page: Page, with_remarks: bool) -> Element {
    let locale = page.locale.get_untracked();
    let entries = move || {
        page.config.with(|config| page.form.with(|form| order::summary(form, config, locale)))
    };
    let shown = move || {
        let entry = |entry: order::Entry| {
            let class = if entry.quiet { "quiet" } else { "" };
            let values = entry.values.into_iter().map(|it| element("dd").class(class).child(it));
            element("div").child(element("dt").child(entry.label)).children(values)
        };
        let shown = entries().into_iter().filter(|it| with_remarks || !it.quiet);
        parts(shown.map(entry))
    };
    element("dl").class("summary-list").drawn(shown)
}
