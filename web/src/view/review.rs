//! Everything once more, before it is bought.

use leptos::{ev::Event, prelude::*};

use super::{control, icon::Icon, live, summary};
use crate::{
    field::Field,
    form::Finding,
    order::{self, Line},
    page::Page,
    stage::Stage,
    texts::{Text, form as texts, review},
};

pub(super) fn view(page: Page) -> AnyView {
    let locale = page.locale.get_untracked();
    let lines = page.config.with_untracked(|config| {
        page.form.with_untracked(|form| order::lines(form, config, locale))
    });
    view! {
        {super::heading(page, review::TITLE, review::LEAD)}
        <div class="layout">
            <div class="column">
                {notices(page)}
                <div class="part part-flush">
                    <dl class="lines">{lines.into_iter().map(|it| line(page, it)).collect_view()}</dl>
                </div>
            </div>
            {buying(page)}
        </div>
    }
    .into_any()
}

/// What may be bought and is probably not meant.
fn notices(page: Page) -> AnyView {
    let findings = page.findings.get_untracked();
    if findings.is_empty() {
        return ().into_any();
    }
    let item = |finding: Finding| view! { <li>{finding.message}</li> };
    view! {
        <div class="panel panel-warning">
            <h2 class="panel-title">{Icon::Warning.view()} {page.get(review::CHECK_FIRST)}</h2>
            <ul>{findings.into_iter().map(item).collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn line(page: Page, line: Line) -> AnyView {
    let Line { label, value, sent, field } = line;
    let what = review::CHANGE_WHAT.with(page.locale.get_untracked(), &label);
    let sent = sent.map(|sent| view! { <span class="quiet sent">{sent}</span> });
    view! {
        <div class="line">
            <dt>{label}</dt>
            <dd class="line-value"><span>{value}</span> {sent}</dd>
            <dd class="line-change">
                <button
                    type="button"
                    class="link"
                    aria-label=what
                    disabled=live::flag(move || page.stage.with(Stage::is_sending))
                    on:click=live::on(move |_| page.change(field))
                >
                    {page.get(review::CHANGE)}
                </button>
            </dd>
        </div>
    }
    .into_any()
}

fn buying(page: Page) -> AnyView {
    let locale = page.locale.get_untracked();
    let term = page.form.with_untracked(|form| order::term(form, locale));
    let consents = page.consents_needed();
    let consents = (!consents.is_empty()).then(|| {
        let boxes = consents.into_iter().map(|field| {
            let text = match field {
                Field::ConsentRenewal => review::CONSENT_RENEWAL,
                _ => review::CONSENT_PREPAYMENT,
            };
            consent(page, field, text.with(locale, &term))
        });
        view! {
            <fieldset class="consents">
                <legend class="label">{page.get(review::CONSENT)}</legend>
                {boxes.collect_view()}
            </fieldset>
        }
    });
    let sending = Memo::new(move |_| page.stage.with(Stage::is_sending));
    let while_sending = move |yes: Text, no: Text| {
        live::text(move || page.get(if sending.get() { yes } else { no }))
    };
    let (term, renewal) = page.form.with_untracked(|form| order::term_and_renewal(form, locale));
    let body = view! {
        <p>{term}<br />{renewal}</p>
        {consents}
        <button
            type="button"
            class="button button-primary"
            aria-busy=live::text(move || sending.get().to_string())
            aria-disabled=live::attribute(move || sending.get().then_some("true"))
            on:click=live::on(move |_| page.buy())
        >
            {while_sending(review::BUYING, review::BUY)}
        </button>
        <button type="button" class="button" disabled=live::flag(move || sending.get()) on:click=live::on(move |_| page.back())>
            {page.get(review::BACK)}
        </button>
        <p class="summary-note">{while_sending(review::BUYING_NOTE, review::ONCE)}</p>
    };
    summary::card(page, "summary summary-still", body.into_any())
}

fn consent(page: Page, field: Field, text: String) -> AnyView {
    let problem_id = format!("{}-problem", field.id());
    let given = Memo::new(move |_| page.consents.with(|given| given.contains(&field)));
    let missing = Memo::new(move |_| page.consent_missed.get() && !given.get());
    let described_by = problem_id.clone();
    let message = live::view(move || {
        missing.get().then(|| {
            let (word, text) = (page.get(texts::ERROR), page.get(review::CONSENT_MISSING));
            let id = problem_id.clone();
            control::error("problem problem-error", Icon::Error, word, id, text.to_owned())
        })
    });
    let toggle = live::on(move |event: Event| {
        let ticked = event_target_checked(&event);
        page.consents.update(|given| {
            if ticked {
                given.insert(field);
            } else {
                given.remove(&field);
            }
        });
    });
    view! {
        <div class="choice">
            <input
                type="checkbox"
                id=field.id()
                prop:checked=given.get_untracked()
                disabled=live::flag(move || page.stage.with(Stage::is_sending))
                aria-describedby=live::attribute(move || missing.get().then(|| described_by.clone()))
                aria-invalid=live::attribute(move || missing.get().then_some("true"))
                on:change=toggle
            />
            <label for=field.id()>{text}</label>
            {message}
        </div>
    }
    .into_any()
}
