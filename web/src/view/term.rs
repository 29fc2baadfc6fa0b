//! Term and renewal.

use havenask_core::model::{DURATIONS, PricingCycle};

use super::prelude::*;
use crate::{
    format,
    model::{Field, Form},
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
    section(app, texts::TERM).child(controls)
}

fn term(app: App) -> AnyView {
    let locale = app.ui.locale.get_untracked();
    let duration = Control::new(app, Field::Duration);
    let cycle = Control::new(app, Field::PricingCycle);
    let durations = DURATIONS.iter().map(|it| (it.to_string(), it.to_string(), false));
    let cycles = PricingCycle::ALL
        .iter()
        .map(|it| (it.as_str().to_owned(), format::cycle(*it, locale).to_owned(), false));
    let field = |label, select| element("div").class("field").child(label).child(select);
    let duration_field = field(duration.label(texts::DURATION, false), duration.select(durations));
    let cycle_field = field(cycle.label(texts::CYCLE, false), cycle.select(cycles));
    // Permission to renew comes from the proxy, after the page is shown.
    let renewal = element("div").child(dynamic(move || {
        let refused = app.form.config.with(|config| config.refuses_renewal);
        if refused { element("span") } else { renewal(app) }
    }));
    let pair = element("div").class("pair").child(duration_field).child(cycle_field);
    fragment([pair, duration.message(), cycle.message(), renewal])
}

fn renewal(app: App) -> Element {
    let is_checked = app.form.values.with_untracked(|form| form.auto_renew);
    let change = move |checked: bool| {
        actions::set_field(app, Field::AutoRenew, checked.to_string());
    };
    let (id, hint_id) = (app.ui.id_of(Field::AutoRenew), app.ui.id(RENEW_HINT));
    let described = |it: Element| it.attr("aria-describedby", hint_id.clone());
    let hint = element("p").class("hint").attr("id", hint_id.clone());
    choice(id, is_checked, app.ui.text(texts::AUTO_RENEW), change, described)
        .child(hint.child(app.ui.text(texts::AUTO_RENEW_HINT)))
}
