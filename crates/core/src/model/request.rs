//! Requests of the API. Names and order of the fields are those of the wire; every field is optional in the
//! official metadata, and what a sensible request needs is a matter of [`crate::rules`].

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    json::{self, ObjectWriter},
    json_enum, json_object,
    strings::i64_to_string,
};

/// The body of `CreateInstance`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateInstanceRequest {
    /// The billing method. `POSTPAY` is in the API, but documented as not supported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge_type: Option<ChargeType>,
    /// The specification of the instance.
    #[cfg_attr(feature = "schema", schemars(length(max = super::limits::MAX_COMPONENTS)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<Component>>,
    /// The term that is paid for. The documentation of `chargeType` calls it paymentInfo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// The resource group of the account that the instance belongs to; the default group when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Labels of the instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

json_enum! {
    /// Billing method of an instance.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum ChargeType {
        /// Subscription, paid in advance.
        Prepay = "PREPAY",
        /// Pay as you go.
        Postpay = "POSTPAY",
    }
}

/// One part of the specification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// The code of the specification, as on the buy page: `searcherdocsize`.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub code: String,
    /// The value of the specification, a number as text too: `"200"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The term of a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Order {
    /// True if the subscription renews itself, and is paid again, when its term ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_renew: Option<bool>,
    /// The number of pricing cycles: 1 to 10, or 12.
    #[cfg_attr(feature = "schema", schemars(range(min = super::limits::DURATIONS.first().copied(), max = super::limits::DURATIONS.last().copied())))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<i64>,
    /// The unit of `duration`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing_cycle: Option<PricingCycle>,
}

json_enum! {
    /// The unit of a term.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum PricingCycle {
        /// Months.
        Month = "Month",
        /// Years.
        Year = "Year",
    }
}

impl Order {
    /// The term in months, when it is said and can be counted.
    #[must_use]
    pub fn months(&self) -> Option<u64> {
        let duration = u64::try_from(self.duration?).ok()?;
        duration.checked_mul(self.pricing_cycle?.months()).filter(|months| *months > 0)
    }
}

impl PricingCycle {
    /// The months of one cycle.
    #[must_use]
    pub const fn months(self) -> u64 {
        match self {
            Self::Month => 1,
            Self::Year => 12,
        }
    }
}

json_object! {
    /// A label.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Tag: OpenObject {
        /// 1 to 128 characters, once in a request.
        pub key: String,
        /// At most 128 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<String>,
    }
}

/// The query of `ListInstances`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListInstancesRequest {
    /// The page, from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = u32::MAX)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_number: Option<u32>,
    /// Instances on a page, 1 to 50; 10 when it is left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = super::limits::MAX_PAGE_SIZE)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// Only the instance with this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// Only instances whose description holds this text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Only instances of this resource group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// `vector` or `engine`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Only instances that carry all of these tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

impl Component {
    /// A component with a value.
    pub fn new(code: impl Into<String>, value: impl Into<String>) -> Self {
        Self { code: code.into(), value: Some(value.into()) }
    }
}

impl Tag {
    /// A label with a value.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: Some(value.into()) }
    }
}

impl CreateInstanceRequest {
    /// The body as it is sent.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        let mut body = ObjectWriter::open(&mut out);
        self.write_properties(&mut body);
        body.close();
        out
    }

    /// Writes the properties of the body into an object, which may have others besides.
    pub(crate) fn write_properties(&self, body: &mut ObjectWriter<'_>) {
        body.optional("chargeType", self.charge_type.map(ChargeType::as_str));
        if let Some(components) = &self.components {
            json::list(body.name("components"), components, |out, component| {
                pair(out, ("code", &component.code), ("value", component.value.as_deref()));
            });
        }
        if let Some(order) = &self.order {
            order.write(body.name("order"));
        }
        body.optional("resourceGroupId", self.resource_group_id.as_deref());
        if let Some(tags) = &self.tags {
            write_tags(body.name("tags"), tags);
        }
    }
}

impl Order {
    fn write(&self, out: &mut String) {
        let mut order = ObjectWriter::open(out);
        if let Some(auto_renew) = self.auto_renew {
            order.bool("autoRenew", auto_renew);
        }
        if let Some(duration) = self.duration {
            order.name("duration").push_str(&i64_to_string(duration));
        }
        order.optional("pricingCycle", self.pricing_cycle.map(PricingCycle::as_str));
        order.close();
    }
}

/// Tags as the JSON array that bodies hold and that `ListInstances` takes as text.
pub(crate) fn write_tags(out: &mut String, tags: &[Tag]) {
    json::list(out, tags, |out, tag| pair(out, ("key", &tag.key), ("value", tag.value.as_deref())));
}

fn pair(out: &mut String, first: (&str, &str), second: (&str, Option<&str>)) {
    let mut object = ObjectWriter::open(out);
    object.text(first.0, first.1);
    object.optional(second.0, second.1);
    object.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_has_the_order_of_the_official_sdks() {
        let request = CreateInstanceRequest {
            tags: Some(vec![Tag::new("team", "搜索"), Tag { key: "bare".into(), value: None }]),
            resource_group_id: Some("rg-1".into()),
            order: Some(Order {
                pricing_cycle: Some(PricingCycle::Year),
                duration: Some(1),
                auto_renew: Some(false),
            }),
            components: Some(vec![Component::new("searcherdocsize", "200")]),
            charge_type: Some(ChargeType::Prepay),
        };
        let json = concat!(
            r#"{"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"}],"#,
            r#""order":{"autoRenew":false,"duration":1,"pricingCycle":"Year"},"resourceGroupId":"rg-1","#,
            r#""tags":[{"key":"team","value":"搜索"},{"key":"bare"}]}"#,
        );
        assert_eq!(request.to_json(), json);
        assert_eq!(serde_json::from_str::<CreateInstanceRequest>(json).unwrap(), request);
    }

    #[test]
    fn nothing_set_is_an_empty_object_and_an_empty_list_stays_one() {
        assert_eq!(CreateInstanceRequest::default().to_json(), "{}");
        let request =
            CreateInstanceRequest { tags: Some(Vec::new()), ..CreateInstanceRequest::default() };
        assert_eq!(request.to_json(), r#"{"tags":[]}"#);
    }
}
