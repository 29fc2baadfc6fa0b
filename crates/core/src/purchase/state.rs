//! The states of a purchase.

use serde::{Deserialize, Serialize};

use crate::{FromValue, Schema, Value, json::enum_index};

/// How far a purchase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PurchaseState"))]
#[serde(rename_all = "lowercase")]
pub enum PurchaseState {
    /// It was written down; whether it was sent or made is not known yet.
    Pending,
    /// The instance is there.
    Created,
    /// No instance was made, for certain.
    Failed,
    /// Whether an instance was made could not be found out. Somebody has to.
    Unknown,
}

const STATES: [&str; 4] = ["pending", "created", "failed", "unknown"];

impl PurchaseState {
    const ALL: [Self; 4] = [Self::Pending, Self::Created, Self::Failed, Self::Unknown];

    /// Its name, in the ledger and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        STATES[self as usize]
    }

    /// The state of this name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl FromValue for PurchaseState {
    const SCHEMA: &'static Schema = &Schema::Enum(&STATES);

    fn from_checked(value: &Value<'_>) -> Self {
        Self::ALL[enum_index(value, &STATES)]
    }
}
