//! The instances of the account.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{
    common::{button, heading},
    details,
    html::{Element, Part, element, live, parts, text},
    icon::Icon,
    outcome as failures, table,
};
use crate::{
    instances::{List, Listed},
    page::Page,
    texts::{Text, form, instances as texts, outcome},
    words,
};

const FIELD: &str = "instances-search";

pub(super) fn view(page: Page) -> AnyView {
    page.refresh();
    let is_asking = page.instances.is_asking;
    let shown = live(move || page.instances.list.with(|list| shown(page, list)));
    let results = element("div")
        .class("part part-flush")
        .live_attr("aria-busy", move || Some(if is_asking.get() { "true" } else { "false" }))
        .child(shown)
        .child(pager(page));
    let close = move |event: web_sys::Event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            page.look_away();
        }
    };
    let all = element("div")
        .class("instances")
        .on("keydown", close)
        .child(tools(page))
        .child(results)
        .child(details::view(page));
    parts([heading(page, form::INSTANCES, texts::LEAD), all])
}

/// The search, and the button that asks once more.
fn tools(page: Page) -> Element {
    let typed = page.instances.typed;
    let field = element("input")
        .class("input")
        .attr("id", page.id(FIELD))
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .value(typed.get_untracked())
        .on("input", move |event| typed.set(event_target_value(&event)));
    let label = element("label").class("label").attr("for", page.id(FIELD));
    let search =
        element("button").attr("type", "submit").class("button").child(page.get(texts::SEARCH));
    let refresh = element("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| page.refresh())
        .child(Icon::Refresh)
        .child(page.get(texts::REFRESH));
    element("form")
        .class("tools")
        .attr("role", "search")
        .on("submit", move |event| {
            event.prevent_default();
            page.search();
        })
        .child(element("div").child(label.child(page.get(texts::SEARCH_FOR))).child(field))
        .child(search)
        .child(refresh)
}

fn shown(page: Page, list: &List) -> AnyView {
    let says = |text| element("p").class("says").child(page.get(text)).part();
    match list {
        List::Unknown => says(outcome::LOOKING),
        List::Failed(failure) => {
            let title = element("h2").class("panel-title").child(Icon::Error).child(" ");
            let again = button(page, "button", texts::RETRY, move || page.refresh());
            element("div")
                .class("failed")
                .child(title.child(page.get(texts::FAILED)))
                .child(failures::details(page, failure.clone()))
                .child(again)
                .part()
        }
        List::There(Listed { instances, .. }) if instances.is_empty() => says(page.none()),
        List::There(Listed { instances, .. }) => {
            table::view(page, form::INSTANCES, instances.clone(), true).part()
        }
    }
}

/// From the number of a page and that of the last one to that of another.
type Turn = fn(u32, u32) -> u32;

/// The way to other pages. It stays when the page is turned, and so does the focus on its buttons.
fn pager(page: Page) -> Element {
    let turns: [(Text, Turn); 4] = [
        (texts::FIRST, |_, _| 1),
        (texts::PREVIOUS, |now, _| now - 1),
        (texts::NEXT, |now, _| now + 1),
        (texts::LAST, |_, last| last),
    ];
    let [first, previous, next, last] = turns.map(|(name, to)| {
        let turn = move || {
            if let Some(number) = untrack(|| page.turn(to)) {
                page.turn_to(number);
            }
        };
        button(page, "button button-small", name, turn)
            .live_attr("aria-disabled", move || page.turn(to).is_none().then_some("true"))
    });
    let shown = page.instances.list;
    let range = text(move || {
        let locale = page.locale.get_untracked();
        shown.with(|list| match list {
            List::There(it) => words::range(it.range(), it.total, locale),
            _ => String::new(),
        })
    });
    let is_empty = move |list: &List| !matches!(list, List::There(it) if it.total > 0);
    element("nav")
        .class("pager")
        .attr("aria-label", page.get(texts::PAGES))
        .flag("hidden", move || shown.with(is_empty))
        .children([first, previous])
        .child(element("span").class("range").child(range))
        .children([next, last])
}
