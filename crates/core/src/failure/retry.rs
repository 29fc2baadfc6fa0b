//! A column of every table of errors: whether a refused or failed request may be sent again.

use serde::{Deserialize, Serialize};

use crate::json_enum;

json_enum! {
    /// Permission to send a request again.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum Retry {
        /// Yes, with the same idempotency key, once the remedy is done: it buys once at most.
        SameKey = "same-key",
        /// Yes, with a new idempotency key, once the remedy is done: the old one keeps its refusal.
        NewKey = "new-key",
        /// No: the request must be changed, or somebody has to find out what became of it.
        #[default]
        No = "no",
    }
}
