//! Answers of the proxy to `GET /purchases` and `GET /purchases/KEY`.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::state::PurchaseState;
use crate::{Failure, json_object, model::CreateInstanceRequest, pricing::Quote};

/// The parameter of the next page of purchases.
pub const NEXT_TOKEN: &str = "nextToken";

json_object! {
    /// Progress of a purchase, as the proxy tells it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Purchase"))]
    #[serde(rename_all = "camelCase")]
    pub struct PurchaseProgress: OpenObject {
        /// Its idempotency key.
        pub key: String,
        /// State.
        pub state: PurchaseState,
        /// The region that it is bought in, where the endpoint is of one.
        pub region: Option<String>,
        /// The address of the terms that its buyer has accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub terms: Option<String>,
        /// The quote of a moment before it was sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub quote: Option<Quote>,
        /// The order, without the tag by which its instance is found; none for a purchase that was restored.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub request: Option<CreateInstanceRequest>,
        /// The id that the support of the cloud asks for.
        pub request_id: Option<String>,
        /// The id of the new instance.
        pub instance_id: Option<String>,
        /// Reason that there is no instance, or that nobody knows.
        pub error: Option<Failure>,
        /// When its instance was READY, in Unix milliseconds, where somebody waited for that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ready_at: Option<i64>,
        /// The time of its entry in the ledger, in Unix milliseconds: the last one, when it was sent again.
        pub created_at: i64,
        /// The time of its last change, in Unix milliseconds.
        pub updated_at: i64,
    }
}

json_object! {
    /// A page of the purchases of a principal, the newest first.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct PurchaseList: OpenObject {
        /// The purchases.
        pub purchases: Vec<PurchaseProgress>,
        /// The token of the next page; none on the last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next_token: Option<String>,
    }
}

impl PurchaseProgress {
    /// Tests that it is of this key, and complete for its state.
    #[must_use]
    pub fn is_of(&self, key: &str) -> bool {
        let is_whole = match self.state {
            PurchaseState::Created => self.instance_id.is_some(),
            PurchaseState::Failed => self.error.is_some(),
            PurchaseState::Pending | PurchaseState::Unknown => true,
        };
        is_whole && self.key == key
    }
}
