//! The instances of the account.

use std::time::Duration;

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{filter::Filter, instance_details, instance_table, outcome as failures, prelude::*};
use crate::{
    format,
    model::Route,
    state::InstanceList,
    texts::{form, instances as texts, outcome},
};

/// Time between two requests for a list on which something is being created.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

const FIELD: &str = "instances-search";
const FILTER: &str = "instances-filter";

pub(super) fn view() -> AnyView {
    let app = App::from_context();
    actions::load_region(app);
    every(POLL_INTERVAL, move || actions::poll_list(app));
    let is_loading = app.instances.is_loading;
    let filter = Filter::new(app, FILTER, app.instances.filter, filter_texts);
    let list = dynamic(move || app.instances.list.with(|it| list(app, it, filter)));
    let results = element("div")
        .class("part part-flush")
        .dyn_attr("aria-busy", move || Some(if is_loading.get() { "true" } else { "false" }))
        .child(filter.field(texts::FILTER))
        .child(filter.note())
        .child(list)
        .child(pager(app));
    let close = move |event: web_sys::Event| {
        let is_open = app.instances.details.with_untracked(Option::is_some);
        if is_open && event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            actions::navigate(app, Route::Instances(app.instances_region()));
        }
    };
    let all = element("div")
        .class("instances")
        .on("keydown", close)
        .child(dynamic(move || regions(app)))
        .child(tools(app))
        .child(results)
        .child(instance_details::view());
    fragment([heading(app, form::INSTANCES, texts::LEAD), all])
}

/// Links to the instances of each region, where the proxy serves several.
fn regions(app: App) -> Option<Element> {
    let locale = app.ui.locale.get_untracked();
    let ids = app.form.config.with(|config| config.region.choice().to_vec());
    let link = |id: String| {
        let name = format::region_option(&id, locale);
        let region = Some(id);
        let here = region.clone();
        route_link(app, "button button-small", Route::Instances(region))
            .dyn_attr("aria-current", move || (app.instances_region() == here).then_some("true"))
            .child(name)
    };
    (!ids.is_empty()).then(|| {
        element("nav")
            .class("regions")
            .attr("aria-label", app.ui.text(form::REGION))
            .children(ids.into_iter().map(link))
    })
}

/// The texts in which the filter finds each instance.
fn filter_texts(app: App) -> Vec<String> {
    let locale = app.ui.locale.get_untracked();
    app.instances.list.with(|list| match list {
        InstanceList::Loaded(page) => {
            page.instances.iter().map(|it| instance_table::filter_text(it, locale)).collect()
        }
        _ => Vec::new(),
    })
}

/// The search, and the button that loads the page again.
fn tools(app: App) -> Element {
    let typed = app.instances.typed;
    let field = element("input")
        .class("input")
        .attr("id", app.ui.id(FIELD))
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .value(typed.get_untracked())
        .on("input", move |event| typed.set(event_target_value(&event)));
    let label = element("label").class("label").attr("for", app.ui.id(FIELD));
    let search =
        element("button").attr("type", "submit").class("button").child(app.ui.text(texts::SEARCH));
    let refresh = element("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| actions::refresh_instances(app))
        .child(Icon::Refresh)
        .child(app.ui.text(texts::REFRESH));
    element("form")
        .class("tools")
        .attr("role", "search")
        .on("submit", move |event| {
            event.prevent_default();
            actions::search_instances(app);
        })
        .child(element("div").child(label.child(app.ui.text(texts::SEARCH_FOR))).child(field))
        .child(search)
        .child(refresh)
}

fn list(app: App, list: &InstanceList, filter: Filter) -> AnyView {
    let note = |text| element("p").class("list-note").child(app.ui.text(text)).into_child();
    match list {
        InstanceList::Pending => note(outcome::LOADING),
        InstanceList::Failed(failure) => {
            let again =
                button(app, "button", texts::RETRY, move || actions::refresh_instances(app));
            element("div")
                .class("list-failed")
                .child(panel_title(Icon::Error, app.ui.text(texts::FAILED)))
                .child(failures::details(app, failure.clone()))
                .child(again)
                .into_child()
        }
        InstanceList::Loaded(page) if page.instances.is_empty() => note(app.instances.empty_text()),
        InstanceList::Loaded(page) => {
            instance_table::view(app, form::INSTANCES, &page.instances, Some(filter)).into_child()
        }
    }
}

/// A function from the number of a page and that of the last one to that of another.
type Turn = fn(u32, u32) -> u32;

/// The buttons of other pages. It stays when the page is turned, and so does the focus on its buttons.
fn pager(app: App) -> Element {
    let turns: [(Text, Turn); 4] = [
        (texts::FIRST, |_, _| 1),
        (texts::PREVIOUS, |now, _| now - 1),
        (texts::NEXT, |now, _| now + 1),
        (texts::LAST, |_, last| last),
    ];
    let [first, previous, next, last] = turns.map(|(name, to)| {
        let turn = move || {
            if let Some(number) = untrack(|| app.instances.page_after(to)) {
                actions::load_page(app, number);
            }
        };
        button(app, "button button-small", name, turn).dyn_attr("aria-disabled", move || {
            app.instances.page_after(to).is_none().then_some("true")
        })
    });
    let loaded = app.instances.list;
    let range = text(move || {
        let locale = app.ui.locale.get_untracked();
        loaded.with(|list| match list {
            InstanceList::Loaded(it) => format::range(it.range(), it.total, locale),
            _ => String::new(),
        })
    });
    let is_empty =
        move |list: &InstanceList| !matches!(list, InstanceList::Loaded(it) if it.total > 0);
    element("nav")
        .class("pager")
        .attr("aria-label", app.ui.text(texts::PAGES))
        .bool_attr("hidden", move || loaded.with(is_empty))
        .children([first, previous])
        .child(element("span").class("range").child(range))
        .children([next, last])
}
