//! The form of an order.

use super::{
    confirmation, connection_problem, prelude::*, problems, region_and_billing,
    resource_group_and_tags, specification, summary, term,
};
use crate::texts::form as texts;

const PRESETS: &str = "presets";
const PRESETS_HINT: &str = "presets-hint";

pub(super) fn view() -> AnyView {
    let app = App::from_context();
    let column = element("div")
        .class("column")
        .child(dynamic(move || app.form.bad_link.get().then(|| bad_link(app))))
        .child(connection_problem::view())
        .child(problems::view())
        .child(dynamic(move || presets(app)))
        .child(region_and_billing::view())
        .child(specification::view())
        .child(term::view())
        .child(resource_group_and_tags::view());
    let form = element("form")
        .class("layout")
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .on("submit", move |event| {
            event.prevent_default();
            actions::review_order(app);
        })
        .child(column)
        .child(summary::form());
    let share = || button(app, "link", texts::SHARE, move || actions::copy_link(app));
    let draft = element("p")
        .class("draft")
        .child(button(app, "link", texts::CLEAR, move || actions::clear_form(app)))
        .child(app.ui.host(|host| host.is_page).then(share));
    let confirmation = confirmation::view(None);
    fragment([heading(app, texts::TITLE, texts::LEAD), draft, confirmation, form])
}

/// The orders of the catalogue to begin with.
fn presets(app: App) -> Option<Element> {
    let locale = app.ui.locale.get_untracked();
    let presets = app.form.catalog.with(|catalog| catalog.as_ref().map(|it| it.presets.clone()))?;
    if presets.is_empty() {
        return None;
    }
    let (id, hint_id) = (app.ui.id(PRESETS), app.ui.id(PRESETS_HINT));
    let none = element("option").attr("value", "").child(app.ui.text(texts::NO_PRESET));
    let options = presets.iter().enumerate().map(|(index, preset)| {
        element("option").attr("value", index.to_string()).child(preset.name.get(locale))
    });
    let select = element("select")
        .class("input")
        .attr("id", id.clone())
        .attr("aria-describedby", hint_id.clone())
        .child(none)
        .children(options)
        .on("change", move |event| {
            let index = event_target_value(&event).parse::<usize>().ok();
            if let Some(preset) = index.and_then(|index| presets.get(index)) {
                actions::fill_form(app, preset.request.clone(), None);
            }
        });
    let label = element("label").class("label").attr("for", id);
    let hint = element("p").class("hint").attr("id", hint_id);
    let field = element("div").class("field").child(label.child(app.ui.text(texts::PRESETS)));
    let field = field.child(select).child(hint.child(app.ui.text(texts::PRESETS_HINT)));
    Some(element("div").class("part").child(field))
}

fn bad_link(app: App) -> Element {
    let panel = element("p").class("panel panel-error problem").attr("role", "alert");
    panel.child(Icon::Error).child(element("span").child(app.ui.text(texts::BAD_LINK)))
}
