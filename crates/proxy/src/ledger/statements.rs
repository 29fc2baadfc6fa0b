//! The statements that change purchases, each understood by `SQLite` and PostgreSQL.

use havenask_core::Timestamp;
use sqlx::AnyConnection;

use super::{
    batch::{self, charged},
    change::{
        Attempt, AttemptResult, Begin, BeginResult, Change, ChangeResult, FinishResult, PurchaseId,
    },
    queries::{find, select},
    record::{Conditions, LedgerEntry, LedgerResult, NewPurchase, PurchaseState},
};
use crate::sha256::sha256;

/// Milliseconds.
const SECOND: i64 = 1000;
/// Milliseconds.
const HOUR: i64 = 3600 * SECOND;
/// Purchases that are forgotten in one transaction.
pub(super) const PRUNE_BATCH: u64 = 1000;
/// The end of the name of an attempt that is not the first of its key.
const RETRY_SUFFIX: &str = " again";
/// The letters of a principal's hash in a tag.
const HASH_IN_TAG: usize = 16;
/// An open purchase. An instance that is there was made, whichever attempt has made it.
const OPEN: &str = "state IN ('pending', 'unknown') AND settled_by IS NULL \
    AND (v.column3 = 'created' OR coalesce(attempt, '') = v.column9)";

/// Makes changes, sorted by [`Change::order`], at this time in Unix milliseconds. Most are purchases with a new key and results of
/// open ones: these are written together, and only what is left over is written one by one.
pub(super) async fn apply(
    connection: &mut AnyConnection,
    changes: &[&Change],
    now: i64,
) -> Result<Vec<ChangeResult>, sqlx::Error> {
    let begins = changes.iter().filter_map(|change| change.as_plain_begin());
    let inserted = batch::insert(connection, &begins.collect::<Vec<_>>(), None, now).await?;
    let mut ends: Vec<_> = changes.iter().filter_map(|change| change.as_finish()).collect();
    ends.dedup_by_key(|end| end.0);
    let mut finished = batch::update(connection, &ends, now, OPEN).await?;
    let mut results = Vec::with_capacity(changes.len());
    for change in changes {
        results.push(match change {
            Change::Begin(begin) if inserted.contains(&begin.attempt) => {
                let (name, tag) = (begin.attempt.clone(), begin.purchase.key.clone());
                ChangeResult::Begun(BeginResult::Inserted(Attempt { name, tag }))
            }
            Change::Finish { id, .. } if finished.remove(id) => {
                ChangeResult::Finished(FinishResult::Written)
            }
            _ => apply_alone(connection, change, now).await?,
        });
    }
    Ok(results)
}

async fn apply_alone(
    connection: &mut AnyConnection,
    change: &Change,
    now: i64,
) -> Result<ChangeResult, sqlx::Error> {
    match change {
        Change::Begin(purchase) => begin(connection, purchase, now).await.map(ChangeResult::Begun),
        Change::Finish { id, attempt, outcome } => {
            finish(connection, (id, attempt, outcome), now).await.map(ChangeResult::Finished)
        }
        Change::Withdraw { id, attempt, outcome } => {
            withdraw(connection, (id, attempt, outcome), now).await.map(ChangeResult::Count)
        }
        Change::Resolve { id, outcome, by } => {
            resolve(connection, id, outcome, by, now).await.map(ChangeResult::Count)
        }
        Change::Ready { tag, instance_id } => {
            ready(connection, tag, instance_id, now).await.map(ChangeResult::Count)
        }
        Change::Import(entry) => import(connection, entry).await.map(ChangeResult::Count),
        Change::Prune { before } => prune(connection, *before, now).await.map(ChangeResult::Count),
        Change::Probe => probe(connection, now).await.map(|()| ChangeResult::Count(0)),
    }
}

