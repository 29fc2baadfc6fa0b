//! Rules: faults, and the requests that they apply to.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{Fault, fault};
use crate::{error::codes, service::OPERATIONS};

/// A fault, and the requests that it applies to.
///
/// ```
/// use havenask_emulator::{Fault, FaultRule};
///
/// let rule = FaultRule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1);
/// # assert_eq!(serde_json::to_string(&rule).unwrap(), r#"{"operation":"CreateInstance","times":1,"fault":"close-after-commit"}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultRule {
    /// Requests.
    #[serde(flatten)]
    pub filter: RequestFilter,
    /// Fault.
    #[serde(flatten)]
    pub fault: Fault,
}

/// Requests that a fault applies to: all of them by default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RequestFilter {
    /// Requests of this operation only: `CreateInstance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Number of requests to skip.
    #[serde(skip_serializing_if = "is_zero")]
    pub skip: u64,
    /// Maximum number of requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// Probability from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Seed of the probability.
    #[serde(skip_serializing_if = "is_zero")]
    pub seed: u64,
}

/// Error of a rule, with the field and its remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidRule(pub(crate) String);

impl FaultRule {
    /// Applies a fault to every request.
    pub fn new(fault: Fault) -> Self {
        Self { filter: RequestFilter::default(), fault }
    }

    /// Restricts the rule to one operation.
    #[must_use]
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.filter.operation = Some(operation.into());
        self
    }

    /// Restricts the rule to a number of requests.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.filter.times = Some(times);
        self
    }

    /// Skips the first requests.
    #[must_use]
    pub fn after(mut self, requests: u64) -> Self {
        self.filter.skip = requests;
        self
    }

    /// Applies the rule with a probability; the same seed selects the same requests.
    #[must_use]
    pub fn sometimes(mut self, probability: f64, seed: u64) -> Self {
        (self.filter.probability, self.filter.seed) = (Some(probability), seed);
        self
    }

    /// Reads a rule from JSON: one object with the fields of [`RequestFilter`] and [`Fault`].
    pub fn from_json(json: &[u8]) -> Result<Self, InvalidRule> {
        const FILTER: [&str; 5] = ["operation", "skip", "times", "probability", "seed"];
        let fields: Map<String, Value> = serde_json::from_slice(json)
            .map_err(|error| InvalidRule(format!("a rule is a JSON object: {error}")))?;
        let (filter, fault): (Map<_, _>, Map<_, _>) = fields
            .into_iter()
            .partition(|(name, _): &(String, Value)| FILTER.contains(&name.as_str()));
        let given: Vec<_> = fault.keys().cloned().collect();
        let rule = Self { filter: read(filter)?, fault: read(fault)? };
        // Serde accepts any field beside the tag of a variant without fields.
        let known = serde_json::to_value(&rule.fault).unwrap_or_default();
        if let Some(unknown) = given.iter().find(|name| known.get(name.as_str()).is_none()) {
            return Err(InvalidRule(format!(
                "{unknown}: there is no such field of {}",
                rule.fault.name()
            )));
        }
        rule.check().map(|()| rule)
    }

    /// Checks the values that their types allow.
    pub(crate) fn check(&self) -> Result<(), InvalidRule> {
        let wrong = |text: String| Err(InvalidRule(text));
        let RequestFilter { operation, probability, .. } = &self.filter;
        let named = |name: &String| OPERATIONS.iter().find(|it| it.action == name);
        let named = operation.as_ref().map(|name| (name, named(name)));
        if let Some((name, None)) = named {
            let all = OPERATIONS.each_ref().map(|operation| operation.action).join(", ");
            return wrong(format!("operation: there is no {name}; write {all}"));
        }
        if probability.is_some_and(|it| !(0.0..=1.0).contains(&it)) {
            return wrong("probability: write a number from 0 to 1".into());
        }
        match &self.fault {
            Fault::Error { status, .. } if fault::server_error(*status).is_none() => {
                wrong("status: write 500, 502, 503 or 504".into())
            }
            Fault::Refuse { code, .. } if codes::find(code).is_none() => {
                let all: Vec<_> = codes::all().map(|row| row.code).collect();
                wrong(format!("code: there is no {code}; write {}", all.join(", ")))
            }
            Fault::SlowBytes { bytes_per_second: 0 } => {
                wrong("bytesPerSecond: write at least 1".into())
            }
            Fault::SoftFailure if !matches!(named, Some((_, Some(it))) if it.product.has_business_failures()) =>
            {
                let all = OPERATIONS.iter().filter(|it| it.product.has_business_failures());
                let all: Vec<_> = all.map(|it| it.action).collect();
                wrong(format!("operation: soft-failure is about one of {}", all.join(", ")))
            }
            fault => match (fault.only_operation(), operation) {
                (Some(only), Some(other)) if only != other => {
                    wrong(format!("operation: {} is about {only}", fault.name()))
                }
                _ => Ok(()),
            },
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
