//! The answer of the proxy to `GET /purchases/KEY`.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::state::State;
use crate::{Failure, Fields, FromInput, Input, Shape, shape::Field};

/// How far a purchase is, as the proxy tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Purchase"))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Its idempotency key.
    pub key: String,
    /// How far.
    pub state: State,
    /// The id that the support of the cloud asks for.
    pub request_id: Option<String>,
    /// The id of the new instance.
    pub instance_id: Option<String>,
    /// Why there is no instance, or why nobody knows.
    pub error: Option<Failure>,
    /// When it was written down, in Unix milliseconds: the last time, when it was sent again.
    pub created_at: i64,
    /// When that last changed, in Unix milliseconds.
    pub updated_at: i64,
}

impl Progress {
    /// Whether it is of this key, and has what its state says.
    #[must_use]
    pub fn is_of(&self, key: &str) -> bool {
        let is_whole = match self.state {
            State::Created => self.instance_id.is_some(),
            State::Failed => self.error.is_some(),
            State::Pending | State::Unknown => true,
        };
        is_whole && self.key == key
    }
}

impl FromInput for Progress {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("key", &Shape::Text),
        Field::required("state", State::SHAPE),
        Field::optional("requestId", &Shape::Text),
        Field::optional("instanceId", &Shape::Text),
        Field::optional("error", Failure::SHAPE),
        Field::required("createdAt", &Shape::Integer),
        Field::required("updatedAt", &Shape::Integer),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            key: fields.text("key"),
            state: fields.required("state"),
            request_id: fields.optional_text("requestId"),
            instance_id: fields.optional_text("instanceId"),
            error: fields.optional("error"),
            created_at: fields.required("createdAt"),
            updated_at: fields.required("updatedAt"),
        }
    }
}
