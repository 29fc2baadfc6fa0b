//! Region and billing method.

use havenask_core::model::ChargeType;

use super::prelude::*;
use crate::{
    model::{BuyingRegion, Field},
    texts::form as texts,
};

pub(super) fn view() -> Element {
    let app = App::from_context();
    let billing = Control::new(app, Field::ChargeType);
    let allowed = Memo::new(move |_| app.form.config.with(|config| config.allow_postpay));
    let prepay = radio(app, ChargeType::Prepay, texts::PREPAY, || true, || texts::PREPAY_HINT);
    // The permission comes from the proxy, after the page is shown.
    let hint = move || if allowed.get() { texts::POSTPAY_ALLOWED } else { texts::POSTPAY_HINT };
    let postpay = radio(app, ChargeType::Postpay, texts::POSTPAY, move || allowed.get(), hint);
    let region = move || app.form.config.with(|config| self::region(app, &config.region));
    let billing = element("fieldset")
        .class("field")
        .attr("id", app.ui.id_of(Field::ChargeType))
        .attr("tabindex", "-1")
        .dyn_attr("aria-describedby", move || billing.described_by())
        .child(element("legend").class("label").child(app.ui.text(texts::BILLING)))
        .child(element("div").class("choices").child(prepay).child(postpay))
        .child(billing.message());
    let region = element("div").class("field").content(region);
    section(app, texts::REGION_AND_BILLING).child(region).child(billing)
}

fn region(app: App, region: &BuyingRegion) -> AnyView {
    let mut control = Control::new(app, Field::Region);
    if let Some(hint) = region.hint() {
        control = control.with_hint(hint);
    }
    let options = region.options(app.ui.locale.get_untracked()).into_iter();
    fragment([
        control.label(texts::REGION, false).into_child(),
        control.select(options.map(|(id, name)| (id, name, false))).into_child(),
        control.hint().into_child(),
    ])
}

fn radio(
    app: App,
    charge_type: ChargeType,
    name: Text,
    allowed: impl Fn() -> bool + Send + 'static,
    hint: impl Fn() -> Text + Send + 'static,
) -> Element {
    let word = charge_type.as_str();
    let (id, hint_id) = (app.ui.id(word), app.ui.id(&format!("{word}-hint")));
    let radio = element("input")
        .attr("type", "radio")
        .attr("name", app.ui.id("billing"))
        .attr("id", id.clone())
        .attr("value", word)
        .bool_attr("disabled", move || !allowed())
        .checked(app.form.values.with_untracked(|form| form.charge_type == charge_type))
        .attr("aria-describedby", hint_id.clone())
        .on("change", move |_| actions::set_field(app, Field::ChargeType, word.to_owned()));
    element("div")
        .class("choice")
        .child(radio)
        .child(labelled(id, app.ui.text(name), word))
        .child(element("p").class("hint").attr("id", hint_id).text(move || app.ui.text(hint())))
}
