//! How a purchase ended.

use havenask_core::{Failure, Problem};
use leptos::prelude::*;

use super::{
    common::{button, title_line},
    copy, doubt, follow,
    html::{Element, Part, element, parts},
    icon::Icon,
    newest, retry, summary,
};
use crate::{
    form::Form,
    page::Page,
    stage::{Doubt, Stage},
    texts::{Text, outcome as texts, review},
};

/// An instance was bought.
pub(super) fn created(page: Page) -> AnyView {
    let Some(created) = page.created() else { return ().part() };
    let ids = element("dl")
        .child(id_line(page, texts::INSTANCE_ID, created.instance_id.clone()))
        .child(id_line(page, texts::REQUEST_ID, created.request_id));
    let another = button(page, "button", texts::ANOTHER, move || page.restart());
    let column = [
        element("div").class("part part-flush").child(ids),
        follow::view(page, created.instance_id),
        element("div").class("actions").child(another),
    ];
    let heading =
        heading(page, "outcome-icon success", Icon::Check, texts::CREATED, texts::CREATED_LEAD);
    screen(page, heading, column)
}

/// Nothing was bought.
pub(super) fn refused(page: Page) -> AnyView {
    let Stage::Refused { failure, .. } = page.stage.get_untracked() else { return ().part() };
    let back = button(page, "button", review::BACK, move || page.back());
    let (note, again) = (retry::note(page, &failure), retry::view(page, &failure));
    let actions = element("div").class("actions").child(again).child(back);
    let column = [details(page, failure), note, actions];
    let heading =
        heading(page, "outcome-icon error", Icon::Error, texts::REFUSED, texts::REFUSED_LEAD);
    screen(page, heading, column)
}

/// Nobody knows whether something was bought.
pub(super) fn unknown(page: Page) -> AnyView {
    let Stage::Unknown(doubt) = page.stage.get_untracked() else { return ().part() };
    let Doubt { key, failure, .. } = *doubt;
    let key = element("dl").child(id_line(page, texts::ORDER_KEY, key));
    let mut column =
        vec![doubt::view(page), doubt::again(page), doubt::leave(page), newest::view(page)];
    column.extend(failure.map(|failure| details(page, failure)));
    column.push(element("div").class("part part-flush").child(key));
    let heading =
        heading(page, "outcome-icon warning", Icon::Question, texts::UNKNOWN, texts::UNKNOWN_LEAD);
    screen(page, heading, column)
}

fn screen(page: Page, heading: Element, column: impl IntoIterator<Item = Element>) -> AnyView {
    let column = element("div").class("column").children(column);
    parts([heading, element("div").class("layout").child(column).child(summary::ordered(page))])
}

fn heading(page: Page, class: &'static str, icon: Icon, title: Text, lead: Text) -> Element {
    element("div")
        .class("heading outcome")
        .attr("part", "heading")
        .child(element("span").class(class).child(icon))
        .child(title_line(page).child(page.get(title)))
        .child(element("p").class("lead").child(page.get(lead)))
}

/// What the failure says, and what to do about it.
pub(super) fn details(page: Page, failure: Failure) -> Element {
    let advice = failure.remedy;
    let line = |label: Text, value: String| {
        let value = element("dd").class("line-value").child(element("span").child(value));
        element("div").class("line").child(element("dt").child(page.get(label))).child(value)
    };
    let advice = (!advice.is_empty()).then(|| line(texts::WHAT_TO_DO, advice));
    let status =
        (failure.status != 0).then(|| line(texts::HTTP_STATUS, failure.status.to_string()));
    let request_id = failure.request_id.map(|id| id_line(page, texts::REQUEST_ID, id));
    // The link comes from outside: it must be one to a page, never a script.
    let diagnosis = failure.recommend.filter(|link| link.starts_with("https://")).map(|link| {
        let anchor = element("a")
            .attr("href", link)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .child(page.get(texts::DIAGNOSIS));
        element("p").class("panel-link").child(anchor)
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
        .child(problems(page, failure.problems))
        .child(diagnosis)
}

/// What the proxy finds wrong with the request, with ways to it.
fn problems(page: Page, problems: Vec<Problem>) -> Option<Element> {
    let draft = page.form.with_untracked(Form::draft);
    let item = |problem: Problem| {
        let field = draft.field(&problem.path);
        let change =
            field.map(|field| button(page, "link", review::CHANGE, move || page.change(field)));
        element("li").child(problem.message).child(" ").child(change)
    };
    (!problems.is_empty())
        .then(|| element("ul").class("panel-list").children(problems.into_iter().map(item)))
}

/// An id to keep, with a button that copies it.
pub(super) fn id_line(page: Page, label: Text, id: String) -> Element {
    let locale = page.locale.get_untracked();
    let what = texts::COPY_WHAT.with(locale, label.get(locale));
    let copy = copy::button(page, "button button-small", what, id.clone());
    let id = element("code").class("id").child(id);
    element("div")
        .class("line line-id")
        .child(element("dt").child(page.get(label)))
        .child(element("dd").class("line-value").child(id))
        .child(element("dd").child(copy))
}
