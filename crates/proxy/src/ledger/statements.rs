//! The statements, each understood by `SQLite` and PostgreSQL.

use sqlx::{AnyConnection, AnyPool, AssertSqlSafe};

use super::{
    Begun,
    record::{Conditions, Entry, Outcome, Purchase, State},
};

/// Reads purchases. The columns have names: PostgreSQL refuses a prepared `*` when another proxy has added one.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT key, principal, body_hash, request, content, state, again, request_id, instance_id, \
             status, answer, settled_by, created_at, updated_at FROM purchases ",
            $rest
        )
    };
}

/// Milliseconds.
const SECOND: i64 = 1000;
/// Milliseconds.
const HOUR: i64 = 3600 * SECOND;

/// Writes a purchase down, unless its key is known, or its conditions do not hold. Of one that may try again only the same
/// buyer may try the same again.
pub(super) async fn begin(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    conditions: Conditions,
    now: i64,
) -> Result<Begun, sqlx::Error> {
    const NEW: &str = "INSERT INTO purchases \
        (key, principal, body_hash, request, content, state, again, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, 'pending', 0, $6, $6) ON CONFLICT (key) DO NOTHING";
    const AGAIN: &str = "UPDATE purchases SET state = 'pending', again = 0, request_id = NULL, \
        status = NULL, answer = NULL, content = $4, created_at = $5, updated_at = $5 \
        WHERE key = $1 AND principal = $2 AND body_hash = $3 AND again = 1 \
        AND (state = 'failed' OR state = 'pending' AND updated_at <= $6)";
    let Purchase { key, principal, body_hash, request, content } = purchase;
    if let Some(refusal) = refusal(&mut *connection, purchase, conditions, now).await? {
        // A key that has its answer already gets that one.
        let known = find(&mut *connection, key).await?.filter(|entry| !entry.again);
        return Ok(known.map_or(refusal, |entry| Begun::Known(Box::new(entry))));
    }
    let new = sqlx::query(NEW).bind(key).bind(principal).bind(body_hash).bind(request);
    let new = new.bind(content).bind(now);
    if new.execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(Begun::New);
    }
    let again = sqlx::query(AGAIN).bind(key).bind(principal).bind(body_hash);
    let again = again.bind(content).bind(now).bind(now - conditions.resend_pause);
    if again.execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(Begun::Again);
    }
    let known = find(&mut *connection, key).await?;
    known.map(|entry| Begun::Known(Box::new(entry))).ok_or(sqlx::Error::RowNotFound)
}

/// Why a purchase may not be made beside those that are there.
async fn refusal(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    conditions: Conditions,
    now: i64,
) -> Result<Option<Begun>, sqlx::Error> {
    const SAME: &str = select!(
        "WHERE principal = $1 AND content = $2 AND created_at > $3 AND key <> $4 \
         AND state <> 'failed' ORDER BY created_at DESC, key LIMIT 1"
    );
    const RECENT: &str =
        "SELECT count(*) FROM purchases WHERE updated_at > $1 AND state <> 'failed'";
    let Conditions { an_hour, no_repeat, .. } = conditions;
    if no_repeat > 0 {
        let since = now - i64::from(no_repeat) * SECOND;
        let same = sqlx::query(SAME).bind(&purchase.principal).bind(&purchase.content);
        let same = same.bind(since).bind(&purchase.key).fetch_optional(&mut *connection).await?;
        if let Some(row) = same {
            return Ok(Some(Begun::Repeated(Box::new(Entry::read(&row)?))));
        }
    }
    if let Some(limit) = an_hour {
        let recent = sqlx::query_scalar(RECENT).bind(now - HOUR);
        let recent: i64 = recent.fetch_one(connection).await?;
        if recent >= limit.into() {
            return Ok(Some(Begun::TooMany));
        }
    }
    Ok(None)
}

/// Writes down how a purchase ended. What is settled already stays.
pub(super) async fn close(
    connection: &mut AnyConnection,
    key: &str,
    outcome: &Outcome,
    now: i64,
) -> Result<(), sqlx::Error> {
    const CLOSE: &str = "UPDATE purchases SET state = $2, again = $3, request_id = $4, \
        instance_id = $5, status = $6, answer = $7, updated_at = $8 \
        WHERE key = $1 AND state IN ('pending', 'unknown') AND settled_by IS NULL";
    let close = sqlx::query(CLOSE).bind(key).bind(outcome.state.as_str());
    let close = close.bind(i64::from(outcome.again)).bind(&outcome.request_id);
    let close = close.bind(&outcome.instance_id).bind(i64::from(outcome.status));
    close.bind(&outcome.answer).bind(now).execute(connection).await.map(|_| ())
}

/// The purchase of a key.
pub(super) async fn find<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    key: &str,
) -> Result<Option<Entry>, sqlx::Error> {
    let row = sqlx::query(select!("WHERE key = $1")).bind(key);
    row.fetch_optional(executor).await?.as_ref().map(Entry::read).transpose()
}

/// What is pending, the oldest first.
pub(super) async fn pending(pool: &AnyPool) -> Result<Vec<Entry>, sqlx::Error> {
    const PENDING: &str = select!("WHERE state = 'pending' ORDER BY updated_at, key LIMIT 1000");
    let rows = sqlx::query(PENDING).fetch_all(pool).await?;
    rows.iter().map(Entry::read).collect()
}

/// How many purchases are in a state.
pub(super) async fn count<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    state: State,
) -> Result<i64, sqlx::Error> {
    let count = sqlx::query_scalar("SELECT count(*) FROM purchases WHERE state = $1");
    count.bind(state.as_str()).fetch_one(executor).await
}

/// The newest purchases first, of one state or of all.
pub(super) async fn list(
    pool: &AnyPool,
    state: Option<State>,
    limit: i64,
) -> Result<Vec<Entry>, sqlx::Error> {
    let only = if state.is_some() { "WHERE state = $1" } else { "WHERE $1 = ''" };
    let list = select!("");
    let list = format!("{list}{only} ORDER BY created_at DESC, key LIMIT $2");
    let query = sqlx::query(AssertSqlSafe(list)).bind(state.map_or("", State::as_str)).bind(limit);
    let rows = query.fetch_all(pool).await?;
    rows.iter().map(Entry::read).collect()
}

/// Settles a purchase by hand; whether there was an unknown one of this key.
pub(super) async fn settle(
    pool: &AnyPool,
    key: &str,
    outcome: &Outcome,
    by: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    const SETTLE: &str = "UPDATE purchases SET state = $2, again = 0, instance_id = $3, status = $4, \
        answer = $5, settled_by = $6, updated_at = $7 WHERE key = $1 AND state = 'unknown'";
    let settle = sqlx::query(SETTLE).bind(key).bind(outcome.state.as_str());
    let settle = settle.bind(&outcome.instance_id).bind(i64::from(outcome.status));
    let settle = settle.bind(&outcome.answer).bind(by).bind(now);
    Ok(settle.execute(pool).await?.rows_affected() == 1)
}
