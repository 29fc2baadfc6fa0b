//! The earlier purchase that a repeated order is refused for.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::state::State;
use crate::{Fields, FromInput, Input, Shape, json::Object, shape::Field, text::push_number};

/// An earlier purchase of the same order by the same principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EarlierPurchase {
    /// Its idempotency key.
    pub key: String,
    /// Its state: `created`, `pending` or `unknown`.
    pub state: State,
    /// The id of its instance, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// Seconds since it was written to the ledger.
    pub age: u64,
}

impl EarlierPurchase {
    /// Writes it as JSON, byte for byte what serde makes of it.
    pub(crate) fn write(&self, out: &mut String) {
        let mut purchase = Object::open(out);
        purchase.text("key", &self.key);
        purchase.text("state", self.state.as_str());
        purchase.optional("instanceId", self.instance_id.as_deref());
        push_number(purchase.name("age"), self.age, 1);
        purchase.close();
    }
}

impl FromInput for EarlierPurchase {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("key", &Shape::Text),
        Field::required("state", State::SHAPE),
        Field::optional("instanceId", &Shape::Text),
        Field::required("age", &Shape::Integer),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            key: fields.text("key"),
            state: fields.required("state"),
            instance_id: fields.optional_text("instanceId"),
            age: fields.required::<i64>("age").try_into().unwrap_or_default(),
        }
    }
}
