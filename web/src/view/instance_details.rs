//! All properties of one instance.

use havenask_core::{
    Locale,
    instance::{Instance, Resource},
};

use super::{instance_table, order_table, outcome as lines, prelude::*};
use crate::{
    browser,
    model::Route,
    state::{DETAILS, InstanceDetails},
    texts::{form, instances as texts, outcome, review},
};

/// The lock mode of an instance that is not locked.
const UNLOCKED: &str = "Unlock";

/// The section. It is there from the beginning, so that its heading keeps the focus when more becomes known.
pub(super) fn view() -> Element {
    let app = App::from_context();
    let details = app.instances.details;
    let title = move || {
        let id = details.with(|it| it.as_ref().map(|it| it.instance.instance_id.clone()));
        texts::DETAILS_OF.with(app.ui.locale.get_untracked(), &id.unwrap_or_default())
    };
    let title = element("h2")
        .class("part-title")
        .attr("id", app.ui.id(DETAILS))
        .attr("tabindex", "-1")
        .text(title);
    let region = Memo::new(move |_| app.ui.route.with(|it| it.region().map(str::to_owned)));
    let close = dynamic(move || {
        let list = Route::Instances(region.get());
        route_link(app, "button button-small", list).child(app.ui.text(texts::CLOSE))
    });
    let head = element("div").class("details-head").child(title).child(close);
    element("section")
        .class("part part-flush details")
        .attr("aria-labelledby", app.ui.id(DETAILS))
        .bool_attr("hidden", move || details.with(Option::is_none))
        .child(head)
        .child(dynamic(move || {
            details.with(|it| it.as_ref().map(|details| properties(app, details)))
        }))
}

fn properties(app: App, details: &InstanceDetails) -> AnyView {
    let locale = app.ui.locale.get_untracked();
    let Instance { network, spec, tags, .. } = &details.instance;
    let it = &details.instance;
    let (network, spec) = (network.clone().unwrap_or_default(), spec.clone().unwrap_or_default());
    let time = |time: &Option<String>| {
        time.as_deref().map(|time| {
            let age = element("span").class("muted").child(instance_table::age(time, locale));
            fragment([browser::date(time, locale).into_child(), " ".into_child(), age.into_child()])
        })
    };
    let word = |text: &Option<String>| text.clone().map(IntoChild::into_child);
    let yes = |known: Option<bool>| {
        known.map(|yes| app.ui.text(if yes { review::YES } else { review::NO }).into_child())
    };
    let nodes =
        |nodes: &Option<Resource>| nodes.as_ref().map(|it| resource(it, locale).into_child());
    let quoted = details.purchase.as_ref().and_then(order_table::price).map(IntoChild::into_child);
    let properties: [(Text, Option<AnyView>); 25] = [
        (outcome::STATUS, it.status.as_deref().map(|code| status(code, locale))),
        (texts::DESCRIPTION, word(&it.description)),
        (
            form::BILLING,
            it.charge_type.as_deref().map(|it| instance_table::billing(it, locale).into_child()),
        ),
        (texts::QUOTED, quoted),
        (texts::COMMODITY, word(&it.commodity_code)),
        (outcome::CREATED_AT, time(&it.create_time)),
        (texts::UPDATED_AT, time(&it.update_time)),
        (
            texts::EXPIRES_AT,
            it.expired_time.as_deref().map(|it| browser::date(it, locale).into_child()),
        ),
        (texts::LOCK_MODE, it.lock_mode.as_deref().map(|mode| lock_mode(mode, locale))),
        (texts::IN_DEBT, yes(it.in_debt)),
        (form::RESOURCE_GROUP, word(&it.resource_group_id)),
        (form::TAGS, instance_table::tags(tags, locale).map(IntoChild::into_child)),
        (texts::EDITION, word(&it.edition)),
        (texts::VERSION, word(&it.version)),
        (texts::BS_VERSION, word(&it.bs_version)),
        (texts::USER_NAME, word(&it.user_name)),
        (texts::NEW_MODE, yes(it.new_mode)),
        (texts::ZONES, it.zone_count.map(|it| it.to_string().into_child())),
        (texts::QRS, nodes(&spec.qrs_resource).or_else(|| yes(it.no_qrs.map(|none| !none)))),
        (texts::SEARCHERS, nodes(&spec.search_resource)),
        (texts::VPC, word(&network.vpc_id)),
        (texts::V_SWITCH, word(&network.v_switch_id)),
        (texts::ENDPOINT, word(&network.endpoint)),
        (texts::PUBLIC_ENDPOINT, word(&network.public_endpoint)),
        (texts::ALLOW, word(&network.allow)),
    ];
    let line = |(label, value): (Text, Option<AnyView>)| Some(line(app.ui.text(label), value?));
    let failure = details.failure.as_ref().map(|failure| {
        let why = texts::DETAILS_FAILED.with(locale, &failure.message);
        element("p").class("details-failed").child(why)
    });
    let list = element("dl")
        .child(lines::id_line(app, outcome::INSTANCE_ID, it.instance_id.clone()))
        .children(properties.into_iter().map(line));
    fragment([failure.into_child(), list.into_child(), again(app, details).into_child()])
}

/// The button that orders the same once more, where the proxy knows the order.
fn again(app: App, details: &InstanceDetails) -> Option<Element> {
    let again = order_table::again(app, details.purchase.as_ref()?)?;
    Some(element("div").class("details-actions").child(again))
}

/// A status with its code.
fn status(code: &str, locale: Locale) -> AnyView {
    let word = instance_table::status(code, locale).into_child();
    fragment([word, " ".into_child(), element("code").child(code.to_owned()).into_child()])
}

fn lock_mode(mode: &str, locale: Locale) -> AnyView {
    if mode == UNLOCKED { texts::UNLOCKED.get(locale) } else { mode }.into_child()
}

/// Nodes as text: `2 × 4 cores, 16 GB memory`.
fn resource(nodes: &Resource, locale: Locale) -> String {
    let mut text = nodes.node_count.map_or_else(String::new, |count| format!("{count} × "));
    let sizes =
        [(texts::CORES, nodes.cpu), (texts::MEMORY, nodes.mem), (texts::STORAGE, nodes.disk)];
    let known = sizes.into_iter().filter_map(|(name, number)| Some((name, number?)));
    let words = known.map(|(name, number)| name.with(locale, &number.to_string()));
    let words: Vec<_> = words.chain(nodes.category.clone()).collect();
    text.push_str(&words.join(locale.localized(", ", "，")));
    text
}
