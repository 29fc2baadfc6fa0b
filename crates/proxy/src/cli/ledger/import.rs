//! Purchases out of JSON that others have written: checked, and bound to statements as values.

use havenask_core::{
    Locale,
    pricing::{Money, Quote},
    purchase::{IdempotencyKey, PURCHASE_TAG, TermsUrl},
};
use serde_json::Value;

use crate::cli::visible::visible;
use crate::{
    clock,
    ledger::{LedgerEntry, LedgerResult, PurchaseState, is_instance_id},
};

/// The most letters of a foreign text that are shown.
const SHOWN: usize = 60;
/// The highest price of a purchase, in hundredths: a ledger of thousands of such can be summed.
const MAX_PRICE: i64 = 100_000_000_000_000;

/// An item of an import.
#[derive(Debug)]
pub(super) enum ImportItem {
    /// A purchase.
    Purchase(Box<LedgerEntry>),
    /// A purchase whose key is good and whose instance is not, and why: it is unknown, so that its key cannot buy again.
    WithoutInstance(Box<LedgerEntry>, String),
    /// An instance that no proxy has bought.
    Untagged,
    /// Something else, and why.
    Unreadable(String),
}

/// Reads rows of an export, instances, lists of them, and whole answers of `ListInstances`.
pub(super) fn read(value: Value, into: &mut Vec<ImportItem>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| read(item, into)),
        Value::Object(mut fields) => match fields.remove("result") {
            Some(result @ Value::Array(_)) => read(result, into),
            Some(_) => into
                .push(ImportItem::Unreadable("an answer without a list of instances".to_owned())),
            None if fields.contains_key("bodyHash") => into.push(row(Value::Object(fields))),
            None => into.push(instance(&Value::Object(fields))),
        },
        _ => into.push(ImportItem::Unreadable("neither a purchase nor an instance".to_owned())),
    }
}

/// A row of an export.
fn row(value: Value) -> ImportItem {
    let entry: LedgerEntry = match serde_json::from_value(value) {
        Ok(entry) => entry,
        Err(error) => {
            return ImportItem::Unreadable(format!("a purchase: {}", short(&error.to_string())));
        }
    };
    let is_line = |text: &str| !text.chars().any(char::is_control);
    let is_hash = |text: &str| {
        text.is_empty() || text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit())
    };
    let wrong = [
        ("key", !IdempotencyKey::is_valid(&entry.key)),
        ("principal", !is_line(&entry.principal)),
        ("bodyHash", !is_hash(&entry.body_hash)),
        ("content", !entry.content.as_deref().is_none_or(is_hash)),
        ("request", serde_json::from_str::<Value>(&entry.request).is_err()),
        ("requestId", !entry.request_id.as_deref().is_none_or(is_line)),
        ("status", !entry.status.is_none_or(|status| (100..600).contains(&status))),
        (
            "answer",
            entry
                .answer
                .as_deref()
                .is_some_and(|text| serde_json::from_str::<Value>(text).is_err()),
        ),
        ("account", !entry.account.as_deref().is_none_or(is_line)),
        ("region", !entry.region.as_deref().is_none_or(is_line)),
        (
            "quote",
            entry.quote.as_deref().is_some_and(|it| serde_json::from_str::<Quote>(it).is_err()),
        ),
        ("currency", entry.currency.is_some() != entry.price.is_some()),
        (
            "currency",
            entry.currency.as_deref().is_some_and(|it| Money::parse(&format!("{it} 0")).is_none()),
        ),
        ("price", !entry.price.is_none_or(|price| (0..=MAX_PRICE).contains(&price))),
        ("terms", entry.terms.as_deref().is_some_and(|it| TermsUrl::parse(it).is_none())),
        ("readyAt", entry.ready_at.is_some_and(|at| at < 0)),
        ("settledBy", !entry.settled_by.as_deref().is_none_or(is_line)),
        ("tag", entry.tag.as_deref().is_some_and(|tag| key_of(tag) != Some(&entry.key))),
        ("createdAt", entry.created_at < 0),
        ("updatedAt", entry.updated_at < entry.created_at),
    ];
    match wrong.into_iter().find(|(_, is_wrong)| *is_wrong) {
        Some((field, _)) => {
            ImportItem::Unreadable(format!("the purchase {}: {field}", short(&entry.key)))
        }
        None => with_instance(entry),
    }
}

/// An instance: its key buys nothing more.
fn instance(value: &Value) -> ImportItem {
    let Some(id) = value["instanceId"].as_str() else {
        return ImportItem::Unreadable("neither a purchase nor an instance".to_owned());
    };
    let tags = value["tags"].as_array().into_iter().flatten();
    let mut tags = tags.filter(|tag| tag["key"] == PURCHASE_TAG).map(|tag| tag["value"].as_str());
    let Some(tag) = tags.next() else { return ImportItem::Untagged };
    let tag = tag.filter(|_| tags.next().is_none()).unwrap_or_default();
    let Some(key) = key_of(tag) else {
        return ImportItem::Unreadable(format!(
            "the instance {}: its tag {} is no key",
            short(id),
            short(tag)
        ));
    };
    with_instance(LedgerEntry::restored(key, tag, id, clock::now()))
}

/// Takes a purchase over; as unknown, when its instance does not fit its state, or has no valid id.
fn with_instance(entry: LedgerEntry) -> ImportItem {
    let is_valid = entry.instance_id.as_deref().is_none_or(is_instance_id);
    if is_valid && (entry.state == PurchaseState::Created) == entry.instance_id.is_some() {
        return ImportItem::Purchase(Box::new(entry));
    }
    let id = short(entry.instance_id.as_deref().unwrap_or_default());
    let why = format!("the purchase {}: {id} is no id of its instance", entry.key);
    let LedgerResult { state, status, answer, .. } = LedgerResult::unknown(Locale::En);
    let (status, answer) = (Some(status), Some(answer));
    let mut entry = entry;
    (entry.state, entry.status, entry.answer) = (state, status, answer);
    (entry.instance_id, entry.retryable) = (None, false);
    ImportItem::WithoutInstance(Box::new(entry), why)
}

/// The key in the value of a tag: all of it, or the part before the hash of a principal.
fn key_of(tag: &str) -> Option<&str> {
    let (key, hash) = tag.split_once('.').unwrap_or((tag, "0"));
    let is_hash =
        !hash.is_empty() && hash.len() <= 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (IdempotencyKey::is_valid(key) && is_hash).then_some(key)
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    let rest = if start.len() < text.len() { "…" } else { "" };
    format!("“{}{rest}”", visible(&start))
}
