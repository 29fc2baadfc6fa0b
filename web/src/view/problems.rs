//! The summary of the errors that block the review.

use super::prelude::*;
use crate::{model::FieldProblem, state::PROBLEMS, texts::form as texts};

pub(super) fn view() -> Element {
    let app = App::from_context();
    let any = Memo::new(move |_| app.form.blocking_errors.with(|problems| !problems.is_empty()));
    dynamic(move || any.get().then(|| panel(app)))
}

fn panel(app: App) -> Element {
    let links =
        move || fragment(app.form.blocking_errors.get().into_iter().map(move |it| link(app, it)));
    let inner = element("div")
        .attr("role", "alert")
        .child(panel_title(Icon::Error, app.ui.text(texts::THERE_IS_A_PROBLEM)))
        .child(element("ul").content(links))
        .child(slot(app, SUPPORT));
    let panel = element("div").class("panel panel-error").attr("id", app.ui.id(PROBLEMS));
    panel.attr("tabindex", "-1").child(inner)
}

fn link(app: App, problem: FieldProblem) -> Element {
    let id = problem.field.id();
    let link = element("a").attr("href", ["#", &app.ui.id(&id)].concat());
    let link = link.on("click", move |event| {
        event.prevent_default();
        app.ui.focus_soon(&id);
    });
    element("li").child(link.child(problem.message))
}
