//! A column of every table of errors: whether a refused or failed request may be sent again.

use serde::{Deserialize, Serialize};

use crate::{FromValue, Schema, Value, json::enum_index};

/// Whether the request may be sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Retry {
    /// Yes, with the same idempotency key, once the remedy is done: it buys once at most.
    SameKey,
    /// Yes, with a new idempotency key, once the remedy is done: the old one keeps its refusal.
    NewKey,
    /// No: the request must be changed, or somebody has to find out what became of it.
    #[default]
    No,
}

const WORDS: [&str; 3] = ["same-key", "new-key", "no"];

impl Retry {
    const ALL: [Self; 3] = [Self::SameKey, Self::NewKey, Self::No];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        WORDS[self as usize]
    }
}

impl FromValue for Retry {
    const SCHEMA: &'static Schema = &Schema::Enum(&WORDS);

    fn from_checked(value: &Value<'_>) -> Self {
        Self::ALL[enum_index(value, &WORDS)]
    }
}