/// Writes a purchase down, unless its key is known, or its conditions do not hold. Of one that may try again only the same
/// buyer may try the same again.
async fn begin(
    connection: &mut AnyConnection,
    begin: &Begin,
    now: i64,
) -> Result<BeginResult, sqlx::Error> {
    const UPDATE: &str = "UPDATE purchases SET state = 'pending', again = 0, request_id = NULL, \
        status = NULL, answer = NULL, content = $3, created_at = $4, updated_at = $4, attempt = $5, \
        quote = $6, currency = $7, price = $8, terms = $9 \
        WHERE principal = $1 AND key = $2";
    let purchase = &begin.purchase;
    let id = PurchaseId::of(purchase);
    let retry = format!("{}{RETRY_SUFFIX}", begin.attempt);
    let known = find(&mut *connection, &id).await?;
    // A purchase that was written, and not known to be.
    if let Some(entry) =
        known.as_ref().filter(|entry| entry.state == PurchaseState::Pending && !entry.retryable)
    {
        let attempt = Attempt { name: entry.attempt().to_owned(), tag: entry.tag().to_owned() };
        if attempt.name == begin.attempt {
            return Ok(BeginResult::Inserted(attempt));
        } else if attempt.name == retry {
            return Ok(BeginResult::Retried { attempt, earlier: PurchaseState::Pending });
        }
    }
    let paused_since = now - begin.conditions.resend_delay;
    let other = |entry: &LedgerEntry| !entry.may_send(purchase, paused_since);
    if let Some(entry) = known.as_ref().filter(|entry| other(entry)) {
        return Ok(BeginResult::Existing(Box::new(entry.clone())));
    }
    if let Some(refusal) =
        refusal(connection, purchase, known.as_ref(), begin.conditions, now).await?
    {
        // An earlier attempt may have bought: no refusal of a later one is the answer to it.
        let open = known.filter(|entry| entry.state == PurchaseState::Pending);
        return Ok(open.map_or(refusal, |entry| BeginResult::Existing(Box::new(entry))));
    }
    if let Some(entry) = known {
        let update = sqlx::query(UPDATE).bind(id.principal).bind(id.key).bind(&purchase.content);
        let (quote, currency, price) = charged_again(&entry, purchase);
        let update = update.bind(now).bind(&retry).bind(quote).bind(currency).bind(price);
        update.bind(accepted_again(&entry, purchase)).execute(connection).await?;
        let attempt = Attempt { name: retry, tag: entry.tag().to_owned() };
        return Ok(BeginResult::Retried { attempt, earlier: entry.state });
    }
    if !batch::insert(connection, &[begin], None, now).await?.is_empty() {
        return Ok(BeginResult::Inserted(Attempt { name: begin.attempt.clone(), tag: id.key }));
    }
    // Another proxy was faster, or another principal has the key.
    if let Some(entry) = find(&mut *connection, &id).await? {
        return Ok(BeginResult::Existing(Box::new(entry)));
    }
    if begin.tag_is_signed {
        return Ok(BeginResult::TagTaken);
    }
    let tag = tag_of(&id);
    if batch::insert(connection, &[begin], Some(&tag), now).await?.is_empty() {
        return Err(sqlx::Error::RowNotFound);
    }
    Ok(BeginResult::Inserted(Attempt { name: begin.attempt.clone(), tag }))
}

/// The value of the tag of a purchase whose key another principal had first.
fn tag_of(id: &PurchaseId) -> String {
    let hash = sha256(&[id.principal.as_bytes()]);
    format!("{}.{}", id.key, &hash[..HASH_IN_TAG])
}

/// Quote, currency and price of one that is sent again. An earlier attempt that may have bought counts with what it was quoted at, unless that is less.
fn charged_again<'p>(
    entry: &'p LedgerEntry,
    purchase: &'p NewPurchase,
) -> (Option<&'p str>, Option<&'p str>, Option<i64>) {
    let (_, currency, price) = charged(purchase);
    let is_more = entry.price > price || currency.is_none();
    if entry.state == PurchaseState::Pending && entry.price.is_some() && is_more {
        return (entry.quote.as_deref(), entry.currency.as_deref(), entry.price);
    }
    charged(purchase)
}

/// The terms of one that is sent again. An earlier attempt that may have bought keeps its own.
fn accepted_again<'p>(entry: &'p LedgerEntry, purchase: &'p NewPurchase) -> Option<&'p str> {
    let earlier = entry.terms.as_deref().filter(|_| entry.state == PurchaseState::Pending);
    earlier.or(purchase.terms.as_deref())
}

