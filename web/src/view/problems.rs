//! What is in the way of a review.

use leptos::{ev::MouseEvent, prelude::*};

use super::{icon::Icon, live};
use crate::{
    browser,
    form::Finding,
    page::{PROBLEMS, Page},
    texts::form as texts,
};

/// Everything that is in the way of a review, with links to it.
pub(super) fn view(page: Page) -> AnyView {
    let any = Memo::new(move |_| page.in_the_way.with(|problems| !problems.is_empty()));
    live::view(move || any.get().then(|| panel(page))).into_any()
}

fn panel(page: Page) -> AnyView {
    let links = live::view(move || page.in_the_way.get().into_iter().map(link).collect::<Vec<_>>());
    view! {
        <div class="panel panel-error" id=PROBLEMS tabindex="-1">
            <div role="alert">
                <h2 class="panel-title">
                    {Icon::Error.view()} {page.get(texts::THERE_IS_A_PROBLEM)}
                </h2>
                <ul>{links}</ul>
            </div>
        </div>
    }
    .into_any()
}

fn link(finding: Finding) -> AnyView {
    let id = finding.field.id();
    let href = ["#", &id].concat();
    let go = live::on(move |event: MouseEvent| {
        event.prevent_default();
        browser::focus_soon(id.clone());
    });
    view! { <li><a href=href on:click=go>{finding.message}</a></li> }.into_any()
}
