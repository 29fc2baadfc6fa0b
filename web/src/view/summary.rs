//! What is bought, in words, beside everything else.

use leptos::prelude::*;

use super::live;
use crate::{order, page::Page, texts::form as texts};

/// Beside the form: with the way to the review. On a narrow screen only its short form and the button stay.
pub(super) fn form(page: Page) -> AnyView {
    let locale = page.locale.get_untracked();
    let short = Memo::new(move |_| page.form.with(|form| order::term_and_renewal(form, locale)));
    let body = view! {
        {entries(page, true)}
        <p class="summary-short">
            <strong>{live::text(move || short.get().0)}</strong>
            <span>{live::text(move || short.get().1.unwrap_or_default())}</span>
        </p>
        <button type="submit" class="button button-primary">{page.get(texts::REVIEW)}</button>
        <p class="summary-note">{page.get(texts::NOTHING_BOUGHT_YET)}</p>
    };
    card(page, "summary", body.into_any())
}

/// Beside an outcome: what was ordered.
pub(super) fn ordered(page: Page) -> AnyView {
    card(page, "summary summary-still", entries(page, false))
}

/// The frame of a summary.
pub(super) fn card(page: Page, class: &'static str, body: AnyView) -> AnyView {
    view! {
        <aside class=class aria-labelledby="summary-title">
            <h2 class="summary-title" id="summary-title">{page.get(texts::SUMMARY)}</h2>
            <p class="summary-what">{page.get(texts::INSTANCE)}</p>
            {body}
        </aside>
    }
    .into_any()
}

/// The facts, and before it is bought the remarks too.
fn entries(page: Page, with_remarks: bool) -> AnyView {
    let locale = page.locale.get_untracked();
    let entries = Memo::new(move |_| {
        page.config.with(|config| page.form.with(|form| order::summary(form, config, locale)))
    });
    let shown = live::view(move || {
        let entry = |entry: order::Entry| {
            let class = entry.quiet.then_some("quiet");
            let value = |value| view! { <dd class=class>{value}</dd> };
            let values = entry.values.into_iter().map(value).collect_view();
            view! { <div><dt>{entry.label}</dt>{values}</div> }
        };
        let shown = entries.get().into_iter().filter(|it| with_remarks || !it.quiet);
        shown.map(entry).collect_view()
    });
    view! { <dl class="summary-list">{shown}</dl> }.into_any()
}
