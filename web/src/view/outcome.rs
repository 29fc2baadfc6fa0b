//! How a purchase ended.

use havenask_core::{Failure, Problem, failure::remedy};
use leptos::{prelude::*, task::spawn_local};

use super::{follow, icon::Icon, live, newest, summary};
use crate::{
    browser,
    form::Form,
    page::{HEADING, Page},
    stage::Stage,
    texts::{Text, outcome as texts, review},
};

/// An instance was bought.
pub(super) fn created(page: Page) -> AnyView {
    let Stage::Created(created) = page.stage.get_untracked() else { return ().into_any() };
    let column = view! {
        <div class="part part-flush">
            <dl class="lines">
                {id_line(page, texts::INSTANCE_ID, created.instance_id.clone())}
                {id_line(page, texts::REQUEST_ID, created.request_id)}
            </dl>
        </div>
        {follow::view(page, created.instance_id)}
        <div class="actions">
            {button(page, "button", texts::ANOTHER, move || page.restart())}
        </div>
    };
    let heading = heading(page, "success", Icon::Check, texts::CREATED, texts::CREATED_LEAD);
    screen(page, heading, column.into_any())
}

/// Nothing was bought.
pub(super) fn refused(page: Page) -> AnyView {
    let Stage::Refused(failure) = page.stage.get_untracked() else { return ().into_any() };
    let column = view! {
        {details(page, failure)}
        <div class="actions">
            {button(page, "button button-primary", review::BACK, move || page.back())}
            {button(page, "button", texts::TRY_AGAIN, move || page.review())}
        </div>
    };
    let heading = heading(page, "error", Icon::Error, texts::REFUSED, texts::REFUSED_LEAD);
    screen(page, heading, column.into_any())
}

/// Nobody knows whether something was bought.
pub(super) fn unknown(page: Page) -> AnyView {
    let Stage::Unknown { key, failure } = page.stage.get_untracked() else { return ().into_any() };
    let column = view! {
        {newest::view(page)}
        {details(page, failure)}
        <div class="part part-flush">
            <dl class="lines">{id_line(page, texts::ORDER_KEY, key)}</dl>
        </div>
    };
    let heading = heading(page, "warning", Icon::Question, texts::UNKNOWN, texts::UNKNOWN_LEAD);
    screen(page, heading, column.into_any())
}

fn screen(page: Page, heading: AnyView, column: AnyView) -> AnyView {
    view! {
        {heading}
        <div class="layout">
            <div class="column">{column}</div>
            {summary::ordered(page)}
        </div>
    }
    .into_any()
}

fn heading(page: Page, class: &'static str, icon: Icon, title: Text, lead: Text) -> AnyView {
    view! {
        <div class="heading outcome">
            <span class=["outcome-icon ", class].concat()>{icon.view()}</span>
            <h1 id=HEADING tabindex="-1">{page.get(title)}</h1>
            <p class="lead">{page.get(lead)}</p>
        </div>
    }
    .into_any()
}

fn button(page: Page, class: &'static str, text: Text, act: impl Fn() + 'static) -> AnyView {
    let act = live::on(move |_| act());
    view! { <button type="button" class=class on:click=act>{page.get(text)}</button> }.into_any()
}

/// What the failure says, and what to do about it.
fn details(page: Page, failure: Failure) -> AnyView {
    let known = remedy(&failure.code, page.locale.get_untracked());
    let advice = if known.is_empty() { failure.remedy.clone() } else { known.to_owned() };
    let line = |label: Text, value: String| {
        view! {
            <div class="line">
                <dt>{page.get(label)}</dt>
                <dd class="line-value"><span>{value}</span></dd>
            </div>
        }
    };
    let advice = (!advice.is_empty()).then(|| line(texts::WHAT_TO_DO, advice));
    let status =
        (failure.status != 0).then(|| line(texts::HTTP_STATUS, failure.status.to_string()));
    let request_id = failure.request_id.map(|id| id_line(page, texts::REQUEST_ID, id));
    // The link comes from outside: it must be one to a page, never a script.
    let diagnosis = failure.recommend.filter(|link| link.starts_with("https://")).map(|link| {
        view! {
            <p class="panel-link">
                <a href=link target="_blank" rel="noopener noreferrer">{page.get(texts::DIAGNOSIS)}</a>
            </p>
        }
    });
    view! {
        <div class="part part-flush">
            <dl class="lines">
                {line(texts::WHAT_HAPPENED, failure.message)}
                {advice}
                {line(texts::ERROR_CODE, failure.code)}
                {status}
                {request_id}
            </dl>
            {problems(page, failure.problems)}
            {diagnosis}
        </div>
    }
    .into_any()
}

/// What the proxy finds wrong with the request, with ways to it.
fn problems(page: Page, problems: Vec<Problem>) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let draft = page.form.with_untracked(Form::draft);
    let item = |problem: Problem| {
        let field = draft.field(&problem.path);
        let change =
            field.map(|field| button(page, "link", review::CHANGE, move || page.change(field)));
        view! { <li>{problem.message} " " {change}</li> }
    };
    view! { <ul class="panel-list">{problems.into_iter().map(item).collect_view()}</ul> }.into_any()
}

/// An id to keep, with a button that copies it.
fn id_line(page: Page, label: Text, id: String) -> AnyView {
    let locale = page.locale.get_untracked();
    let what = texts::COPY_WHAT.with(locale, label.get(locale));
    let copied = RwSignal::new(false);
    let text = id.clone();
    let copy = live::on(move |_| {
        let text = text.clone();
        spawn_local(async move {
            let done = browser::copy(&text).await;
            copied.set(done);
            page.say(page.get(if done { texts::COPIED } else { texts::COPY_FAILED }));
        });
    });
    let shown = live::view(move || {
        let (icon, text) =
            if copied.get() { (Icon::Check, texts::COPIED) } else { (Icon::Copy, texts::COPY) };
        (icon.view(), page.get(text))
    });
    view! {
        <div class="line line-id">
            <dt>{page.get(label)}</dt>
            <dd class="line-value"><code class="id">{id}</code></dd>
            <dd class="line-change">
                <button type="button" class="button button-small" aria-label=what on:click=copy>
                    {shown}
                </button>
            </dd>
        </div>
    }
    .into_any()
}
