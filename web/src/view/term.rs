//! For how long, and what happens then.

use havenask_core::rules::{DURATIONS, PRICING_CYCLES};
use leptos::{ev::Event, prelude::*};

use super::{control::Control, live};
use crate::{field::Field, form::Form, page::Page, texts::form as texts, words};

pub(super) fn view(page: Page) -> AnyView {
    let has_term = Memo::new(move |_| page.form.with(Form::has_term));
    let controls = live::view(move || {
        if has_term.get() {
            term(page)
        } else {
            view! { <p class="hint">{page.get(texts::NO_TERM)}</p> }.into_any()
        }
    });
    view! {
        <fieldset class="part">
            <legend class="part-title">{page.get(texts::TERM)}</legend>
            {controls}
        </fieldset>
    }
    .into_any()
}

fn term(page: Page) -> AnyView {
    let locale = page.locale.get_untracked();
    let duration = Control::new(page, Field::Duration);
    let cycle = Control::new(page, Field::PricingCycle);
    let durations = DURATIONS.iter().map(|it| (it.to_string(), it.to_string(), false));
    let cycles = PRICING_CYCLES
        .iter()
        .map(|it| (it.as_str().to_owned(), words::cycle(*it, locale).to_owned(), false));
    view! {
        <div class="pair">
            <div class="field">
                {duration.label(texts::DURATION, false)} {duration.select(durations)}
            </div>
            <div class="field">
                {cycle.label(texts::CYCLE, false)} {cycle.select(cycles)}
            </div>
        </div>
        {duration.message()}
        {cycle.message()}
        <div class="choice">
            <input
                type="checkbox"
                id=Field::AutoRenew.id()
                prop:checked=page.form.with_untracked(|form| form.auto_renew)
                aria-describedby="auto-renew-hint"
                on:change=live::on(move |event: Event| {
                    page.form.update(|form| form.auto_renew = event_target_checked(&event));
                })
            />
            <label for=Field::AutoRenew.id()>{page.get(texts::AUTO_RENEW)}</label>
            <p class="hint" id="auto-renew-hint">{page.get(texts::AUTO_RENEW_HINT)}</p>
        </div>
    }
    .into_any()
}