/// Returns the reason that a purchase may not be made beside those that are there.
async fn refusal(
    connection: &mut AnyConnection,
    purchase: &NewPurchase,
    known: Option<&LedgerEntry>,
    conditions: Conditions,
    now: i64,
) -> Result<Option<BeginResult>, sqlx::Error> {
    const SAME: &str = select!(
        "WHERE principal = $1 AND content = $2 AND created_at > $3 AND key <> $4 \
         AND state <> 'failed' AND coalesce(region, $5) = $5 ORDER BY created_at DESC, key LIMIT 1"
    );
    // Counted up to the limit.
    const RECENT: &str = "SELECT count(*) FROM (SELECT 1 FROM purchases \
        WHERE updated_at > $1 AND state <> 'failed' LIMIT $2) AS recent";
    // Pending and unknown purchases may have bought. All columns stand in an index.
    const SPENT: &str = "SELECT CAST(coalesce(sum(price), 0) AS BIGINT) FROM purchases \
        WHERE currency = $1 AND created_at >= $2 AND state <> 'failed' AND price IS NOT NULL";
    let Conditions { purchases_per_hour, no_repeat, budget, .. } = conditions;
    if no_repeat > 0 {
        let since = now - i64::from(no_repeat) * SECOND;
        let same = sqlx::query(SAME).bind(&purchase.principal).bind(&purchase.content);
        let same = same
            .bind(since)
            .bind(&purchase.key)
            .bind(purchase.region.as_deref().unwrap_or_default());
        let same = same.fetch_optional(&mut *connection).await?;
        if let Some(row) = same {
            return Ok(Some(BeginResult::Repeated(Box::new(LedgerEntry::read(&row)?))));
        }
    }
    if let Some(limit) = purchases_per_hour.map(i64::from) {
        let recent = sqlx::query_scalar(RECENT).bind(now - HOUR).bind(limit);
        let recent: i64 = recent.fetch_one(&mut *connection).await?;
        if recent >= limit {
            return Ok(Some(BeginResult::LimitReached));
        }
    }
    if let (Some(budget), (_, Some(currency), Some(price))) = (budget, charged(purchase)) {
        let month = month_start(now);
        let spent = sqlx::query_scalar(SPENT).bind(currency).bind(month);
        let spent: i64 = spent.fetch_one(connection).await?;
        // A purchase that is sent again does not count twice.
        let is_counted = |entry: &&LedgerEntry| {
            entry.state != PurchaseState::Failed
                && entry.created_at >= month
                && entry.currency.as_deref() == Some(currency)
        };
        let own = known.filter(is_counted).and_then(|entry| entry.price).unwrap_or_default();
        let left = budget.saturating_sub(spent - own).max(0);
        if price > left {
            return Ok(Some(BeginResult::OverBudget { left }));
        }
    }
    Ok(None)
}

/// The beginning of the calendar month in UTC; times are Unix milliseconds.
fn month_start(now: i64) -> i64 {
    let date = Timestamp::from_unix(now.div_euclid(SECOND)).iso();
    let first = date.get(..7).map(|month| format!("{month}-01T00:00:00Z"));
    let first = first.as_deref().and_then(Timestamp::parse).map(Timestamp::unix);
    first.map_or(i64::MIN, |seconds| seconds * SECOND)
}

