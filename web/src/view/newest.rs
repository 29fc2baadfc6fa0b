//! The newest instances, for a person who must find out whether one was bought.

use havenask_core::{model::ListInstancesRequest, model::MAX_PAGE_SIZE};
use leptos::prelude::*;

use super::{
    common::button,
    html::{Element, element},
    table,
};
use crate::{
    instances::{List, Listed},
    page::Page,
    texts::outcome as texts,
};

/// How many are shown.
const SHOWN: usize = 10;

pub(super) fn view(page: Page) -> Element {
    let list = RwSignal::new(List::Unknown);
    let is_asking = RwSignal::new(false);
    let look = move || {
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        page.say(page.get(texts::LOOKING));
        page.spawn(async move {
            list.set(ask(page).await);
            is_asking.set(false);
            page.say(page.get(texts::NEWEST));
        });
    };
    let paragraph = |text: &str| Some(element("p").child(text));
    let shown = element("div").drawn(move || {
        if is_asking.get() {
            return paragraph(page.get(texts::LOOKING));
        }
        list.with(|list| match list {
            List::Unknown => None,
            List::Failed(failure) => {
                let locale = page.locale.get_untracked();
                let why = [&failure.message, " ", &failure.remedy].concat();
                paragraph(&texts::LOOK_FAILED.with(locale, &why))
            }
            List::There(Listed { instances, .. }) if instances.is_empty() => {
                paragraph(page.get(texts::NO_INSTANCES))
            }
            List::There(Listed { instances, .. }) => {
                Some(table::view(page, texts::NEWEST, instances.clone(), false))
            }
        })
    });
    element("section").class("part").child(button(page, "button", texts::LOOK, look)).child(shown)
}

async fn ask(page: Page) -> List {
    let request =
        ListInstancesRequest { page_size: Some(MAX_PAGE_SIZE), ..ListInstancesRequest::default() };
    match page.client().list_instances(&request).await {
        Ok((instances, total)) => List::There(Listed::new(instances, 1, total).newest(SHOWN)),
        Err(failure) => List::Failed(failure),
    }
}
