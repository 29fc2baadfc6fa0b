//! Statements for many purchases at once: each statement is a journey to the thread or the server that carries it out, which
//! costs more than the row that it writes.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
    sync::Arc,
};

use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Row, any::AnyArguments, query::Query};

use super::{
    change::{AttemptResult, Begin, PurchaseId},
    queries::select,
    record::{LedgerEntry, LedgerResult, NewPurchase},
};

/// Purchases in one statement, at most. Smaller powers of two make up the rest, so that a connection has few statements to keep
/// prepared.
pub(super) const MAX_ROWS: usize = 32;

/// Inserts purchases; returns the names of the attempts that did. The others have a key, or a tag, that is there: of their
/// principal, or of nobody.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    begins: &[&Begin],
    tag: Option<&str>,
    now: i64,
) -> Result<HashSet<String>, sqlx::Error> {
    const COLUMNS: usize = 13;
    let mut inserted = HashSet::with_capacity(begins.len());
    for begins in parts(begins) {
        let statement = format!(
            "INSERT INTO purchases (principal, key, body_hash, request, content, tag, attempt, region, account, quote, \
             currency, price, terms, state, again, created_at, updated_at) \
             SELECT v.*, 'pending', 0, $1, $1 FROM ({}) AS v WHERE NOT EXISTS \
             (SELECT 1 FROM purchases AS known WHERE known.principal = '' AND known.key = v.column2) \
             ON CONFLICT DO NOTHING RETURNING attempt",
            values(2, begins.len(), COLUMNS)
        );
        let mut query = sqlx::query(AssertSqlSafe(statement)).bind(now);
        for Begin { purchase, attempt, .. } in begins {
            query = query.bind(&purchase.principal).bind(&purchase.key).bind(&purchase.body_hash);
            query = query.bind(&purchase.request).bind(&purchase.content).bind(tag).bind(attempt);
            let (quote, currency, price) = charged(purchase);
            query = query.bind(&purchase.region).bind(&purchase.account);
            query = query.bind(quote).bind(currency).bind(price).bind(&purchase.terms);
        }
        for row in query.fetch_all(&mut *connection).await? {
            inserted.insert(row.try_get("attempt")?);
        }
    }
    Ok(inserted)
}

/// The quote of a purchase, its currency and its price in hundredths.
pub(super) fn charged(purchase: &NewPurchase) -> (Option<&str>, Option<&str>, Option<i64>) {
    let charge = purchase.charge.as_ref();
    let total = charge.and_then(|charge| charge.total.as_ref());
    let (currency, price) = total.map(|(currency, price)| (currency.as_str(), *price)).unzip();
    (charge.map(|charge| charge.quote.as_str()), currency, price)
}

/// Writes results of different purchases where they are as `only` says; returns the purchases that were. A result is the row
/// `v`: its state is `column3`, its attempt `column9`.
pub(super) async fn update(
    connection: &mut AnyConnection,
    results: &[AttemptResult<'_>],
    now: i64,
    only: &str,
) -> Result<HashSet<PurchaseId>, sqlx::Error> {
    const COLUMNS: usize = 9;
    let mut updated = HashSet::with_capacity(results.len());
    for results in parts(results) {
        let statement = format!(
            "UPDATE purchases SET state = v.column3, again = v.column4, request_id = v.column5, instance_id = v.column6, \
             status = v.column7, answer = v.column8, updated_at = $1 FROM ({}) AS v \
             WHERE principal = v.column1 AND key = v.column2 AND {only} RETURNING principal, key",
            values(2, results.len(), COLUMNS)
        );
        let mut query = sqlx::query(AssertSqlSafe(statement)).bind(now);
        for (id, attempt, result) in results {
            query = bind_result(query.bind(&id.principal).bind(&id.key), result).bind(*attempt);
        }
        for row in query.fetch_all(&mut *connection).await? {
            let (principal, key) = (row.try_get("principal")?, row.try_get("key")?);
            updated.insert(PurchaseId { key, principal });
        }
    }
    Ok(updated)
}

fn bind_result<'q>(
    query: Query<'q, Any, AnyArguments>,
    result: &'q LedgerResult,
) -> Query<'q, Any, AnyArguments> {
    let query = query.bind(result.state.as_str()).bind(i64::from(result.retryable));
    let query = query.bind(&result.request_id).bind(&result.instance_id);
    query.bind(i64::from(result.status)).bind(&result.answer)
}

/// Finds the purchases of these ids, and those of their keys that are nobody's; at most [`MAX_ROWS`].
pub(super) async fn find(
    pool: &AnyPool,
    ids: &[&PurchaseId],
) -> Result<HashMap<PurchaseId, Result<LedgerEntry, Arc<sqlx::Error>>>, sqlx::Error> {
    const COLUMNS: usize = 2;
    // As often as makes a power of two; a purchase that is found twice is the same.
    let rows = ids.len().next_power_of_two();
    let select = select!("");
    let statement = format!(
        "{select}, ({}) AS v WHERE key = v.column2 AND principal IN (v.column1, '')",
        values(1, rows, COLUMNS)
    );
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for id in ids.iter().cycle().take(rows) {
        query = query.bind(&id.principal).bind(&id.key);
    }
    let mut found = HashMap::with_capacity(rows);
    for row in query.fetch_all(pool).await? {
        let (principal, key) = (row.try_get("principal")?, row.try_get("key")?);
        found.insert(PurchaseId { key, principal }, LedgerEntry::read(&row).map_err(Arc::new));
    }
    Ok(found)
}

/// Parts of a list, each as long as a power of two.
fn parts<T>(mut all: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = 1 << all.len().min(MAX_ROWS).checked_ilog2()?;
        let (part, rest) = all.split_at(length);
        all = rest;
        Some(part)
    })
}

/// Parameters for so many rows and columns, from this number on; `SQLite` and PostgreSQL name the columns `column1` and so on.
fn values(first: usize, rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 5);
    for parameter in 0..rows * columns {
        let before = match (parameter, parameter % columns) {
            (0, _) => "VALUES (",
            (_, 0) => "), (",
            _ => ", ",
        };
        // Writing to a String does not fail.
        let _ = write!(text, "{before}${}", first + parameter);
    }
    text.push(')');
    text
}
