//! What makes a purchase happen once, and how far it is. The API has no idempotency token of its own.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Failure, Fields, FromInput, Input, Shape, reading::word, shape::Field};

/// The header that tells one purchase from another.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The tag that every purchase carries, with its idempotency key as the value: by it an instance is found again when no
/// answer came.
pub const PURCHASE_TAG: &str = "havenask-purchase";

/// What [`is_idempotency_key`] says, as a regular expression for documents.
pub const IDEMPOTENCY_KEY_PATTERN: &str = "^[0-9A-Za-z_-]{8,64}$";

/// Whether a text may be an idempotency key: 8 to 64 letters, digits, hyphens and underscores, so that it can stand in a
/// header, an address and a tag as it is.
#[must_use]
pub fn is_idempotency_key(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (8..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Where the proxy tells how far a purchase is, with its key behind.
pub const PURCHASES: &str = "/purchases/";

/// How far a purchase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PurchaseState"))]
#[serde(rename_all = "lowercase")]
pub enum State {
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

impl State {
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
    /// When it was first written down, in Unix milliseconds.
    pub created_at: i64,
    /// When that last changed, in Unix milliseconds.
    pub updated_at: i64,
}

impl FromInput for State {
    const SHAPE: &'static Shape = &Shape::Word(&STATES);

    fn take(input: &Input<'_>) -> Self {
        Self::ALL[word(input, &STATES)]
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

#[cfg(test)]
mod tests {
    use super::is_idempotency_key;

    #[test]
    fn what_a_key_is() {
        for (text, key) in [
            ("3f1c9a52-7f5e-4c5b-9a35-2d8a0b1c6e77", true),
            ("a_b-C_d9", true),
            ("short", false),
            ("with space", false),
            ("with/slash", false),
            ("钥匙钥匙钥匙", false),
            ("", false),
        ] {
            assert_eq!(is_idempotency_key(text), key, "{text}");
        }
        assert!(is_idempotency_key(&"k".repeat(64)) && !is_idempotency_key(&"k".repeat(65)));
    }
}
