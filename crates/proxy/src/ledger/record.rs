//! What is written down of a purchase.

pub use havenask_core::purchase::State;
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

/// A purchase that is to be made.
#[derive(Clone, Debug)]
pub(crate) struct Purchase {
    /// What tells it from every other.
    pub(crate) key: String,
    /// Who buys.
    pub(crate) principal: String,
    /// The SHA-256 of what is bought, in hexadecimal.
    pub(crate) body_hash: String,
    /// What is bought, as JSON.
    pub(crate) request: String,
    /// The SHA-256 of the order without its key; a dry run has none.
    pub(crate) content: Option<String>,
}

/// Conditions under which a purchase is written down.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Conditions {
    /// The most purchases in an hour, of all together.
    pub(crate) an_hour: Option<u32>,
    /// Seconds in which the same principal may not have bought the same content; 0 when it may.
    pub(crate) no_repeat: u32,
    /// Milliseconds after which a pending purchase that may try again is sent again.
    pub(crate) resend_pause: i64,
}

impl Conditions {
    /// Whether they depend on other purchases.
    pub(crate) const fn look_at_others(&self) -> bool {
        self.an_hour.is_some() || self.no_repeat > 0
    }
}

/// How a purchase ended, and what its buyer was answered.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) state: State,
    /// Whether the same key may try again, once no instance has its tag: nothing reached the cloud, or the cloud was too busy.
    pub(crate) again: bool,
    pub(crate) request_id: Option<String>,
    pub(crate) instance_id: Option<String>,
    /// The HTTP status of the answer, and its body.
    pub(crate) status: u16,
    pub(crate) answer: String,
    /// The code of a failure, for the log and the metrics; it is in the answer too.
    pub(crate) code: Option<String>,
}

/// A purchase as it stands in the ledger. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Entry {
    /// What tells it from every other: the header `Idempotency-Key`.
    pub key: String,
    /// Who bought.
    pub principal: String,
    /// The SHA-256 of what was bought, in hexadecimal.
    pub body_hash: String,
    /// What was bought, as JSON.
    pub request: String,
    /// The SHA-256 of the order without its key, in hexadecimal: the same for an order that is repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// How far it is.
    pub state: State,
    /// Whether the same key may try again.
    pub again: bool,
    /// The request id of the cloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The instance that was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// The HTTP status that the buyer was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The body that the buyer was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Who settled it by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// When it was written down, before it was sent; the last time, when it was sent again.
    pub created_at: i64,
    /// When it last changed.
    pub updated_at: i64,
}

impl Entry {
    /// What was to be bought.
    pub(crate) fn purchase(&self) -> Purchase {
        let Self { key, principal, body_hash, request, content, .. } = self.clone();
        Purchase { key, principal, body_hash, request, content }
    }

    /// Takes the columns of a row.
    pub(super) fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let state: String = row.try_get("state")?;
        let foreign = || sqlx::Error::Decode(format!("there is no state {state}").into());
        Ok(Self {
            key: row.try_get("key")?,
            principal: row.try_get("principal")?,
            body_hash: row.try_get("body_hash")?,
            request: row.try_get("request")?,
            content: row.try_get("content")?,
            state: State::read(&state).ok_or_else(foreign)?,
            again: row.try_get::<i64, _>("again")? != 0,
            request_id: row.try_get("request_id")?,
            instance_id: row.try_get("instance_id")?,
            status: row.try_get::<Option<i64>, _>("status")?.and_then(|it| it.try_into().ok()),
            answer: row.try_get("answer")?,
            settled_by: row.try_get("settled_by")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
