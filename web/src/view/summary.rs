//! The summary of the order, beside the form and the outcome.

use super::prelude::*;
use crate::{
    model::{SummaryEntry, summary, term_and_renewal},
    texts::form as texts,
};

const TITLE: &str = "summary-title";

/// The summary beside the form, with the button of the review. On a narrow screen only its short form and the button stay.
pub(super) fn form() -> Element {
    let app = App::from_context();
    let locale = app.ui.locale.get_untracked();
    let short = move || app.form.values.with(|form| term_and_renewal(form, locale));
    let review = element("button").attr("type", "submit").class("button button-primary");
    let review = review.attr("part", "button");
    let body = fragment([
        entries(app, true),
        element("p")
            .class("summary-short")
            .child(element("strong").text(move || short().0))
            .child(text(move || short().1.unwrap_or_default())),
        review.child(app.ui.text(texts::REVIEW)),
        element("p").class("summary-note").child(app.ui.text(texts::NOTHING_BOUGHT_YET)),
    ]);
    card(app, "summary", body)
}

/// The summary beside an outcome.
pub(super) fn ordered() -> Element {
    let app = App::from_context();
    card(app, "summary summary-static", entries(app, false))
}

/// The frame of a summary.
pub(super) fn card(app: App, class: &'static str, body: impl IntoChild) -> Element {
    let title = element("h2").class("summary-title").attr("id", app.ui.id(TITLE));
    element("aside")
        .class(class)
        .attr("part", "summary")
        .attr("aria-labelledby", app.ui.id(TITLE))
        .child(title.child(app.ui.text(texts::SUMMARY)))
        .child(element("p").class("summary-product").child(app.ui.text(texts::INSTANCE)))
        .child(body)
}

/// The entries, remarks among them before it is bought.
fn entries(app: App, with_remarks: bool) -> Element {
    let locale = app.ui.locale.get_untracked();
    let entries = move || app.form.with(|form, built, config| summary(form, built, config, locale));
    let shown = move || {
        let entry = |entry: SummaryEntry| {
            let class = if entry.muted { "muted" } else { "" };
            let values = entry.values.into_iter().map(|it| element("dd").class(class).child(it));
            element("div").child(element("dt").child(entry.label)).children(values)
        };
        let shown = entries().into_iter().filter(|it| with_remarks || !it.muted);
        fragment(shown.map(entry))
    };
    element("dl").class("summary-list").content(shown)
}
