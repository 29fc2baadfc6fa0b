//! The outcome of an order.

use havenask_core::{Failure, Problem};

use super::{copy, prelude::*, recent_instances, retry, summary, unknown_outcome};
use crate::{
    state::{OrderStage, UnknownOutcome},
    texts::{outcome as texts, review},
};

/// Nothing was bought.
pub(super) fn refused() -> AnyView {
    let app = App::from_context();
    let OrderStage::Refused { failure, .. } = app.order.stage.get_untracked() else {
        return ().into_child();
    };
    let back = button(app, "button", review::BACK, move || actions::back_to_form(app));
    let (note, again) = (retry::note(app, &failure), retry::view(app, &failure));
    let actions = element("div").class("actions").child(again).child(back);
    let column = [details(app, failure), note, actions];
    let heading =
        heading(app, "outcome-icon error", Icon::Error, texts::REFUSED, texts::REFUSED_LEAD);
    screen(heading, column)
}

/// The outcome is unknown.
pub(super) fn unknown() -> AnyView {
    let app = App::from_context();
    let OrderStage::Unknown(unknown) = app.order.stage.get_untracked() else {
        return ().into_child();
    };
    let UnknownOutcome { key, failure, .. } = *unknown;
    let key = element("dl").child(id_line(app, texts::ORDER_KEY, key));
    let mut column = vec![
        unknown_outcome::view(),
        unknown_outcome::send_again(app),
        unknown_outcome::leave(app),
        element("div").child(slot(app, SUPPORT)),
        recent_instances::view(),
    ];
    column.extend(failure.map(|failure| details(app, failure)));
    column.push(element("div").class("part part-flush").child(key));
    let heading =
        heading(app, "outcome-icon warning", Icon::Question, texts::UNKNOWN, texts::UNKNOWN_LEAD);
    screen(heading, column)
}

fn screen(heading: Element, column: impl IntoIterator<Item = Element>) -> AnyView {
    let column = element("div").class("column").children(column);
    fragment([heading, element("div").class("layout").child(column).child(summary::ordered())])
}

/// The heading of an outcome, with its icon.
pub(super) fn heading(
    app: App,
    class: &'static str,
    icon: Icon,
    title: Text,
    lead: Text,
) -> Element {
    element("div")
        .class("heading outcome")
        .child(element("span").class(class).child(icon))
        .child(title_line(app).child(app.ui.text(title)))
        .child(element("p").class("lead").child(app.ui.text(lead)))
}

/// A failure: message, remedy, code, status and request id.
pub(super) fn details(app: App, failure: Failure) -> Element {
    let advice = failure.remedy;
    let line = |label: Text, value: String| line(app.ui.text(label), element("span").child(value));
    let advice = (!advice.is_empty()).then(|| line(texts::WHAT_TO_DO, advice));
    let status =
        (failure.status != 0).then(|| line(texts::HTTP_STATUS, failure.status.to_string()));
    let request_id = failure.request_id.map(|id| id_line(app, texts::REQUEST_ID, id));
    // The link comes from outside: it must be one to a app, never a script.
    let diagnosis = failure.recommend.filter(|link| link.starts_with("https://")).map(|link| {
        element("p").class("panel-link").child(external_link(link, app.ui.text(texts::DIAGNOSIS)))
    });
    let lines = element("dl")
        .child(line(texts::WHAT_HAPPENED, failure.message))
        .child(advice)
        .child(line(texts::ERROR_CODE, failure.code))
        .child(status)
        .child(request_id);
    element("div")
        .class("part part-flush")
        .child(lines)
        .child(problems(app, failure.problems))
        .child(diagnosis)
        .child(slot(app, SUPPORT))
}

/// The problems that the proxy found, with buttons to their controls.
fn problems(app: App, problems: Vec<Problem>) -> Option<Element> {
    let built = app.form.request.get_untracked();
    let item = |problem: Problem| {
        let field = built.field(&problem.path);
        let change = field.map(|field| {
            button(app, "link", review::CHANGE, move || actions::edit_field(app, field))
        });
        element("li").child(problem.message).child(" ").child(change)
    };
    (!problems.is_empty())
        .then(|| element("ul").class("panel-list").children(problems.into_iter().map(item)))
}

/// An id with a button that copies it.
pub(super) fn id_line(app: App, label: Text, id: String) -> Element {
    let locale = app.ui.locale.get_untracked();
    let what = texts::COPY_WHAT.with(locale, label.get(locale));
    let copy = copy::button(app, "button button-small", what, id.clone());
    let id = element("code").class("id").child(id);
    element("div")
        .class("line line-id")
        .child(element("dt").child(app.ui.text(label)))
        .child(element("dd").class("line-value").child(id))
        .child(element("dd").child(copy))
}
