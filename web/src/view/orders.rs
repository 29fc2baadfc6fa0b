//! The orders of the visitor.

use super::{connection_problem, filter::Filter, order_table, prelude::*};
use crate::texts::{instances, orders as texts, outcome};

const FILTER: &str = "orders-filter";

pub(super) fn view() -> AnyView {
    let app = App::from_context();
    actions::load_orders(app, false);
    let orders = app.orders;
    let refresh = element("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| actions::load_orders(app, false))
        .child(Icon::Refresh)
        .child(app.ui.text(instances::REFRESH));
    let failure = dynamic(move || {
        let failure = orders.failure.get();
        failure.map(|it| connection_problem::panel(app, app.ui.text(texts::FAILED), it))
    });
    let filter = Filter::new(app, FILTER, orders.filter, filter_texts);
    let note = move |text| element("p").class("list-note").child(app.ui.text(text));
    let list = dynamic(move || {
        orders.list.with(|list| match list.as_deref() {
            None if orders.failure.with(Option::is_some) => None,
            None => Some(note(outcome::LOADING)),
            Some([]) => Some(note(texts::NONE)),
            Some(list) => Some(order_table::view(app, list, filter)),
        })
    });
    let more = dynamic(move || {
        let more = || button(app, "button", texts::MORE, move || actions::load_orders(app, true));
        orders.next_token.with(Option::is_some).then(|| element("div").class("pager").child(more()))
    });
    let busy = move || Some(if orders.is_loading.get() { "true" } else { "false" });
    let results = element("div").class("part part-flush").dyn_attr("aria-busy", busy);
    let all = element("div")
        .class("instances")
        .child(element("div").child(refresh))
        .child(failure)
        .child(
            results.child(filter.field(texts::FILTER)).child(filter.note()).child(list).child(more),
        );
    fragment([heading(app, texts::ORDERS, texts::LEAD), all])
}

/// The texts in which the filter finds each order.
fn filter_texts(app: App) -> Vec<String> {
    let locale = app.ui.locale.get_untracked();
    app.orders
        .list
        .with(|list| list.iter().flatten().map(|it| order_table::filter_text(it, locale)).collect())
}
