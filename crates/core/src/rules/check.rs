//! What a request says, against what the documents allow.

use super::{
    Code, DURATIONS, Findings, MAX_COMPONENTS, MAX_TAG_LENGTH, MAX_TAGS, Options, Severity, item,
    pointer, shown,
};
use crate::{
    catalog::Catalog,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
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
        plain_text(id, "/resourceGroupId", findings);
    }
    tags(request.tags.as_deref().unwrap_or_default(), findings);
}

fn charge_type(request: &CreateInstanceRequest, options: &Options<'_>, findings: &mut Findings) {
    match request.charge_type {
        None => findings.add(Code::ChargeTypeMissing, "/chargeType", &[]),
        Some(ChargeType::Prepay) if request.order.is_none() => {
            findings.add(Code::OrderMissing, "/order", &[]);
        }
        Some(ChargeType::Prepay) => {}
        Some(ChargeType::Postpay) => {
            let severity = if options.allow_postpay { Severity::Warning } else { Severity::Error };
            findings.add_as(Code::PostpayNotSupported, severity, "/chargeType", &[]);
            if request.order.is_some() {
                findings.add(Code::OrderWithoutPrepay, "/order", &[]);
            }
        }
    }
}

fn components(components: &[Component], catalog: Option<&Catalog>, findings: &mut Findings) {
    if components.is_empty() {
        findings.add(Code::ComponentsMissing, "/components", &[]);
    }
    if components.len() > MAX_COMPONENTS {
        let values = [components.len().to_string(), MAX_COMPONENTS.to_string()];
        let values = [("value", values[0].as_str()), ("limit", values[1].as_str())];
        return findings.add(Code::ComponentsTooMany, "/components", &values);
    }
    let mut first = FirstOf::default();
    for (index, component) in components.iter().enumerate() {
        let path = item("/components", index);
        let code = shown(&component.code);
        if component.code.trim().is_empty() {
            findings.add(Code::ComponentCodeMissing, pointer(&path, "code"), &[]);
        } else if !first.is_first(&component.code) {
            findings.add(Code::ComponentCodeDuplicate, pointer(&path, "code"), &[("value", &code)]);
        }
        plain_text(&component.code, &pointer(&path, "code"), findings);
        match component.value.as_deref() {
            None | Some("") => {
                findings.add(
                    Code::ComponentValueMissing,
                    pointer(&path, "value"),
                    &[("value", &code)],
                );
            }
            Some(value) => {
                plain_text(value, &pointer(&path, "value"), findings);
                if let Some(catalog) = catalog {
                    offered(&component.code, value, catalog, &path, findings);
                }
            }
        }
    }
}

fn offered(code: &str, value: &str, catalog: &Catalog, path: &str, findings: &mut Findings) {
    let Some(entry) = catalog.find(code) else {
        let values = [("value", shown(code))];
        let values = [(values[0].0, values[0].1.as_str())];
        return findings.add(Code::ComponentCodeUnchecked, pointer(path, "code"), &values);
    };
    if let Err(offer) = entry.accepts(value, findings.locale) {
        let (value, component) = (shown(value), entry.label(findings.locale));
        findings.add(
            Code::ComponentValueNotOffered,
            pointer(path, "value"),
            &[("value", &value), ("component", component), ("offer", &offer)],
        );
    }
}

fn term(order: &Order, findings: &mut Findings) {
    const DURATION: &str = "/order/duration";
    match order.duration {
        None => findings.add(Code::DurationMissing, DURATION, &[]),
        Some(duration) if !DURATIONS.contains(&duration) => {
            findings.add(Code::DurationNotOffered, DURATION, &[("value", &duration.to_string())]);
        }
        Some(12) if order.pricing_cycle == Some(PricingCycle::Year) => {
            findings.add(Code::DurationOfTwelveYears, DURATION, &[]);
        }
        Some(_) => {}
    }
    if order.pricing_cycle.is_none() {
        findings.add(Code::PricingCycleMissing, "/order/pricingCycle", &[]);
    }
}

fn tags(tags: &[Tag], findings: &mut Findings) {
    if tags.len() > MAX_TAGS {
        let values = [tags.len().to_string(), MAX_TAGS.to_string()];
        let values = [("value", values[0].as_str()), ("limit", values[1].as_str())];
        findings.add(Code::TagsMany, "/tags", &values);
    }
    let mut first = FirstOf::default();
    for (index, tag) in tags.iter().enumerate() {
        let path = item("/tags", index);
        let (key_path, value_path) = (pointer(&path, "key"), pointer(&path, "value"));
        if tag.key.is_empty() {
            findings.add(Code::TagKeyMissing, &key_path, &[]);
        } else if !first.is_first(&tag.key) {
            findings.add(Code::TagKeyDuplicate, &key_path, &[("value", &shown(&tag.key))]);
        }
        let lower = tag.key.to_ascii_lowercase();
        if lower.starts_with("aliyun")
            || lower.starts_with("acs:")
            || lower.contains("http://")
            || lower.contains("https://")
        {
            findings.add(Code::TagKeyReserved, &key_path, &[]);
        }
        length(&tag.key, Code::TagKeyTooLong, &key_path, findings);
        plain_text(&tag.key, &key_path, findings);
        if let Some(value) = &tag.value {
            length(value, Code::TagValueTooLong, &value_path, findings);
            plain_text(value, &value_path, findings);
        }
    }
}

fn length(text: &str, code: Code, path: &str, findings: &mut Findings) {
    let count = text.chars().count();
    if count > MAX_TAG_LENGTH {
        let values = [count.to_string(), MAX_TAG_LENGTH.to_string()];
        findings.add(code, path, &[("value", &values[0]), ("limit", &values[1])]);
    }
}

fn plain_text(text: &str, path: &str, findings: &mut Findings) {
    if text.chars().any(char::is_control) {
        findings.add(Code::ControlCharacter, path, &[]);
    }
}

/// Tells the first of several equal texts from the others.
#[derive(Default)]
struct FirstOf<'a>(std::collections::BTreeSet<&'a str>);

impl<'a> FirstOf<'a> {
    fn is_first(&mut self, text: &'a str) -> bool {
        self.0.insert(text)
    }
}
