//! Purchases as text. A ledger may hold texts that an older proxy took over from the cloud or a caller: none of them moves a cursor or
//! begins a line.

use havenask_core::Timestamp;

use crate::cli::visible::visible;
use crate::{ledger::LedgerEntry, pricing::in_words};

/// A purchase as a line.
pub(super) fn line(entry: &LedgerEntry) -> String {
    let LedgerEntry { key, state, instance_id, created_at, region, currency, price, .. } = entry;
    let at = Timestamp::from_unix(created_at / 1000).iso();
    let (key, instance) = (visible(key), visible(instance_id.as_deref().unwrap_or("-")));
    let price = currency.as_deref().zip(*price);
    let price = price.map_or_else(|| "-".to_owned(), |(currency, price)| in_words(currency, price));
    let (region, price) = (visible(region.as_deref().unwrap_or("-")), visible(&price));
    format!("{at}  {:7}  {key}  {instance}  {region}  {price}\n", state.as_str())
}

/// A purchase as a line of JSON.
pub(super) fn json(entry: &LedgerEntry) -> String {
    visible(&serde_json::to_string(entry).unwrap_or_default()) + "\n"
}

/// A purchase as JSON for a person.
pub(super) fn pretty(entry: &LedgerEntry) -> String {
    let text = serde_json::to_string_pretty(entry).unwrap_or_default();
    text.lines().map(|line| visible(line) + "\n").collect()
}
