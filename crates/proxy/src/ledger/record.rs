//! Records of purchases.

pub use havenask_core::purchase::PurchaseState;
use serde::{Deserialize, Serialize};
use sqlx::{Row, any::AnyRow};

use crate::pricing::Charge;

/// The most letters of an id.
const MAX_ID: usize = 128;

/// A purchase that is to be made.
#[derive(Clone, Debug)]
pub(crate) struct NewPurchase {
    /// The key that tells it from every other of its principal.
    pub(crate) key: String,
    /// The buyer.
    pub(crate) principal: String,
    /// The SHA-256 of what is bought, in hexadecimal.
    pub(crate) body_hash: String,
    /// The order, as JSON.
    pub(crate) request: String,
    /// The SHA-256 of the order without its key; one that is restored has none.
    pub(crate) content: Option<String>,
    /// The region of the endpoint that it is sent to.
    pub(crate) region: Option<String>,
    /// The account whose role signs; none with the proxy's own credentials.
    pub(crate) account: Option<String>,
    /// The quote of a moment ago.
    pub(crate) charge: Option<Charge>,
    /// The address of the terms that its buyer has accepted.
    pub(crate) terms: Option<String>,
}

/// Conditions under which a purchase is written down.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Conditions {
    /// The most purchases in an hour, of all together.
    pub(crate) purchases_per_hour: Option<u32>,
    /// Seconds in which the same principal may not have bought the same content; 0 when it may.
    pub(crate) no_repeat: u32,
    /// Milliseconds after which a pending purchase that may try again is sent again.
    pub(crate) resend_delay: i64,
    /// The most that all purchases of a month may cost together, in hundredths of the currency of this one.
    pub(crate) budget: Option<i64>,
}

impl Conditions {
    /// Returns whether they depend on other purchases.
    pub(crate) const fn depend_on_others(&self) -> bool {
        self.purchases_per_hour.is_some() || self.no_repeat > 0 || self.budget.is_some()
    }
}

/// The result of a purchase, and the answer to its buyer.
#[derive(Clone, Debug)]
pub(crate) struct LedgerResult {
    pub(crate) state: PurchaseState,
    /// True if the same key may try again, once no instance has its tag: nothing reached the cloud, or the cloud was too busy.
    pub(crate) retryable: bool,
    pub(crate) request_id: Option<String>,
    pub(crate) instance_id: Option<String>,
    /// The HTTP status of the answer, and its body.
    pub(crate) status: u16,
    pub(crate) answer: String,
    /// The code of a failure, for the log and the metrics; it is in the answer too.
    pub(crate) code: Option<String>,
}

/// A purchase as it stands in the ledger. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct LedgerEntry {
    /// The key that tells it from every other of its principal: the header `Idempotency-Key`.
    pub key: String,
    /// The buyer; empty where that is not known, and the key is of nobody.
    pub principal: String,
    /// The SHA-256 of what was bought, in hexadecimal.
    pub body_hash: String,
    /// The order, as JSON.
    pub request: String,
    /// The SHA-256 of the order without its key, in hexadecimal: the same for an order that is repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Its state.
    pub state: PurchaseState,
    /// True if the same key may be sent again.
    pub retryable: bool,
    /// The request id of the cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The instance that was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// The HTTP status that the buyer was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The body that the buyer was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The name of the person who resolved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// The value of the tag of its instance, where it is not the key: another principal had that first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The region of the endpoint that it was sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The account whose role has bought it; none with the credentials of the proxy itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The quote of a moment before it was sent, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The currency of its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Its price, in hundredths of the currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// The address of the terms that its buyer has accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The time at which its instance was READY, where somebody waited for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<i64>,
    /// The time at which it was written down, before it was sent; the last time, when it was sent again.
    pub created_at: i64,
    /// The time of its last change.
    pub updated_at: i64,
    /// The name of the attempt that has written it.
    #[serde(skip)]
    pub(super) attempt: Option<String>,
}

/// Tests for a text that can be the id of an instance: letters, digits and a few marks, so that it can stand in a line and an address
/// as it is.
pub(crate) fn is_instance_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:*".contains(&byte);
    (1..=MAX_ID).contains(&text.len())
        && text.bytes().all(plain)
        && text.bytes().any(|it| it != b'.')
}

/// A text of the cloud without what no line can hold, and no PostgreSQL.
pub(super) fn printable(text: Option<String>) -> Option<String> {
    let text =
        text.map(|text| text.chars().filter(|letter| !letter.is_control()).take(MAX_ID).collect());
    text.filter(|text: &String| !text.is_empty())
}

