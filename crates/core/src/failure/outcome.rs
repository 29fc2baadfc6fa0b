//! A column of every table of errors: whether something may have been bought all the same.

use serde::{Deserialize, Serialize};

use crate::json_enum;

json_enum! {
    /// State of knowledge after a refused or failed purchase: it may have bought all the same.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum PurchaseOutcome {
        /// Nothing was bought.
        NotCreated = "not-created",
        /// Nobody knows yet: it may have been bought. Buying again may pay twice.
        Unknown = "unknown",
    }
}
