//! Everything that is known of one instance.

use havenask_core::{
    Locale,
    instance::{Instance, Resource},
};
use leptos::prelude::*;

use super::{
    common::button,
    html::{Element, Part, element, live, parts},
    outcome as lines, table,
};
use crate::{
    browser,
    instances::{DETAILS, Details},
    page::Page,
    texts::{Text, form, instances as texts, outcome, review},
};

/// The place for it. It is there from the beginning, so that its heading keeps the focus when more becomes known.
pub(super) fn view(page: Page) -> Element {
    let details = page.instances.details;
    let title = move || {
        let id = details.with(|it| it.as_ref().map(|it| it.instance.instance_id.clone()));
        texts::DETAILS_OF.with(page.locale.get_untracked(), &id.unwrap_or_default())
    };
    let title = element("h2")
        .class("part-title")
        .attr("id", page.id(DETAILS))
        .attr("tabindex", "-1")
        .text(title);
    let close = button(page, "button button-small", texts::CLOSE, move || page.look_away());
    let head = element("div").class("details-head").child(title).child(close);
    element("section")
        .class("part part-flush details")
        .attr("aria-labelledby", page.id(DETAILS))
        .flag("hidden", move || details.with(Option::is_none))
        .child(head)
        .child(live(move || details.with(|it| it.as_ref().map(|details| facts(page, details)))))
}

fn facts(page: Page, details: &Details) -> AnyView {
    let locale = page.locale.get_untracked();
    let Instance { network, spec, tags, .. } = &details.instance;
    let it = &details.instance;
    let (network, spec) = (network.clone().unwrap_or_default(), spec.clone().unwrap_or_default());
    let time = |time: &Option<String>| {
        time.as_deref().map(|time| {
            let age = element("span").class("quiet").child(table::age(time, locale));
            parts([browser::date(time, locale).part(), " ".part(), age.part()])
        })
    };
    let word = |text: &Option<String>| text.clone().map(Part::part);
    let yes = |known: Option<bool>| {
        known.map(|yes| page.get(if yes { review::YES } else { review::NO }).part())
    };
    let nodes = |nodes: &Option<Resource>| nodes.as_ref().map(|it| resource(it, locale).part());
    let status = it.status.as_deref().map(|code| {
        let word = table::status(code, locale).part();
        parts([word, " ".part(), element("code").child(code.to_owned()).part()])
    });
    let facts: [(Text, Option<AnyView>); 25] = [
        (outcome::STATUS, status),
        (texts::DESCRIPTION, word(&it.description)),
        (form::BILLING, it.charge_type.as_deref().map(|it| table::billing(it, locale).part())),
        (texts::COMMODITY, word(&it.commodity_code)),
        (outcome::CREATED_AT, time(&it.create_time)),
        (texts::UPDATED_AT, time(&it.update_time)),
        (texts::EXPIRES_AT, it.expired_time.as_deref().map(|it| browser::date(it, locale).part())),
        (texts::LOCK_MODE, word(&it.lock_mode)),
        (texts::IN_DEBT, yes(it.in_debt)),
        (form::RESOURCE_GROUP, word(&it.resource_group_id)),
        (form::TAGS, table::tags(tags, locale).map(Part::part)),
        (texts::EDITION, word(&it.edition)),
        (texts::VERSION, word(&it.version)),
        (texts::BS_VERSION, word(&it.bs_version)),
        (texts::USER_NAME, word(&it.user_name)),
        (texts::NEW_MODE, yes(it.new_mode)),
        (texts::NO_QRS, yes(it.no_qrs)),
        (texts::ZONES, it.zone_count.map(|it| it.to_string().part())),
        (texts::QRS, nodes(&spec.qrs_resource)),
        (texts::SEARCHERS, nodes(&spec.search_resource)),
        (texts::VPC, word(&network.vpc_id)),
        (texts::V_SWITCH, word(&network.v_switch_id)),
        (texts::ENDPOINT, word(&network.endpoint)),
        (texts::PUBLIC_ENDPOINT, word(&network.public_endpoint)),
        (texts::ALLOW, word(&network.allow)),
    ];
    let line = |(label, value): (Text, Option<AnyView>)| {
        let value = element("dd").class("line-value").child(value?);
        Some(element("div").class("line").child(element("dt").child(page.get(label))).child(value))
    };
    let failure = details.failure.as_ref().map(|failure| {
        let why = texts::DETAILS_FAILED.with(locale, &failure.message);
        element("p").class("details-failed").child(why)
    });
    let list = element("dl")
        .child(lines::id_line(page, outcome::INSTANCE_ID, it.instance_id.clone()))
        .children(facts.into_iter().map(line));
    parts([failure.part(), list.part()])
}

/// Nodes in words: `2 × 4 cores, 16 GB memory`.
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
