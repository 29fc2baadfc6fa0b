//! The states of a purchase.

use serde::{Deserialize, Serialize};

use crate::json_enum;

json_enum! {
    /// How far a purchase is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PurchaseState"))]
    pub enum PurchaseState {
        /// It was written down; whether it was sent or made is not known yet.
        Pending = "pending",
        /// The instance is there.
        Created = "created",
        /// No instance was made, for certain.
        Failed = "failed",
        /// Whether an instance was made could not be found out. Somebody has to.
        Unknown = "unknown",
    }
}
