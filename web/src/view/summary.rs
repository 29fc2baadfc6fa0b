//! The summary of the order, beside the form and the outcome.

use havenask_core::Locale;

use super::{prelude::*, price};
use crate::{
    model::{SummaryEntry, price::amount, summary, term_and_renewal},
    texts::{form as texts, price as prices},
};

const TITLE: &str = "summary-title";

/// Price and summary beside the form, with the button of the review. On a narrow screen the price stands below the form, and of the
/// summary only its short form and the button stay.
pub(super) fn form() -> Element {
    let app = App::from_context();
    let locale = app.ui.locale.get_untracked();
    let term = move || app.form.values.with(|form| term_and_renewal(form, locale));
    let renews = move || app.form.values.with(|form| form.auto_renew);
    let renewal = move || term().1.filter(|_| renews()).unwrap_or_default();
    let review = element("button").attr("type", "submit").class("button button-primary");
    let body = fragment([
        of_form(app),
        element("p")
            .class("summary-short")
            .child(element("strong").text(move || price::headline(app)))
            .child(text(move || term().0))
            .child(text(renewal)),
        review.child(app.ui.text(texts::REVIEW)),
        element("p").class("summary-note").child(app.ui.text(texts::NOTHING_BOUGHT_YET)),
    ]);
    let summary = card(app, "summary", body);
    element("div").class("side").child(price::view(app, "price card")).child(summary)
}

/// The summary beside an outcome.
pub(super) fn ordered() -> Element {
    let app = App::from_context();
    let agreed = app.quote.agreed.with_value(|agreed| agreed.as_ref().map(amount));
    let agreed = agreed.map(|amount| price_entry(app, prices::PRICE, amount));
    card(app, "summary summary-static", fragment([of_form(app).into_child(), agreed.into_child()]))
}

/// The frame of a summary.
pub(super) fn card(app: App, class: &'static str, body: impl IntoChild) -> Element {
    let title = element("h2").class("summary-title").attr("id", app.ui.id(TITLE));
    element("aside")
        .class(class)
        .attr("aria-labelledby", app.ui.id(TITLE))
        .child(title.child(app.ui.text(texts::SUMMARY)))
        .child(element("p").class("summary-product").child(app.ui.text(texts::INSTANCE)))
        .child(body)
}

fn of_form(app: App) -> Element {
    entries(app, move |locale| {
        app.form.catalog.with(|catalog| {
            app.form
                .with(|form, built, config| summary(form, built, config, catalog.as_ref(), locale))
        })
    })
}

/// A line with an amount.
pub(super) fn price_entry(app: App, label: Text, amount: String) -> Element {
    let label = element("dt").child(app.ui.text(label));
    element("dl").class("summary-list").child(label).child(element("dd").child(amount))
}

/// The lines of a summary.
pub(super) fn entries(
    app: App,
    read: impl Fn(Locale) -> Vec<SummaryEntry> + Send + 'static,
) -> Element {
    let locale = app.ui.locale.get_untracked();
    let shown = move || {
        let entry = |entry: SummaryEntry| {
            let values = entry.values.into_iter().map(|it| element("dd").child(it));
            element("div").child(element("dt").child(entry.label)).children(values)
        };
        fragment(read(locale).into_iter().map(entry))
    };
    element("dl").class("summary-list").content(shown)
}
