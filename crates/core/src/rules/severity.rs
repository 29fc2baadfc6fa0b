//! The severity of a problem.

use serde::{Deserialize, Serialize};

use crate::json::{FromValue, Schema, Value, enum_index};

const SEVERITIES: [&str; 2] = ["error", "warning"];

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The documents forbid it.
    Error,
    /// It is allowed, and probably not meant.
    Warning,
}

impl Severity {
    /// Its name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        SEVERITIES[self as usize]
    }
}

impl FromValue for Severity {
    const SCHEMA: &'static Schema = &Schema::Enum(&SEVERITIES);

    fn from_checked(value: &Value<'_>) -> Self {
        if enum_index(value, &SEVERITIES) == 0 { Self::Error } else { Self::Warning }
    }
}
