//! The states of a purchase.

use serde::{Deserialize, Serialize};

use crate::json_enum;

json_enum! {
    /// State of a purchase.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PurchaseState"))]
    pub enum PurchaseState {
        /// It was written down; whether it was sent or made is not known yet.
        Pending = "pending",
        /// The instance is there.
        Created = "created",
        /// No instance was made, for certain.
        Failed = "failed",
        /// Nobody could find out whether an instance was made. Somebody has to.
        Unknown = "unknown",
    }
}
