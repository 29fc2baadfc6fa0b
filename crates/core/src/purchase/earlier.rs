//! The earlier purchase that a repeated order is refused for.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::state::PurchaseState;
use crate::{json::ObjectWriter, json_object, strings::push_u64};

json_object! {
    /// An earlier purchase of the same order by the same principal.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct EarlierPurchase: OpenObject {
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
