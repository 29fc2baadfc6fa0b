//! A column of every table of errors: whether something may have been bought all the same.

use serde::{Deserialize, Serialize};

use crate::{FromValue, Schema, Value, json::enum_index};

/// Whether a refused or failed purchase may have bought all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PurchaseOutcome {
    /// Nothing was bought.
    NotCreated,
    /// Nobody knows yet: it may have been bought. Buying again may pay twice.
    Unknown,
}

const OUTCOMES: [&str; 2] = ["not-created", "unknown"];

impl PurchaseOutcome {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCreated => OUTCOMES[0],
            Self::Unknown => OUTCOMES[1],
        }
    }
}

impl FromValue for PurchaseOutcome {
    const SCHEMA: &'static Schema = &Schema::Enum(&OUTCOMES);

    fn from_checked(value: &Value<'_>) -> Self {
        if enum_index(value, &OUTCOMES) == 0 { Self::NotCreated } else { Self::Unknown }
    }
}
