//! The newest instances, for a person who must find out whether one was bought.

use havenask_core::{instance::Instance, model::ListInstancesRequest};
use leptos::{prelude::*, task::spawn_local};

use super::live;
use crate::{
    browser,
    page::Page,
    texts::{Text, outcome as texts},
};

/// How many are shown; the API gives at most 50 on a page.
const SHOWN: usize = 10;

/// What is known of the list.
#[derive(Clone, PartialEq, Eq)]
enum List {
    Closed,
    Asked,
    Failed(String),
    Open(Vec<Instance>),
}

pub(super) fn view(page: Page) -> AnyView {
    let list = RwSignal::new(List::Closed);
    let look = live::on(move |_| {
        if list.with_untracked(|list| *list == List::Asked) {
            return;
        }
        list.set(List::Asked);
        page.say(page.get(texts::LOOKING));
        spawn_local(async move {
            list.set(ask(page).await);
            page.say(page.get(texts::NEWEST));
        });
    });
    let shown = live::view(move || match list.get() {
        List::Closed => ().into_any(),
        List::Asked => paragraph(page.get(texts::LOOKING).to_owned()),
        List::Failed(why) => paragraph(texts::LOOK_FAILED.with(page.locale.get_untracked(), &why)),
        List::Open(instances) if instances.is_empty() => {
            paragraph(page.get(texts::NO_INSTANCES).to_owned())
        }
        List::Open(instances) => table(page, instances),
    });
    view! {
        <section class="part">
            <button type="button" class="button button-primary" on:click=look>
                {page.get(texts::LOOK)}
            </button>
            {shown}
        </section>
    }
    .into_any()
}

async fn ask(page: Page) -> List {
    let request = ListInstancesRequest { page_size: Some(50), ..ListInstancesRequest::default() };
    match page.client().list_instances(&request).await {
        Ok((mut instances, _)) => {
            // The documents promise no order. Times in one form sort as text.
            instances.sort_by(|a, b| b.create_time.cmp(&a.create_time));
            instances.truncate(SHOWN);
            List::Open(instances)
        }
        Err(failure) => List::Failed(failure.message),
    }
}

fn paragraph(text: String) -> AnyView {
    view! { <p>{text}</p> }.into_any()
}

fn table(page: Page, instances: Vec<Instance>) -> AnyView {
    let locale = page.locale.get_untracked();
    let row = move |instance: Instance| {
        let created = instance.create_time.map(|time| browser::date(&time, locale));
        view! {
            <tr>
                <td><code>{instance.instance_id}</code></td>
                <td>{instance.status}</td>
                <td>{created}</td>
            </tr>
        }
    };
    let head = move |text: Text| view! { <th scope="col">{page.get(text)}</th> };
    view! {
        <div class="table" tabindex="0" role="region" aria-label=page.get(texts::NEWEST)>
            <table>
                <caption>{page.get(texts::NEWEST)}</caption>
                <thead>
                    <tr>{head(texts::INSTANCE_ID)} {head(texts::STATUS)} {head(texts::CREATED_AT)}</tr>
                </thead>
                <tbody>{instances.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
