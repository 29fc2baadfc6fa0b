//! The price of an order, as JSON. Amounts are decimal texts as [`Amount`](super::Amount) writes them.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    json::{self, ObjectWriter},
    json_enum, json_object,
};

json_enum! {
    /// The three kinds of answers to the question for a price.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum QuoteStatus {
        /// The cloud quotes a price.
        Priced = "priced",
        /// The trade system of the cloud refuses such an order.
        Refused = "refused",
        /// Nobody says what the order costs: unknown is not free.
        NotPriced = "not-priced",
    }
}

json_object! {
    /// The price of an order for the account that pays. Fixed fees and usage fees are two things: a total of 0 beside usage charges is not
    /// free of charge.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct Price: OpenObject {
        /// The currency, by ISO 4217: `CNY`, `USD`, `JPY`.
        pub currency: String,
        /// The fixed fees, after discount.
        pub total: String,
        /// The fixed fees before discount, when the cloud tells them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub original: Option<String>,
        /// The amount taken off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub discount: Option<String>,
        /// The unit of billing: `1 Month`, `12 Month`, `Hour`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit: Option<String>,
        /// The parts of the total.
        pub items: Vec<PricedItem>,
        /// The fees by usage, which no total holds.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub usage: Vec<UsageCharge> = default,
    }
}

json_object! {
    /// A part of the total: a module of the cloud's billing, which may be a component of the order.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct PricedItem: OpenObject {
        /// The code of the module.
        pub code: String,
        /// Its price before discount.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub original: Option<String>,
        /// The amount taken off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub discount: Option<String>,
        /// Its price.
        pub total: String,
    }
}

json_object! {
    /// A fee that is charged by usage.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct UsageCharge: OpenObject {
        /// The code of the module.
        pub code: String,
        /// The price of a unit.
        pub price: String,
        /// The unit: `GB`, `Hour`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit: Option<String>,
    }
}

impl Price {
    pub(crate) fn write(&self, out: &mut String) {
        let mut price = ObjectWriter::open(out);
        price.text("currency", &self.currency);
        price.text("total", &self.total);
        price.optional("original", self.original.as_deref());
        price.optional("discount", self.discount.as_deref());
        price.optional("unit", self.unit.as_deref());
        json::list(price.name("items"), &self.items, |out, item| {
            let mut object = ObjectWriter::open(out);
            object.text("code", &item.code);
            object.optional("original", item.original.as_deref());
            object.optional("discount", item.discount.as_deref());
            object.text("total", &item.total);
            object.close();
        });
        if !self.usage.is_empty() {
            json::list(price.name("usage"), &self.usage, |out, charge| {
                let mut object = ObjectWriter::open(out);
                object.text("code", &charge.code);
                object.text("price", &charge.price);
                object.optional("unit", charge.unit.as_deref());
                object.close();
            });
        }
        price.close();
    }
}
