//! A draft as a text: names and values as in a query. It holds what was filled in, and never a key.

use js_sys::{decode_uri_component, encode_uri_component};

use crate::{
    field::{Field, List},
    form::Form,
};

/// The controls that are there once, by the names of the API.
const ONCE: [(&str, Field); 5] = [
    ("region", Field::Region),
    ("chargeType", Field::ChargeType),
    ("duration", Field::Duration),
    ("pricingCycle", Field::PricingCycle),
    ("resourceGroupId", Field::ResourceGroup),
];
const AUTO_RENEW: &str = "autoRenew";
const COMPONENT: &str = "component";
const TAG: &str = "tag";

/// Writes a draft.
pub(crate) fn write(form: &Form) -> String {
    let mut text = String::new();
    let mut add = |name: &str, value: &str| {
        for part in [if text.is_empty() { "" } else { "&" }, name, "="] {
            text.push_str(part);
        }
        text.push_str(&String::from(encode_uri_component(value)));
    };
    for (name, field) in ONCE {
        add(name, &form.text(field));
    }
    add(AUTO_RENEW, if form.auto_renew { "true" } else { "" });
    let request = form.draft().request;
    for component in request.components.unwrap_or_default() {
        add(COMPONENT, &[&component.code, "=", &component.value.unwrap_or_default()].concat());
    }
    for tag in request.tags.unwrap_or_default() {
        add(TAG, &[&tag.key, "=", &tag.value.unwrap_or_default()].concat());
    }
    text
}

/// Reads a draft; what it does not understand of it is left out.
pub(crate) fn read(text: &str) -> Form {
    let mut form = Form::empty();
    for pair in text.split('&') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let Ok(value) = decode_uri_component(value).map(String::from) else { continue };
        match name {
            AUTO_RENEW => form.auto_renew = value == "true",
            COMPONENT => form.add_pair(List::Components, &value),
            TAG => form.add_pair(List::Tags, &value),
            name => {
                if let Some((_, field)) = ONCE.iter().find(|(known, _)| *known == name) {
                    form.set(*field, value);
                }
            }
        }
    }
    form
}
