//! The newest instances, for a person who must find out whether one was bought.

use havenask_core::{instance::Instance, model::ListInstancesRequest};
use leptos::prelude::*;

use super::{
    button,
    html::{Element, element, live},
};
use crate::{browser, page::Page, texts::outcome as texts};

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

pub(super) fn view(page: Page) -> Element {
    let list = RwSignal::new(List::Closed);
    let look = move || {
        if list.with_untracked(|list| *list == List::Asked) {
            return;
        }
        list.set(List::Asked);
        page.say(page.get(texts::LOOKING));
        page.spawn(async move {
            list.set(ask(page).await);
            page.say(page.get(texts::NEWEST));
        });
    };
    let shown = live(move || match list.get() {
        List::Closed => None,
        List::Asked => Some(paragraph(page.get(texts::LOOKING))),
        List::Failed(why) => {
            Some(paragraph(&texts::LOOK_FAILED.with(page.locale.get_untracked(), &why)))
        }
        List::Open(instances) if instances.is_empty() => {
            Some(paragraph(page.get(texts::NO_INSTANCES)))
        }
        List::Open(instances) => Some(table(page, instances)),
    });
    element("section").class("part").child(button(page, "button", texts::LOOK, look)).child(shown)
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

fn paragraph(text: &str) -> Element {
    element("p").child(text)
}

fn table(page: Page, instances: Vec<Instance>) -> Element {
    let locale = page.locale.get_untracked();
    let row = move |instance: Instance| {
        let created = instance.create_time.map(|time| browser::date(&time, locale));
        element("tr")
            .child(element("td").child(element("code").child(instance.instance_id)))
            .child(element("td").child(instance.status))
            .child(element("td").child(created))
    };
    let heads = [texts::INSTANCE_ID, texts::STATUS, texts::CREATED_AT]
        .map(|text| element("th").attr("scope", "col").child(page.get(text)));
    let table = element("table")
        .child(element("caption").child(page.get(texts::NEWEST)))
        .child(element("thead").child(element("tr").children(heads)))
        .child(element("tbody").children(instances.into_iter().map(row)));
    element("div")
        .class("table")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", page.get(texts::NEWEST))
        .child(table)
}
