//! Where it is bought, and how it is paid for.

use havenask_core::model::ChargeType;
use leptos::prelude::*;

use super::{control::Control, live};
use crate::{
    config::Region,
    field::Field,
    page::Page,
    texts::{Text, form as texts},
};

pub(super) fn view(page: Page) -> AnyView {
    let billing = Control::new(page, Field::ChargeType);
    let prepay = radio(page, ChargeType::Prepay, texts::PREPAY, texts::PREPAY_HINT, true);
    // What is allowed comes from the proxy, after the page is shown.
    let postpay = live::view(move || {
        let allowed = page.config.with(|config| config.allow_postpay);
        let hint = if allowed { texts::POSTPAY_ALLOWED } else { texts::POSTPAY_HINT };
        radio(page, ChargeType::Postpay, texts::POSTPAY, hint, allowed)
    });
    view! {
        <fieldset class="part">
            <legend class="part-title">{page.get(texts::PLAN)}</legend>
            {live::view(move || page.config.with(|config| region(page, &config.region)))}
            <fieldset class="field" id=Field::ChargeType.id() tabindex="-1" aria-describedby=live::attribute(move || billing.described_by())>
                <legend class="label">{page.get(texts::BILLING)}</legend>
                <div class="choices">{prepay} {postpay}</div>
                {billing.message()}
            </fieldset>
        </fieldset>
    }
    .into_any()
}

fn region(page: Page, region: &Region) -> AnyView {
    let mut control = Control::new(page, Field::Region);
    if let Some(hint) = region.hint() {
        control = control.with_hint(hint);
    }
    let choices = region.choices(page.locale.get_untracked()).into_iter();
    view! {
        <div class="field">
            {control.label(texts::REGION, false)}
            {control.select(choices.map(|it| (it.value, it.name, it.disabled)))}
            {control.hint()}
        </div>
    }
    .into_any()
}

fn radio(page: Page, charge_type: ChargeType, name: Text, hint: Text, allowed: bool) -> AnyView {
    let word = charge_type.as_str();
    let hint_id = format!("{word}-hint");
    view! {
        <div class="choice">
            <input
                type="radio"
                name="charge-type"
                id=word
                value=word
                disabled=!allowed
                checked=page.form.with_untracked(|form| form.charge_type == charge_type)
                aria-describedby=hint_id.clone()
                on:change=live::on(move |_| page.form.update(|form| form.charge_type = charge_type))
            />
            <label for=word>{page.get(name)} " " <code>{word}</code></label>
            <p class="hint" id=hint_id>{page.get(hint)}</p>
        </div>
    }
    .into_any()
}
