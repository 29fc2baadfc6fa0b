//! What is in the way of a review.

use leptos::{ev::MouseEvent, prelude::*};

use super::icon::Icon;
use crate::{
    browser,
    form::Finding,
    page::{PROBLEMS, Page},
    texts::form as texts,
};

/// Everything that is in the way of a review, with links to it.
pub(super) fn view(page: Page) -> AnyView {
    let links = move || {
        let link = |finding: Finding| {
            let field = finding.field;
            let href = ["#", &field.id()].concat();
            let go = move |event: MouseEvent| {
                event.prevent_default();
                browser::focus_soon(field.id());
            };
            view! { <li><a href=href on:click=go>{finding.message}</a></li> }
        };
        page.in_the_way.get().into_iter().map(link).collect_view()
    };
    let any = Memo::new(move |_| page.in_the_way.with(|problems| !problems.is_empty()));
    let summary = move || {
        any.get().then(|| {
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
        })
    };
    summary.into_any()
}