/// Writes the result of a purchase. A final state stays, but for one thing: an instance that is there was made.
async fn finish(
    connection: &mut AnyConnection,
    end: AttemptResult<'_>,
    now: i64,
) -> Result<FinishResult, sqlx::Error> {
    let (id, _, outcome) = end;
    if !batch::update(connection, &[end], now, OPEN).await?.is_empty() {
        return Ok(FinishResult::Written);
    }
    let entry = find(&mut *connection, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let is_same = (entry.state, &entry.instance_id) == (outcome.state, &outcome.instance_id);
    // An open purchase settles nothing, and what another attempt will resolve is none of this one's.
    if is_same || outcome.state == PurchaseState::Pending || entry.state == PurchaseState::Pending {
        return Ok(FinishResult::Written);
    }
    if outcome.state == PurchaseState::Created {
        batch::update(connection, &[end], now, "state = 'failed'").await?;
    }
    Ok(FinishResult::Conflict(Box::new(entry)))
}

/// Takes back an attempt that was not sent. An earlier attempt that is open stays so.
async fn withdraw(
    connection: &mut AnyConnection,
    end: AttemptResult<'_>,
    now: i64,
) -> Result<u64, sqlx::Error> {
    const FIRST: &str = "state = 'pending' AND again = 0 AND attempt = v.column9";
    const LATER: &str = "UPDATE purchases SET again = 1 WHERE principal = $1 AND key = $2 \
        AND state = 'pending' AND again = 0 AND attempt = $3";
    let (id, attempt, _) = end;
    batch::update(connection, &[end], now, FIRST).await?;
    let later = sqlx::query(LATER).bind(&id.principal).bind(&id.key);
    later.bind(format!("{attempt}{RETRY_SUFFIX}")).execute(connection).await?;
    Ok(0)
}

async fn resolve(
    connection: &mut AnyConnection,
    id: &PurchaseId,
    outcome: &LedgerResult,
    by: &str,
    now: i64,
) -> Result<u64, sqlx::Error> {
    const RESOLVE: &str = "UPDATE purchases SET state = $3, again = 0, instance_id = $4, status = $5, \
        answer = $6, settled_by = $7, updated_at = $8 \
        WHERE principal = $1 AND key = $2 AND state = 'unknown'";
    let resolve = sqlx::query(RESOLVE).bind(&id.principal).bind(&id.key);
    let resolve = resolve.bind(outcome.state.as_str()).bind(&outcome.instance_id);
    let resolve = resolve.bind(i64::from(outcome.status)).bind(&outcome.answer).bind(by).bind(now);
    resolve.execute(connection).await.map(|done| done.rows_affected())
}

/// Writes down when the instance of a purchase was READY, once.
async fn ready(
    connection: &mut AnyConnection,
    tag: &str,
    instance_id: &str,
    now: i64,
) -> Result<u64, sqlx::Error> {
    const READY: &str = "UPDATE purchases SET ready_at = $3 WHERE coalesce(tag, key) = $1 \
        AND instance_id = $2 AND state = 'created' AND ready_at IS NULL";
    let ready = sqlx::query(READY).bind(tag).bind(instance_id).bind(now);
    ready.execute(connection).await.map(|done| done.rows_affected())
}

async fn import(connection: &mut AnyConnection, entry: &LedgerEntry) -> Result<u64, sqlx::Error> {
    const IMPORT: &str = "INSERT INTO purchases (principal, key, body_hash, request, content, state, \
        again, request_id, instance_id, status, answer, settled_by, created_at, updated_at, tag, \
        region, account, quote, currency, price, terms, ready_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
        $14, $15, $16, $17, $18, $19, $20, $21, $22) ON CONFLICT DO NOTHING";
    let import = sqlx::query(IMPORT).bind(&entry.principal).bind(&entry.key);
    let import = import.bind(&entry.body_hash).bind(&entry.request).bind(&entry.content);
    let import = import.bind(entry.state.as_str());
    let import = import.bind(i64::from(entry.retryable)).bind(&entry.request_id);
    let import = import.bind(&entry.instance_id).bind(entry.status.map(i64::from));
    let import = import.bind(&entry.answer).bind(&entry.settled_by);
    let import = import.bind(entry.created_at).bind(entry.updated_at).bind(&entry.tag);
    let import = import.bind(&entry.region).bind(&entry.account).bind(&entry.quote);
    let import = import.bind(&entry.currency).bind(entry.price).bind(&entry.terms);
    let import = import.bind(entry.ready_at);
    import.execute(connection).await.map(|done| done.rows_affected())
}

async fn prune(connection: &mut AnyConnection, before: i64, now: i64) -> Result<u64, sqlx::Error> {
    // By their age: a database that went by their state would sort all of them each time. A price counts for its month.
    const PRUNE: &str = "DELETE FROM purchases WHERE (principal, key) IN (SELECT principal, key \
        FROM purchases WHERE updated_at < $1 AND state || '' IN ('created', 'failed') \
        AND (price IS NULL OR created_at < $2) ORDER BY updated_at LIMIT $3)";
    let prune = sqlx::query(PRUNE).bind(before).bind(month_start(now));
    let prune = prune.bind(PRUNE_BATCH.cast_signed());
    prune.execute(connection).await.map(|done| done.rows_affected())
}

/// Writes as a purchase does, into the same pages. Nobody else sees the row, which is gone before the end of the transaction.
async fn probe(connection: &mut AnyConnection, now: i64) -> Result<(), sqlx::Error> {
    const WRITE: &str = "INSERT INTO purchases \
        (principal, key, body_hash, request, state, again, created_at, updated_at) \
        VALUES ('', $1, '', '', 'pending', 0, $2, $2)";
    // No key has a space.
    let key = format!("probe of process {}", std::process::id());
    sqlx::query(WRITE).bind(&key).bind(now).execute(&mut *connection).await?;
    let remove = sqlx::query("DELETE FROM purchases WHERE principal = '' AND key = $1").bind(key);
    remove.execute(connection).await.map(|_| ())
}
