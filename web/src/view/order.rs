//! One order at its own address: what became of it, its numbers, the next steps, and its receipt.

use std::time::Duration;

use havenask_core::{
    catalog::Catalog,
    purchase::{PurchaseProgress, PurchaseState, TermsUrl},
};

use super::{
    connection_problem, instance_progress, order_table, outcome as parts, prelude::*, summary,
};
use crate::{
    browser, format,
    model::{
        BuiltRequest, BuyingRegion, Form, InstanceProgress, ProxyConfig, Route,
        summary as summary_of,
    },
    texts::{form as form_texts, orders as texts, outcome, price as prices},
};

/// Time between two polls of an order that has not ended.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// Pages of the cloud in the language of the visitor.
const PAGES: [(Text, Text); 2] = [
    (
        texts::CONSOLE,
        Text {
            en: "https://opensearch.console.alibabacloud.com/",
            zh: "https://opensearch.console.aliyun.com/",
        },
    ),
    (
        texts::DOCUMENTS,
        Text {
            en: "https://help.aliyun.com/en/open-search/retrieval-engine-edition/",
            zh: "https://help.aliyun.com/zh/open-search/retrieval-engine-edition/",
        },
    ),
];

pub(super) fn view(key: &str) -> AnyView {
    let app = App::from_context();
    actions::load_order(app, key);
    let polled = key.to_owned();
    every(POLL_INTERVAL, move || actions::poll_order(app, &polled));
    let failure = dynamic(move || {
        app.orders
            .order_failure
            .get()
            .map(|failure| connection_problem::panel(app, app.ui.text(texts::NOT_FOUND), failure))
    });
    let title = texts::ORDER_OF.with(app.ui.locale.get_untracked(), key);
    let order = dynamic(move || {
        let heading =
            || element("div").class("heading").child(title_line(app).child(title.clone()));
        app.orders.order.with(|order| match order {
            Some(order) => shown(app, order),
            None => heading().into_child(),
        })
    });
    fragment([failure, order])
}

fn shown(app: App, order: &PurchaseProgress) -> AnyView {
    let (class, icon, title, lead) = match order.state {
        PurchaseState::Created => {
            ("outcome-icon success", Icon::Check, outcome::CREATED, outcome::CREATED_LEAD)
        }
        PurchaseState::Pending => {
            ("outcome-icon warning", Icon::Now, texts::PENDING, texts::PENDING_LEAD)
        }
        PurchaseState::Failed => {
            ("outcome-icon error", Icon::Error, outcome::REFUSED, outcome::NOT_BOUGHT)
        }
        PurchaseState::Unknown => {
            ("outcome-icon warning", Icon::Question, outcome::UNKNOWN, outcome::UNRESOLVED)
        }
    };
    let heading = parts::heading(app, class, icon, title, lead);
    let mut column = vec![numbers(app, order)];
    if let Some(id) = &order.instance_id {
        column.push(instance_progress::view(id.clone(), order.region.clone(), order.created_at));
        column.push(next_steps(app, order, id));
    }
    column.extend(order.error.clone().map(|failure| parts::details(app, failure)));
    column.push(receipt(app));
    column.push(ways_on(app, order));
    let column = element("div").class("column").children(column);
    let layout = element("div").class("layout").child(column).child(ordered(app, order));
    fragment([heading, layout])
}

/// The ids, the time and the place.
fn numbers(app: App, order: &PurchaseProgress) -> Element {
    let locale = app.ui.locale.get_untracked();
    let id = |label, id: &Option<String>| id.clone().map(|id| parts::id_line(app, label, id));
    let region = order
        .region
        .as_deref()
        .map(|id| line(app.ui.text(form_texts::REGION), format::region(id, locale)));
    // A link to https alone: a ledger may be another's.
    let terms = order.terms.as_deref().and_then(TermsUrl::parse).map(|terms| {
        line(app.ui.text(texts::TERMS), external_link(terms.as_str(), terms.as_str()))
    });
    let list = element("dl")
        .child(id(outcome::INSTANCE_ID, &order.instance_id))
        .child(id(outcome::REQUEST_ID, &order.request_id))
        .child(parts::id_line(app, outcome::ORDER_KEY, order.key.clone()))
        .child(line(app.ui.text(texts::STATE), order_table::state(order.state, locale)))
        .child(line(app.ui.text(texts::ORDERED_AT), browser::date_of(order.created_at, locale)))
        .child(region)
        .child(terms);
    element("div").class("part part-flush").child(list)
}

