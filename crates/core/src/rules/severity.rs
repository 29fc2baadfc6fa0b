//! The severity of a problem.

use serde::{Deserialize, Serialize};

use crate::json_enum;

json_enum! {
    /// Severity of a problem.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum Severity {
        /// The documents forbid it.
        Error = "error",
        /// It is allowed, and probably not meant.
        Warning = "warning",
    }
}
