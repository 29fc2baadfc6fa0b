//! Term and renewal.

use havenask_core::model::{DURATIONS, PricingCycle};

use super::prelude::*;
use crate::{
    browser, format,
    model::{Field, Form},
    texts::{form as texts, price as price_texts},
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
    let control = Control::new(app, Field::Duration).with_hint_below();
    let terms = PricingCycle::ALL.into_iter().flat_map(|cycle| {
        let term = move |it: &i64| (word(*it, cycle), format::term(*it, cycle, locale), false);
        DURATIONS.iter().map(term)
    });
    let chosen = app.form.values.with_untracked(|form| word(form.duration, form.pricing_cycle));
    let select = control.select_from(terms, &chosen, move |text| {
        let (duration, cycle) = text.split_once(' ').unwrap_or((&text, ""));
        actions::set_field(app, Field::Duration, duration.to_owned());
        actions::set_field(app, Field::PricingCycle, cycle.to_owned());
    });
    let end = move || {
        let end = app.form.values.with(Form::months).and_then(|it| browser::date_in(it, locale));
        end.map(|end| price_texts::ENDS_ON.with(locale, &end)).unwrap_or_default()
    };
    let field = element("div").class("field").child(control.label(texts::TERM_OF, false));
    let field = field.child(select).child(control.hint_below().text(end)).child(control.message());
    // Permission to renew comes from the proxy, after the page is shown.
    let renewal = element("div").child(dynamic(move || {
        let refused = app.form.config.with(|config| config.refuses_renewal);
        if refused { element("span") } else { renewal(app) }
    }));
    fragment([field, renewal])
}

/// The value of a term in the choice: `3 Year`.
fn word(duration: i64, cycle: PricingCycle) -> String {
    [&duration.to_string(), " ", cycle.as_str()].concat()
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
