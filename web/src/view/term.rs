//! Term and renewal.

use havenask_core::model::{DURATIONS, PricingCycle};
use leptos::prelude::*;

use super::{
    control::Control,
    html::{Element, IntoChild, dynamic, element, fragment},
};
use crate::{
    actions, format,
    model::{Field, Form},
    state::App,
    texts::form as texts,
};

const RENEW_HINT: &str = "auto-renew-hint";

pub(super) fn view() -> Element {
    let app = App::from_context();
    let has_term = Memo::new(move |_| app.form.values.with(Form::has_term));
    let controls = dynamic(move || {
        if has_term.get() {
            term(app)
        } else {
            element("p").class("hint").child(app.ui.text(texts::NO_TERM)).into_child()
        }
    });
    element("fieldset")
        .class("part")
        .child(element("legend").class("part-title").child(app.ui.text(texts::TERM)))
        .child(controls)
}

fn term(app: App) -> AnyView {
    let locale = app.ui.locale.get_untracked();
    let duration = Control::new(app, Field::Duration);
    let cycle = Control::new(app, Field::PricingCycle);
    let durations = DURATIONS.iter().map(|it| (it.to_string(), it.to_string(), false));
    let cycles = PricingCycle::ALL
        .iter()
        .map(|it| (it.as_str().to_owned(), format::cycle(*it, locale).to_owned(), false));
    let duration_field = element("div")
        .class("field")
        .child(duration.label(texts::DURATION, false))
        .child(duration.select(durations));
    let cycle_field = element("div")
        .class("field")
        .child(cycle.label(texts::CYCLE, false))
        .child(cycle.select(cycles));
    // Permission to renew comes from the proxy, after the page is shown.
    let renewal = element("div").child(dynamic(move || {
        let refused = app.form.config.with(|config| config.refuses_renewal);
        if refused { element("span") } else { renewal(app) }
    }));
    let pair = element("div").class("pair").child(duration_field).child(cycle_field);
    fragment([pair, duration.message(), cycle.message(), renewal])
}

fn renewal(app: App) -> Element {
    let renew = element("input")
        .attr("type", "checkbox")
        .attr("id", app.ui.id_of(Field::AutoRenew))
        .checked(app.form.values.with_untracked(|form| form.auto_renew))
        .attr("aria-describedby", app.ui.id(RENEW_HINT))
        .on("change", move |event| {
            let text = if event_target_checked(&event) { "true" } else { "false" };
            actions::set_field(app, Field::AutoRenew, text.to_owned());
        });
    let label = element("label").attr("for", app.ui.id_of(Field::AutoRenew));
    let hint = element("p").class("hint").attr("id", app.ui.id(RENEW_HINT));
    element("div")
        .class("choice")
        .child(renew)
        .child(label.child(app.ui.text(texts::AUTO_RENEW)))
        .child(hint.child(app.ui.text(texts::AUTO_RENEW_HINT)))
}