/// The instance with its endpoint, the console, and the documents.
fn next_steps(app: App, order: &PurchaseProgress, id: &str) -> Element {
    let page = |(name, address): (Text, Text)| {
        element("li").child(external_link(app.ui.text(address), app.ui.text(name)))
    };
    let instance = Route::Instance { id: id.to_owned(), region: order.region.clone() };
    let instance = route_link(app, "link", instance);
    let endpoint = text(move || {
        let endpoint = app.order.progress.with(|it| it.endpoint.clone());
        endpoint.map_or_else(String::new, |it| [" · ", &it].concat())
    });
    let instance = instance.child(app.ui.text(texts::SHOW_INSTANCE));
    element("section")
        .class("part stack next-steps")
        .child(element("h2").class("part-title").child(app.ui.text(texts::NEXT_STEPS)))
        .child(
            element("ul")
                .child(element("li").child(instance).child(endpoint))
                .children(PAGES.map(page)),
        )
}

/// The receipt, to print or to download.
fn receipt(app: App) -> Element {
    // In another page it would print that page.
    let print = || button(app, "button", texts::PRINT, browser::print);
    let print = app.ui.host(|host| host.is_page).then(print);
    let download = button(app, "button", texts::DOWNLOAD, move || actions::download_receipt(app));
    element("section")
        .class("part stack receipt")
        .child(element("h2").class("part-title").child(app.ui.text(texts::RECEIPT)))
        .child(element("div").class("actions").child(print).child(download))
}

/// The ways on: another order, the same, or all of them.
fn ways_on(app: App, order: &PurchaseProgress) -> Element {
    let again = order_table::again(app, order);
    let another = route_link(app, "button", Route::NewOrder).child(app.ui.text(outcome::ANOTHER));
    let all = route_link(app, "button", Route::Orders).child(app.ui.text(texts::ALL_ORDERS));
    element("div").class("actions").child(another).child(again).child(all)
}

/// The order in short, with its price.
fn ordered(app: App, order: &PurchaseProgress) -> Option<Element> {
    let region = order.region.clone();
    let mut form = Form::of_request(order.request.clone()?, "");
    // Its components as they were bought, whatever is sold today.
    form.apply_catalog(&Catalog::default());
    let region = region.map_or(BuyingRegion::Any, |id| BuyingRegion::Served(vec![id]));
    let has_region = region != BuyingRegion::Any;
    let (built, config) =
        (BuiltRequest::new(&form), ProxyConfig { region, ..ProxyConfig::default() });
    let entries = summary::entries(app, move |locale| {
        let read = |catalog: &Option<Catalog>| {
            summary_of(&form, &built, &config, catalog.as_ref(), locale)
        };
        let mut entries = app.form.catalog.with(read);
        // An address that belongs to no region has none to show.
        entries.retain(|it| has_region || it.label != form_texts::REGION.get(locale));
        entries
    });
    let price = order_table::price(order);
    let price = price.map(|price| summary::price_entry(app, prices::PRICE, price));
    Some(summary::card(
        app,
        "summary summary-static",
        fragment([entries.into_child(), price.into_child()]),
    ))
}

/// The title of the document, and whether it is an error.
pub(super) fn title(app: App) -> (Text, bool) {
    let is_ready = app.order.progress.with(InstanceProgress::is_ready);
    match app.orders.order.with(|order| order.as_ref().map(|order| order.state)) {
        Some(PurchaseState::Created) if is_ready => (outcome::READY, false),
        Some(PurchaseState::Created) => (outcome::CREATED, false),
        Some(PurchaseState::Failed) => (outcome::REFUSED, true),
        Some(PurchaseState::Unknown) => (outcome::UNKNOWN, false),
        Some(PurchaseState::Pending) => (texts::PENDING, false),
        None => (texts::ORDER, false),
    }
}
