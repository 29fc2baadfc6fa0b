//! A column of every table of errors: whether something may have been bought all the same.

use serde::{Deserialize, Serialize};

use crate::{FromInput, Input, Shape, reading::word};

/// Whether a refused or failed purchase may have bought all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing was bought.
    NotCreated,
    /// Nobody knows yet: it may have been bought. Buying again may pay twice.
    Unknown,
}

const OUTCOMES: [&str; 2] = ["not-created", "unknown"];

impl Outcome {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCreated => OUTCOMES[0],
            Self::Unknown => OUTCOMES[1],
        }
    }
}

impl FromInput for Outcome {
    const SHAPE: &'static Shape = &Shape::Word(&OUTCOMES);

    fn take(input: &Input<'_>) -> Self {
        if word(input, &OUTCOMES) == 0 { Self::NotCreated } else { Self::Unknown }
    }
}
