//! Where it is bought, and how it is paid for.

use havenask_core::model::ChargeType;
use leptos::prelude::*;

use super::{
    control::Control,
    html::{Element, Part, element, parts},
};
use crate::{
    config::Region,
    field::Field,
    page::Page,
    texts::{Text, form as texts},
};

pub(super) fn view(page: Page) -> Element {
    let billing = Control::new(page, Field::ChargeType);
    let allowed = Memo::new(move |_| page.config.with(|config| config.allow_postpay));
    let prepay = radio(page, ChargeType::Prepay, texts::PREPAY, || true, || texts::PREPAY_HINT);
    // What is allowed comes from the proxy, after the page is shown.
    let hint = move || if allowed.get() { texts::POSTPAY_ALLOWED } else { texts::POSTPAY_HINT };
    let postpay = radio(page, ChargeType::Postpay, texts::POSTPAY, move || allowed.get(), hint);
    let region = move || page.config.with(|config| self::region(page, &config.region));
    let billing = element("fieldset")
        .class("field")
        .attr("id", page.id_of(Field::ChargeType))
        .attr("tabindex", "-1")
        .live_attr("aria-describedby", move || billing.described_by())
        .child(element("legend").class("label").child(page.get(texts::BILLING)))
        .child(element("div").class("choices").child(prepay).child(postpay))
        .child(billing.message());
    element("fieldset")
        .class("part")
        .child(element("legend").class("part-title").child(page.get(texts::PLAN)))
        .child(element("div").class("field").drawn(region))
        .child(billing)
}

fn region(page: Page, region: &Region) -> AnyView {
    let mut control = Control::new(page, Field::Region);
    if let Some(hint) = region.hint() {
        control = control.with_hint(hint);
    }
    let choices = region.choices(page.locale.get_untracked()).into_iter();
    parts([
        control.label(texts::REGION, false).part(),
        control.select(choices.map(|it| (it.value, it.name, it.disabled))).part(),
        control.hint().part(),
    ])
}

fn radio(
    page: Page,
    charge_type: ChargeType,
    name: Text,
    allowed: impl Fn() -> bool + Send + 'static,
    hint: impl Fn() -> Text + Send + 'static,
) -> Element {
    let word = charge_type.as_str();
    let (id, hint_id) = (page.id(word), page.id(&format!("{word}-hint")));
    let radio = element("input")
        .attr("type", "radio")
        .attr("name", page.id("billing"))
        .attr("id", id.clone())
        .attr("value", word)
        .flag("disabled", move || !allowed())
        .checked(page.form.with_untracked(|form| form.charge_type == charge_type))
        .attr("aria-describedby", hint_id.clone())
        .on("change", move |_| page.set(Field::ChargeType, word.to_owned()));
    let label = element("label").attr("for", id).child(page.get(name)).child(" ");
    element("div")
        .class("choice")
        .child(radio)
        .child(label.child(element("code").child(word)))
        .child(element("p").class("hint").attr("id", hint_id).text(move || page.get(hint())))
}
