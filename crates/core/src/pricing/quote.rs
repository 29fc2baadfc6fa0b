//! The answer of the proxy to `POST /quotes`: the price of an order, or why there is none. Amounts are decimal texts as
//! [`Amount`](super::Amount) writes them.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Failure, FromValue, ObjectReader, Property, Schema, Value,
    json::{self, ObjectWriter, enum_index},
    strings::i64_to_string,
};

/// The address of the proxy that quotes an order.
pub const QUOTES: &str = "/quotes";

/// The price of an order, asked for at some time; it binds nobody at the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// The kind of the answer.
    pub status: QuoteStatus,
    /// The price, when the order is priced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// The reason, when the order is refused or not priced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Failure>,
    /// The time of the answer, in Unix milliseconds.
    pub quoted_at: i64,
    /// The id that the support of the cloud asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// The three kinds of answers to the question for a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuoteStatus {
    /// The cloud quotes a price.
    Priced,
    /// The trade system of the cloud refuses such an order.
    Refused,
    /// Nobody says what the order costs: unknown is not free.
    NotPriced,
}

/// The price of an order for the account that pays. Fixed fees and usage fees are two things: a total of 0 beside usage charges is not
/// free of charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Price {
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
    pub usage: Vec<UsageCharge>,
}

/// A part of the total: a module of the cloud's billing, which may be a component of the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PricedItem {
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

/// A fee that is charged by usage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct UsageCharge {
    /// The code of the module.
    pub code: String,
    /// The price of a unit.
    pub price: String,
    /// The unit: `GB`, `Hour`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl Quote {
    /// The schema of a quote inside a failure. Its own reason is a failure again, and is read as far as it is one.
    pub(crate) const INSIDE_A_FAILURE: &'static Schema = &Schema::OpenObject(&[
        Property::required("status", QuoteStatus::SCHEMA),
        Property::optional("price", Price::SCHEMA),
        Property::required("quotedAt", &Schema::Integer),
        Property::optional("requestId", &Schema::Text),
    ]);

    /// The quote as JSON, byte for byte what serde makes of it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out);
        out
    }

    pub(crate) fn write(&self, out: &mut String) {
        let mut quote = ObjectWriter::open(out);
        quote.text("status", self.status.as_str());
        if let Some(price) = &self.price {
            price.write(quote.name("price"));
        }
        if let Some(reason) = &self.reason {
            quote.name("reason").push_str(&reason.to_json());
        }
        quote.name("quotedAt").push_str(&i64_to_string(self.quoted_at));
        quote.optional("requestId", self.request_id.as_deref());
        quote.close();
    }
}

impl QuoteStatus {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        STATUSES[self as usize]
    }
}

impl Price {
    fn write(&self, out: &mut String) {
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

impl FromValue for Quote {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("status", QuoteStatus::SCHEMA),
        Property::optional("price", Price::SCHEMA),
        Property::optional("reason", Failure::SCHEMA),
        Property::required("quotedAt", &Schema::Integer),
        Property::optional("requestId", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            status: fields.required("status"),
            price: fields.optional("price"),
            reason: fields.optional("reason"),
            quoted_at: fields.required("quotedAt"),
            request_id: fields.optional_text("requestId"),
        }
    }
}

const STATUSES: [&str; 3] = ["priced", "refused", "not-priced"];

impl FromValue for QuoteStatus {
    const SCHEMA: &'static Schema = &Schema::Enum(&STATUSES);

    fn from_checked(value: &Value<'_>) -> Self {
        match enum_index(value, &STATUSES) {
            0 => Self::Priced,
            1 => Self::Refused,
            _ => Self::NotPriced,
        }
    }
}

impl FromValue for Price {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("currency", &Schema::Text),
        Property::required("total", &Schema::Text),
        Property::optional("original", &Schema::Text),
        Property::optional("discount", &Schema::Text),
        Property::optional("unit", &Schema::Text),
        Property::required("items", Vec::<PricedItem>::SCHEMA),
        Property::optional("usage", Vec::<UsageCharge>::SCHEMA),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            currency: fields.text("currency"),
            total: fields.text("total"),
            original: fields.optional_text("original"),
            discount: fields.optional_text("discount"),
            unit: fields.optional_text("unit"),
            items: fields.required("items"),
            usage: fields.optional("usage").unwrap_or_default(),
        }
    }
}

impl FromValue for PricedItem {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("code", &Schema::Text),
        Property::optional("original", &Schema::Text),
        Property::optional("discount", &Schema::Text),
        Property::required("total", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            code: fields.text("code"),
            original: fields.optional_text("original"),
            discount: fields.optional_text("discount"),
            total: fields.text("total"),
        }
    }
}

impl FromValue for UsageCharge {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("code", &Schema::Text),
        Property::required("price", &Schema::Text),
        Property::optional("unit", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            code: fields.text("code"),
            price: fields.text("price"),
            unit: fields.optional_text("unit"),
        }
    }
}
