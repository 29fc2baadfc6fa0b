//! What a request says, against what the documents allow.

use alloc::vec::Vec;

use super::{
    Code, DURATIONS, Findings, MAX_COMPONENTS, MAX_TAG_LENGTH, MAX_TAGS, Options, Severity,
    place::{Place, ROOT},
    shown,
};
use crate::{
    catalog::Catalog,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
    text::{count, number},
};

pub(super) fn check(
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
        plain_text(id, &ROOT.field("resourceGroupId"), findings);
    }
    tags(request.tags.as_deref().unwrap_or_default(), findings);
}

fn charge_type(request: &CreateInstanceRequest, options: &Options<'_>, findings: &mut Findings) {
    let (place, order) = (ROOT.field("chargeType"), ROOT.field("order"));
    match request.charge_type {
        None => findings.add(Code::ChargeTypeMissing, &place, &[]),
        Some(ChargeType::Prepay) if request.order.is_none() => {
            findings.add(Code::OrderMissing, &order, &[]);
        }
        Some(ChargeType::Prepay) => {}
        Some(ChargeType::Postpay) => {
            let severity = if options.allow_postpay { Severity::Warning } else { Severity::Error };
            findings.add_as(Code::PostpayNotSupported, severity, &place, &[]);
            if request.order.is_some() {
                findings.add(Code::OrderWithoutPrepay, &order, &[]);
            }
        }
    }
}

fn components(components: &[Component], catalog: Option<&Catalog>, findings: &mut Findings) {
    let list = ROOT.field("components");
    if components.is_empty() {
        findings.add(Code::ComponentsMissing, &list, &[]);
    }
    if components.len() > MAX_COMPONENTS {
        let values = [("value", &*count(components.len())), ("limit", &*count(MAX_COMPONENTS))];
        return findings.add(Code::ComponentsTooMany, &list, &values);
    }
    let repeated = repeated(components.iter().map(|it| it.code.as_str()));
    for (index, component) in components.iter().enumerate() {
        let place = list.item(index);
        let (code_place, value_place) = (place.field("code"), place.field("value"));
        let code = || shown(&component.code);
        if component.code.chars().all(char::is_whitespace) {
            findings.add(Code::ComponentCodeMissing, &code_place, &[]);
        } else if repeated.contains(&index) {
            findings.add(Code::ComponentCodeDuplicate, &code_place, &[("value", &code())]);
        }
        plain_text(&component.code, &code_place, findings);
        match component.value.as_deref() {
            None | Some("") => {
                findings.add(Code::ComponentValueMissing, &value_place, &[("value", &code())]);
            }
            Some(value) => {
                plain_text(value, &value_place, findings);
                if let Some(catalog) = catalog {
                    offered(&component.code, value, catalog, &place, findings);
                }
            }
        }
    }
}

fn offered(code: &str, value: &str, catalog: &Catalog, place: &Place<'_>, findings: &mut Findings) {
    let Some(entry) = catalog.find(code) else {
        let place = place.field("code");
        return findings.add(Code::ComponentCodeUnchecked, &place, &[("value", &shown(code))]);
    };
    if let Err(offer) = entry.accepts(value, findings.locale) {
        let (value, component) = (shown(value), entry.label(findings.locale));
        let values = [("value", &*value), ("component", component), ("offer", &*offer)];
        findings.add(Code::ComponentValueNotOffered, &place.field("value"), &values);
    }
}

fn term(order: &Order, findings: &mut Findings) {
    let place = ROOT.field("order");
    let (duration_place, cycle_place) = (place.field("duration"), place.field("pricingCycle"));
    match order.duration {
        None => findings.add(Code::DurationMissing, &duration_place, &[]),
        Some(duration) if !DURATIONS.contains(&duration) => {
            let values = [("value", &*number(duration))];
            findings.add(Code::DurationNotOffered, &duration_place, &values);
        }
        Some(12) if order.pricing_cycle == Some(PricingCycle::Year) => {
            findings.add(Code::DurationOfTwelveYears, &duration_place, &[]);
        }
        Some(_) => {}
    }
    if order.pricing_cycle.is_none() {
        findings.add(Code::PricingCycleMissing, &cycle_place, &[]);
    }
}

fn tags(tags: &[Tag], findings: &mut Findings) {
    let list = ROOT.field("tags");
    if tags.len() > MAX_TAGS {
        let values = [("value", &*count(tags.len())), ("limit", &*count(MAX_TAGS))];
        findings.add(Code::TagsMany, &list, &values);
    }
    let repeated = repeated(tags.iter().map(|it| it.key.as_str()));
    for (index, tag) in tags.iter().enumerate() {
        let place = list.item(index);
        let (key_place, value_place) = (place.field("key"), place.field("value"));
        if tag.key.is_empty() {
            findings.add(Code::TagKeyMissing, &key_place, &[]);
        } else if repeated.contains(&index) {
            findings.add(Code::TagKeyDuplicate, &key_place, &[("value", &shown(&tag.key))]);
        }
        if is_reserved(&tag.key) {
            findings.add(Code::TagKeyReserved, &key_place, &[]);
        }
        length(&tag.key, Code::TagKeyTooLong, &key_place, findings);
        plain_text(&tag.key, &key_place, findings);
        if let Some(value) = &tag.value {
            length(value, Code::TagValueTooLong, &value_place, findings);
            plain_text(value, &value_place, findings);
        }
    }
}

fn is_reserved(key: &str) -> bool {
    let at = |start: usize, word: &str| {
        let part = key.as_bytes().get(start..start + word.len());
        part.is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    at(0, "aliyun")
        || at(0, "acs:")
        || (0..key.len()).any(|start| at(start, "http://") || at(start, "https://"))
}

fn length(text: &str, code: Code, place: &Place<'_>, findings: &mut Findings) {
    let length = text.chars().count();
    if length > MAX_TAG_LENGTH {
        let values = [("value", &*count(length)), ("limit", &*count(MAX_TAG_LENGTH))];
        findings.add(code, place, &values);
    }
}

fn plain_text(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if text.chars().any(char::is_control) {
        findings.add(Code::ControlCharacter, place, &[]);
    }
}

/// The places of the texts that stand further ahead already.
fn repeated<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut first: Vec<&str> = Vec::new();
    let mut repeated = Vec::new();
    for (index, text) in texts.enumerate() {
        match first.binary_search(&text) {
            Ok(_) => repeated.push(index),
            Err(place) => first.insert(place, text),
        }
    }
    repeated
}
