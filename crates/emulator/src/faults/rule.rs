//! What goes wrong, and when.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{Fault, fault};
use crate::{call::ACTIONS, refusal::codes};

/// What goes wrong, and with which requests.
///
/// ```
/// use havenask_emulator::{Fault, Rule};
///
/// let rule = Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1);
/// # assert_eq!(serde_json::to_string(&rule).unwrap(), r#"{"operation":"CreateInstance","times":1,"fault":"close-after-commit"}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// With which requests.
    #[serde(flatten)]
    pub when: When,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: Fault,
}

/// With which requests something goes wrong: with every one, unless this says less.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct When {
    /// Only those of this operation: `CreateInstance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Not with the first so many of them.
    #[serde(skip_serializing_if = "is_zero")]
    pub skip: u64,
    /// So often, and then no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// With this share of them, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Which ones the share hits: the same seed, the same ones.
    #[serde(skip_serializing_if = "is_zero")]
    pub seed: u64,
}

/// Why a rule cannot be followed, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRule(pub(crate) String);

impl Rule {
    /// This, with every request.
    pub fn new(fault: Fault) -> Self {
        Self { when: When::default(), fault }
    }

    /// Only with requests of this operation.
    #[must_use]
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.when.operation = Some(operation.into());
        self
    }

    /// Only so often.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.when.times = Some(times);
        self
    }

    /// Not with the first so many.
    #[must_use]
    pub fn after(mut self, requests: u64) -> Self {
        self.when.skip = requests;
        self
    }

    /// Only with this share of them, always the same ones for the same seed.
    #[must_use]
    pub fn sometimes(mut self, probability: f64, seed: u64) -> Self {
        (self.when.probability, self.when.seed) = (Some(probability), seed);
        self
    }

    /// Reads a rule as the admin port takes it: one object of the fields of [`When`] and of [`Fault`].
    pub fn from_json(json: &[u8]) -> Result<Self, InvalidRule> {
        const WHEN: [&str; 5] = ["operation", "skip", "times", "probability", "seed"];
        let fields: Map<String, Value> = serde_json::from_slice(json)
            .map_err(|error| InvalidRule(format!("a rule is a JSON object: {error}")))?;
        let (when, fault): (Map<_, _>, Map<_, _>) = fields
            .into_iter()
            .partition(|(name, _): &(String, Value)| WHEN.contains(&name.as_str()));
        let given: Vec<_> = fault.keys().cloned().collect();
        let rule = Self { when: read(when)?, fault: read(fault)? };
        // Serde lets anything stand beside the tag of a variant without fields.
        let known = serde_json::to_value(&rule.fault).unwrap_or_default();
        if let Some(unknown) = given.iter().find(|name| known.get(name.as_str()).is_none()) {
            return Err(InvalidRule(format!(
                "{unknown}: there is no such field of {}",
                rule.fault.name()
            )));
        }
        rule.check().map(|()| rule)
    }

    /// Whether the rule can be followed.
    pub(crate) fn check(&self) -> Result<(), InvalidRule> {
        let wrong = |text: String| Err(InvalidRule(text));
        let When { operation, probability, .. } = &self.when;
        if let Some(name) = operation
            && !ACTIONS.contains(&name.as_str())
        {
            return wrong(format!("operation: there is no {name}; write {}", ACTIONS.join(", ")));
        }
        if probability.is_some_and(|it| !(0.0..=1.0).contains(&it)) {
            return wrong("probability: write a number from 0 to 1".into());
        }
        match &self.fault {
            Fault::Error { status, .. } if fault::failure(*status).is_none() => {
                wrong("status: write 500, 502, 503 or 504".into())
            }
            Fault::Refuse { code, .. } if codes::find(code).is_none() => {
                let all: Vec<_> = codes::ALL.iter().map(|row| row.code).collect();
                wrong(format!("code: there is no {code}; write {}", all.join(", ")))
            }
            Fault::SlowBytes { bytes_per_second: 0 } => {
                wrong("bytesPerSecond: write at least 1".into())
            }
            Fault::LateVisibility { .. }
                if operation.as_deref().is_some_and(|it| it != "CreateInstance") =>
            {
                wrong("operation: late-visibility is about CreateInstance".into())
            }
            _ => Ok(()),
        }
    }
}

fn read<T: DeserializeOwned>(fields: Map<String, Value>) -> Result<T, InvalidRule> {
    serde_json::from_value(Value::Object(fields)).map_err(|error| InvalidRule(error.to_string()))
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl fmt::Display for InvalidRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for InvalidRule {}