/// A row that is no purchase, and its key.
#[derive(Debug)]
pub(crate) struct UnreadableRow {
    pub(crate) key: String,
    pub(crate) why: sqlx::Error,
}

impl LedgerEntry {
    /// A purchase of which only its instance is known.
    pub(crate) fn restored(key: &str, tag: &str, instance_id: &str, now: i64) -> Self {
        Self {
            key: key.to_owned(),
            principal: String::new(),
            body_hash: String::new(),
            request: "{}".to_owned(),
            content: None,
            state: PurchaseState::Created,
            retryable: false,
            request_id: None,
            instance_id: Some(instance_id.to_owned()),
            status: None,
            answer: None,
            settled_by: None,
            tag: (tag != key).then(|| tag.to_owned()),
            region: None,
            account: None,
            quote: None,
            currency: None,
            price: None,
            terms: None,
            ready_at: None,
            created_at: now,
            updated_at: now,
            attempt: None,
        }
    }

    /// The purchase, without its result.
    pub(crate) fn purchase(&self) -> NewPurchase {
        let Self { key, principal, body_hash, request, content, region, account, terms, .. } =
            self.clone();
        let charge = self
            .quote
            .clone()
            .map(|quote| Charge { quote, total: self.currency.clone().zip(self.price) });
        NewPurchase { key, principal, body_hash, request, content, region, account, charge, terms }
    }

    /// Tests for the same purchase: what is bought, for whom, and where; that is not known of what is bought at an address without a
    /// region. A principal that was given another account is told how its purchases of before ended, and not that they were none.
    pub(crate) fn is_same(&self, other: &NewPurchase) -> bool {
        let regions = self.region.as_ref().zip(other.region.as_ref());
        (&self.principal, &self.body_hash) == (&other.principal, &other.body_hash)
            && regions.is_none_or(|(own, other)| own == other)
            && (self.account == other.account || self.state != PurchaseState::Failed)
    }

    /// Tests for a purchase that this one may send again, when it has not changed since a time.
    pub(crate) fn may_send(&self, other: &NewPurchase, paused_since: i64) -> bool {
        self.is_same(other) && self.account == other.account && self.may_retry(paused_since)
    }

    /// Tests for a purchase whose key may send the same again, when it has not changed since a time.
    pub(crate) fn may_retry(&self, paused_since: i64) -> bool {
        match self.state {
            PurchaseState::Failed => self.retryable,
            PurchaseState::Pending => self.retryable && self.updated_at <= paused_since,
            PurchaseState::Created | PurchaseState::Unknown => false,
        }
    }

    /// The value of the tag by which its instance is found.
    pub(crate) fn tag(&self) -> &str {
        self.tag.as_deref().unwrap_or(&self.key)
    }

    /// The name of the attempt that has written it down.
    pub(crate) fn attempt(&self) -> &str {
        self.attempt.as_deref().unwrap_or_default()
    }

    /// A row of the table.
    pub(super) fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let state: String = row.try_get("state")?;
        let foreign = || sqlx::Error::Decode(format!("there is no state {state:?}").into());
        Ok(Self {
            key: row.try_get("key")?,
            principal: row.try_get("principal")?,
            body_hash: row.try_get("body_hash")?,
            request: row.try_get("request")?,
            content: row.try_get("content")?,
            state: PurchaseState::parse(&state).ok_or_else(foreign)?,
            retryable: row.try_get::<i64, _>("again")? != 0,
            request_id: row.try_get("request_id")?,
            instance_id: row.try_get("instance_id")?,
            status: row.try_get::<Option<i64>, _>("status")?.and_then(|it| it.try_into().ok()),
            answer: row.try_get("answer")?,
            settled_by: row.try_get("settled_by")?,
            tag: row.try_get("tag")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            attempt: row.try_get("attempt")?,
            region: row.try_get("region")?,
            account: row.try_get("account")?,
            quote: row.try_get("quote")?,
            currency: row.try_get("currency")?,
            price: row.try_get("price")?,
            terms: row.try_get("terms")?,
            ready_at: row.try_get("ready_at")?,
        })
    }

    /// A row of the table, of which at least the key can be told when it is no purchase.
    pub(super) fn read_alone(row: &AnyRow) -> Result<Self, UnreadableRow> {
        Self::read(row)
            .map_err(|why| UnreadableRow { key: row.try_get("key").unwrap_or_default(), why })
    }
}
