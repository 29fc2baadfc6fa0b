//! Checks of a request that could be read.

use alloc::vec::Vec;

use super::{
    findings::Findings,
    options::Options,
    path::{Place, ROOT},
    severity::Severity,
    table::ProblemCode,
};
use crate::{
    catalog::{Catalog, CatalogEntry},
    model::{
        ChargeType, Component, CreateInstanceRequest, DURATIONS, MAX_COMPONENTS, MAX_TAG_LENGTH,
        MAX_TAGS, Order, PricingCycle, Tag,
    },
    sorted,
    strings::{
        concat, has_invisible, has_outer_space, i64_to_string, is_blank, split_once,
        truncated_for_display,
    },
};

pub(super) fn check_request(
    request: &CreateInstanceRequest,
    options: &Options<'_>,
    findings: &mut Findings,
) {
    charge_type(request, options, findings);
    components(request.components.as_deref().unwrap_or_default(), options.catalog, findings);
    if let Some(order) = &request.order {
        term(order, findings);
    }
    if let Some(id) = &request.resource_group_id {
        text(id, None, Some(ProblemCode::InvisibleCharacter), &ROOT, "resourceGroupId", findings);
    }
    tags(request.tags.as_deref().unwrap_or_default(), findings);
}

fn charge_type(request: &CreateInstanceRequest, options: &Options<'_>, findings: &mut Findings) {
    match (request.charge_type, &request.order) {
        (None, _) => findings.add(ProblemCode::ChargeTypeMissing, &ROOT, "chargeType"),
        (Some(ChargeType::Prepay), None) => findings.add(ProblemCode::OrderMissing, &ROOT, "order"),
        (Some(ChargeType::Prepay), Some(_)) => {}
        (Some(ChargeType::Postpay), order) => {
            findings.add(ProblemCode::PostpayNotSupported, &ROOT, "chargeType");
            if options.allow_postpay
                && let Some(problem) = findings.problems.last_mut()
            {
                problem.severity = Severity::Warning;
            }
            if order.is_some() {
                findings.add(ProblemCode::OrderWithoutPrepay, &ROOT, "order");
            }
        }
    }
}

fn components(components: &[Component], catalog: Option<&Catalog>, findings: &mut Findings) {
    if components.is_empty() {
        findings.add(ProblemCode::ComponentsMissing, &ROOT, "components");
    }
    let list = ROOT.field("components");
    if components.len() > MAX_COMPONENTS {
        let found = components.len();
        return findings.add_too_many(ProblemCode::ComponentsTooMany, &list, found, MAX_COMPONENTS);
    }
    let mut codes = Vec::with_capacity(components.len());
    for (index, component) in components.iter().enumerate() {
        let place = list.item(index);
        let code = component.code.as_str();
        let repeated = sorted::insert(&mut codes, (code, ""));
        let blank = is_blank(code);
        if blank {
            findings.add(ProblemCode::ComponentCodeMissing, &place, "code");
        } else if repeated {
            findings.add_about(ProblemCode::ComponentCodeDuplicate, &place, "code", code);
        }
        let unseen = (!blank).then_some(ProblemCode::InvisibleCharacter);
        text(code, None, unseen, &place, "code", findings);
        let entry = catalog.and_then(|catalog| catalog.find(code));
        match component.value.as_deref() {
            None | Some("") => {
                let name = entry.map_or_else(
                    || {
                        let before = findings.locale.localized("a value for ", "规格项取值：");
                        concat(&[before, &truncated_for_display(code)])
                    },
                    |entry| entry.name(findings.locale),
                );
                let values = [("component", &*name)];
                findings.fill(ProblemCode::ComponentValueMissing, &place.field("value"), &values);
            }
            Some(value) => {
                text(value, None, Some(ProblemCode::InvisibleCharacter), &place, "value", findings);
                if let Some(entry) = entry {
                    offered(entry, value, &place, findings);
                } else if catalog.is_some() {
                    findings.add_about(ProblemCode::ComponentCodeUnchecked, &place, "code", code);
                }
            }
        }
    }
}

