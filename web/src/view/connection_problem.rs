//! The reason why nothing can be bought yet.

use havenask_core::Failure;

use super::prelude::*;
use crate::{
    state::{CONNECTION_PROBLEM, Connection},
    texts::{form as texts, instances, outcome},
};

pub(super) fn view() -> Element {
    let app = App::from_context();
    let view = move |connection: &Connection| {
        if connection.is_ready() {
            return None;
        }
        let Some(failure) = connection.problem() else {
            return Some(element("p").class("notice").child(app.ui.text(texts::WAITING)));
        };
        let again = (!connection.is_established)
            .then(|| button(app, "button", instances::RETRY, move || actions::connect(app)));
        Some(panel(app, app.ui.text(texts::NOT_READY), failure.clone()).child(again))
    };
    dynamic(move || {
        let problem = app.ui.connection.with(view);
        problem.map(|it| it.attr("id", app.ui.id(CONNECTION_PROBLEM)).attr("tabindex", "-1"))
    })
}

/// A failure with a title: what happened, what to do, its code and status.
pub(super) fn panel(app: App, title: &str, failure: Failure) -> Element {
    let status = (failure.status != 0).then(|| {
        let label = app.ui.text(outcome::HTTP_STATUS);
        [" · ", label, " ", &failure.status.to_string()].concat()
    });
    element("div")
        .class("panel panel-error")
        .attr("role", "alert")
        .child(panel_title(Icon::Error, title))
        .child(element("p").child(failure.message))
        .child(element("p").child(failure.remedy))
        .child(element("p").class("hint").child(element("code").child(failure.code)).child(status))
        .child(slot(app, SUPPORT))
}
