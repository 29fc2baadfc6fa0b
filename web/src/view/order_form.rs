//! The form of an order.

use super::{
    connection_problem, prelude::*, problems, region_and_billing, resource_group_and_tags,
    specification, summary, term,
};
use crate::texts::form as texts;

pub(super) fn view() -> AnyView {
    let app = App::from_context();
    let column = element("div")
        .class("column")
        .child(dynamic(move || app.form.bad_link.get().then(|| bad_link(app))))
        .child(connection_problem::view())
        .child(problems::view())
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
    fragment([heading(app, texts::TITLE, texts::LEAD), draft, form])
}

fn bad_link(app: App) -> Element {
    let panel = element("p").class("panel panel-error problem").attr("role", "alert");
    panel.child(Icon::Error).child(element("span").child(app.ui.text(texts::BAD_LINK)))
}
