//! The earlier purchase that a repeated order is refused for.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::state::PurchaseState;
use crate::{
    FromValue, ObjectReader, Schema, Value, json::ObjectWriter, json::Property, strings::push_u64,
};

/// An earlier purchase of the same order by the same principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EarlierPurchase {
    /// Its idempotency key.
    pub key: String,
    /// Its state: `created`, `pending` or `unknown`.
    pub state: PurchaseState,
    /// The id of its instance, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// Seconds since it was written to the ledger.
    pub age: u64,
}

impl EarlierPurchase {
    /// Writes it as JSON, byte for byte what serde makes of it.
    pub(crate) fn write(&self, out: &mut String) {
        let mut purchase = ObjectWriter::open(out);
        purchase.text("key", &self.key);
        purchase.text("state", self.state.as_str());
        purchase.optional("instanceId", self.instance_id.as_deref());
        push_u64(purchase.name("age"), self.age, 1);
        purchase.close();
    }
}

impl FromValue for EarlierPurchase {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("key", &Schema::Text),
        Property::required("state", PurchaseState::SCHEMA),
        Property::optional("instanceId", &Schema::Text),
        Property::required("age", &Schema::Integer),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            key: fields.text("key"),
            state: fields.required("state"),
            instance_id: fields.optional_text("instanceId"),
            age: fields.required::<i64>("age").try_into().unwrap_or_default(),
        }
    }
}