fn offered(entry: &CatalogEntry, value: &str, place: &Place<'_>, findings: &mut Findings) {
    if let Err(offer) = entry.values.accepts(value, findings.locale) {
        let values = [("component", &*entry.name(findings.locale)), ("offer", &offer)];
        findings.fill(ProblemCode::ComponentValueNotOffered, &place.field("value"), &values);
    }
}

fn term(order: &Order, findings: &mut Findings) {
    let place = ROOT.field("order");
    match order.duration {
        None => findings.add(ProblemCode::DurationMissing, &place, "duration"),
        Some(duration) if !DURATIONS.contains(&duration) => {
            findings.add_about(
                ProblemCode::DurationNotOffered,
                &place,
                "duration",
                &i64_to_string(duration),
            );
        }
        Some(12) if order.pricing_cycle == Some(PricingCycle::Year) => {
            findings.add(ProblemCode::DurationOfTwelveYears, &place, "duration");
        }
        Some(_) => {}
    }
    if order.pricing_cycle.is_none() {
        findings.add(ProblemCode::PricingCycleMissing, &place, "pricingCycle");
    }
}

fn tags(tags: &[Tag], findings: &mut Findings) {
    let list = ROOT.field("tags");
    if tags.len() > MAX_TAGS {
        findings.add_too_many(ProblemCode::TagsMany, &list, tags.len(), MAX_TAGS);
    }
    let mut keys = Vec::with_capacity(tags.len());
    for (index, tag) in tags.iter().enumerate() {
        let place = list.item(index);
        let repeated = sorted::insert(&mut keys, (&tag.key, ""));
        let blank = is_blank(&tag.key);
        if blank {
            findings.add(ProblemCode::TagKeyMissing, &place, "key");
        } else if repeated {
            findings.add_about(ProblemCode::TagKeyDuplicate, &place, "key", &tag.key);
        }
        if is_reserved(&tag.key) {
            findings.add(ProblemCode::TagKeyReserved, &place, "key");
        }
        let unseen = Some(ProblemCode::TagSurroundingSpace);
        let too_long = Some(ProblemCode::TagKeyTooLong);
        text(&tag.key, too_long, unseen.filter(|_| !blank), &place, "key", findings);
        if let Some(value) = &tag.value {
            text(value, Some(ProblemCode::TagValueTooLong), unseen, &place, "value", findings);
        }
    }
}

fn is_reserved(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with("aliyun")
        || key.starts_with("acs:")
        || split_once(&key, "http://").is_some()
        || split_once(&key, "https://").is_some()
}

/// Checks a text; its length, and its invisible characters, only where there is a rule for them.
fn text(
    text: &str,
    too_long: Option<ProblemCode>,
    unseen: Option<ProblemCode>,
    place: &Place<'_>,
    field: &str,
    findings: &mut Findings,
) {
    // By bytes, which takes a third of the time: a character has one that continues none, and U+0080 to U+009F begin with C2.
    let (mut length, mut control, mut before) = (0, false, 0);
    for byte in text.bytes() {
        length += usize::from(byte & 0xc0 != 0x80);
        control |= byte < 0x20 || byte == 0x7f || (before == 0xc2 && byte < 0xa0);
        before = byte;
    }
    if let Some(code) = too_long
        && length > MAX_TAG_LENGTH
    {
        findings.add_too_many(code, &place.field(field), length, MAX_TAG_LENGTH);
    }
    if control {
        return findings.add(ProblemCode::ControlCharacter, place, field);
    }
    if let Some(code) = unseen {
        // In the midst of a tag one may belong to an emoji; names and values have none.
        let found = match code {
            ProblemCode::InvisibleCharacter => has_invisible(text),
            _ => has_outer_space(text),
        };
        if found {
            findings.add(code, place, field);
        }
    }
}
