//! For how long, and what happens then.

use havenask_core::model::{DURATIONS, PricingCycle};
use leptos::prelude::*;

use super::{
    control::Control,
    html::{Element, Part, element, live, parts},
};
use crate::{field::Field, form::Form, page::Page, texts::form as texts, words};

const RENEW_HINT: &str = "auto-renew-hint";

pub(super) fn view(page: Page) -> Element {
    let has_term = Memo::new(move |_| page.form.with(Form::has_term));
    let controls = live(move || {
        if has_term.get() {
            term(page)
        } else {
            element("p").class("hint").child(page.get(texts::NO_TERM)).part()
        }
    });
    element("fieldset")
        .class("part")
        .child(element("legend").class("part-title").child(page.get(texts::TERM)))
        .child(controls)
}

fn term(page: Page) -> AnyView {
    let locale = page.locale.get_untracked();
    let duration = Control::new(page, Field::Duration);
    let cycle = Control::new(page, Field::PricingCycle);
    let durations = DURATIONS.iter().map(|it| (it.to_string(), it.to_string(), false));
    let cycles = PricingCycle::ALL
        .iter()
        .map(|it| (it.as_str().to_owned(), words::cycle(*it, locale).to_owned(), false));
    let duration_field = element("div")
        .class("field")
        .child(duration.label(texts::DURATION, false))
        .child(duration.select(durations));
    let cycle_field = element("div")
        .class("field")
        .child(cycle.label(texts::CYCLE, false))
        .child(cycle.select(cycles));
    // Permission to renew comes from the proxy, after the page is shown.
    let renewal = element("div").child(live(move || {
        let refused = page.config.with(|config| config.refuses_renewal);
        if refused { element("span") } else { renewal(page) }
    }));
    let pair = element("div").class("pair").child(duration_field).child(cycle_field);
    parts([pair, duration.message(), cycle.message(), renewal])
}

fn renewal(page: Page) -> Element {
    let renew = element("input")
        .attr("type", "checkbox")
        .attr("id", page.id_of(Field::AutoRenew))
        .checked(page.form.with_untracked(|form| form.auto_renew))
        .attr("aria-describedby", page.id(RENEW_HINT))
        .on("change", move |event| {
            page.form.update(|form| form.auto_renew = event_target_checked(&event));
        });
    let label = element("label").attr("for", page.id_of(Field::AutoRenew));
    let hint = element("p").class("hint").attr("id", page.id(RENEW_HINT));
    element("div")
        .class("choice")
        .child(renew)
        .child(label.child(page.get(texts::AUTO_RENEW)))
        .child(hint.child(page.get(texts::AUTO_RENEW_HINT)))
}
