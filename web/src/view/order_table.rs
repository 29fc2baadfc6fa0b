//! Orders as a table.

use havenask_core::{
    Locale,
    purchase::{PurchaseProgress, PurchaseState},
};

use super::{filter::Filter, instance_table, prelude::*, table};
use crate::{
    browser, format,
    model::{Route, price as prices},
    texts::{form, instances, orders as texts, price as price_texts},
};

const COLUMNS: [Text; 6] = [
    texts::ORDERED_AT,
    texts::STATE,
    price_texts::PRICE,
    form::REGION,
    texts::INSTANCE,
    instances::DETAILS,
];

pub(super) fn view(app: App, orders: &[PurchaseProgress], filter: Filter) -> Element {
    let rows = orders.iter().map(|order| row(app, order)).collect();
    table::view(app, texts::ORDERS, &COLUMNS, rows, Some(filter))
}

/// The texts in which a filter finds an order: key, instance, state, region and tags.
pub(super) fn filter_text(order: &PurchaseProgress, locale: Locale) -> String {
    let (.., word) = state_word(order.state);
    let region = order.region.as_deref().unwrap_or_default();
    let instance = order.instance_id.as_deref().unwrap_or_default();
    let name = format::region(region, locale);
    let mut text = [&order.key, instance, word.get(locale), region, &name].join("\n");
    let tags = order.request.iter().filter_map(|request| request.tags.as_ref()).flatten();
    for tag in tags {
        text.extend(["\n", &instance_table::tag_text(tag, locale)]);
    }
    text
}

fn row(app: App, order: &PurchaseProgress) -> Vec<AnyView> {
    let locale = app.ui.locale.get_untracked();
    let hint = match order.state {
        PurchaseState::Pending => Some(texts::PENDING_HINT),
        PurchaseState::Unknown => Some(texts::UNKNOWN_HINT),
        PurchaseState::Created | PurchaseState::Failed => None,
    };
    let hint = hint.map(|text| app.ui.text(text).to_owned());
    // A failure says what to do by itself.
    let hint = hint.or_else(|| order.error.as_ref().map(|failure| failure.message.clone()));
    let hint = hint.map(|text| element("p").class("hint").child(text));
    let price = price(order).unwrap_or_else(|| app.ui.text(texts::NO_PRICE).to_owned());
    let region = order.region.as_deref().map(|id| format::region(id, locale));
    let instance = order.instance_id.as_ref().map(|id| {
        let instance = Route::Instance { id: id.clone(), region: order.region.clone() };
        route_link(app, "link", instance).child(element("code").child(id.clone()))
    });
    let details = route_link(app, "button button-small", Route::Order(order.key.clone()))
        .attr("aria-label", texts::ORDER_OF.with(locale, &order.key))
        .child(app.ui.text(instances::DETAILS));
    vec![
        browser::date_of(order.created_at, locale).into_child(),
        fragment([state(order.state, locale).into_child(), hint.into_child()]),
        price.into_child(),
        region.unwrap_or_default().into_child(),
        instance.into_child(),
        details.into_child(),
    ]
}

/// The amount that an order was quoted at.
pub(super) fn price(order: &PurchaseProgress) -> Option<String> {
    order.quote.as_ref().and_then(prices::bound).map(|money| prices::amount(&money))
}

/// A state with its icon.
pub(super) fn state(state: PurchaseState, locale: Locale) -> Element {
    let (class, icon, word) = state_word(state);
    element("span").class(class).child(icon).child(word.get(locale))
}

const fn state_word(state: PurchaseState) -> (&'static str, Icon, Text) {
    match state {
        PurchaseState::Created => ("status success", Icon::Check, texts::IS_CREATED),
        PurchaseState::Pending => ("status accent", Icon::Now, texts::IS_PENDING),
        PurchaseState::Failed => ("status", Icon::Error, texts::IS_FAILED),
        PurchaseState::Unknown => ("status warning", Icon::Question, texts::IS_UNKNOWN),
    }
}

/// The button that fills the form with an order, in its region.
pub(super) fn again(app: App, order: &PurchaseProgress) -> Option<Element> {
    let (request, region) = (order.request.clone()?, order.region.clone());
    let fill = move || actions::fill_form(app, request.clone(), region.clone());
    Some(button(app, "button", texts::AGAIN, fill))
}
