//! The statements that read, each understood by `SQLite` and PostgreSQL.

use havenask_core::purchase::IdempotencyKey;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Executor, Row, any::AnyRow};

use super::{
    change::PurchaseId,
    record::{LedgerEntry, PurchaseState, UnreadableRow},
};

/// Reads purchases. The columns have names: PostgreSQL refuses a prepared `*` when another proxy has added one.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT key, principal, body_hash, request, content, state, again, request_id, instance_id, \
             status, answer, settled_by, created_at, updated_at, tag, attempt, region, account, quote, currency, price, terms, ready_at FROM purchases ",
            $rest
        )
    };
}
pub(super) use select;

/// The time of a server, in Unix milliseconds.
pub(super) const SERVER_NOW: &str = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/// The purchase of an id, or one of this key of which nobody knows whose it is.
pub(super) async fn find(
    connection: &mut AnyConnection,
    id: &PurchaseId,
) -> Result<Option<LedgerEntry>, sqlx::Error> {
    const FIND: &str =
        select!("WHERE key = $1 AND principal IN ($2, '') ORDER BY principal DESC LIMIT 1");
    let row = sqlx::query(FIND).bind(&id.key).bind(&id.principal);
    row.fetch_optional(connection).await?.as_ref().map(LedgerEntry::read).transpose()
}

/// The purchases of a key, whoever made them, the newest first.
pub(super) async fn find_by_key(
    pool: &AnyPool,
    key: &str,
) -> Result<Vec<LedgerEntry>, sqlx::Error> {
    const FIND: &str = select!("WHERE key = $1 ORDER BY created_at DESC, principal");
    let rows = sqlx::query(FIND).bind(key).fetch_all(pool).await?;
    rows.iter().map(LedgerEntry::read).collect()
}

/// Reads the purchases that are pending and have changed since a time, and when they have.
pub(super) async fn pending(
    pool: &AnyPool,
    since: i64,
) -> Result<Vec<(PurchaseId, i64)>, sqlx::Error> {
    const PENDING: &str = "SELECT principal, key, updated_at FROM purchases WHERE state = 'pending' AND updated_at >= $1";
    let read = |row: AnyRow| {
        let id = PurchaseId { principal: row.try_get("principal")?, key: row.try_get("key")? };
        Ok((id, row.try_get("updated_at")?))
    };
    sqlx::query(PENDING).bind(since).fetch_all(pool).await?.into_iter().map(read).collect()
}

/// Counts the purchases in a state.
pub(super) async fn count<'c>(
    executor: impl Executor<'c, Database = sqlx::Any>,
    state: PurchaseState,
) -> Result<i64, sqlx::Error> {
    let count = sqlx::query_scalar("SELECT count(*) FROM purchases WHERE state = $1");
    count.bind(state.as_str()).fetch_one(executor).await
}

/// Milliseconds from purchase to READY, of the last purchases of which that is known.
pub(super) async fn times_to_ready(pool: &AnyPool, limit: i64) -> Result<Vec<i64>, sqlx::Error> {
    const TIMES: &str = "SELECT ready_at - created_at FROM purchases WHERE ready_at IS NOT NULL \
        ORDER BY created_at DESC LIMIT $1";
    sqlx::query_scalar(TIMES).bind(limit).fetch_all(pool).await
}

/// The regions of the purchases that are pending.
pub(super) async fn pending_regions(
    connection: &mut AnyConnection,
) -> Result<Vec<String>, sqlx::Error> {
    const REGIONS: &str = "SELECT DISTINCT region FROM purchases WHERE state = 'pending' AND region IS NOT NULL ORDER BY region";
    sqlx::query_scalar(REGIONS).fetch_all(connection).await
}

/// Purchases that are listed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PurchaseFilter<'a> {
    All,
    State(PurchaseState),
    Principal(&'a str),
}

/// The end of a page of purchases: when the last one was written down, its key, and its principal.
#[derive(Clone, Debug)]
pub(crate) struct PageCursor(i64, String, String);

impl PageCursor {
    /// The begin of the first page.
    pub(crate) const fn start() -> Self {
        Self(i64::MAX, String::new(), String::new())
    }

    /// Reads the token of a page of this principal.
    pub(crate) fn parse(token: &str, principal: &str) -> Option<Self> {
        let (created_at, key) = token.split_once('.')?;
        let key = IdempotencyKey::parse(key)?;
        Some(Self(created_at.parse().ok()?, key.as_str().to_owned(), principal.to_owned()))
    }

    /// The token of the page that follows, of the same principal.
    pub(crate) fn token(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }
}

/// The next purchases, the newest first, and where they end.
pub(super) async fn page(
    pool: &AnyPool,
    filter: PurchaseFilter<'_>,
    after: &PageCursor,
    size: u32,
) -> Result<(Vec<Result<LedgerEntry, UnreadableRow>>, Option<PageCursor>), sqlx::Error> {
    let (only, value) = match filter {
        PurchaseFilter::All => ("$1 = ''", ""),
        PurchaseFilter::State(state) => ("state = $1", state.as_str()),
        PurchaseFilter::Principal(principal) => ("principal = $1", principal),
    };
    let select = select!("");
    let page = format!(
        "{select}WHERE {only} AND (created_at, key, principal) < ($2, $3, $4) \
         ORDER BY created_at DESC, key DESC, principal DESC LIMIT $5"
    );
    let query = sqlx::query(AssertSqlSafe(page)).bind(value);
    let query = query.bind(after.0).bind(&after.1).bind(&after.2).bind(i64::from(size));
    let rows = query.fetch_all(pool).await?;
    let place = |row: &AnyRow| {
        Ok::<_, sqlx::Error>(PageCursor(
            row.try_get("created_at")?,
            row.try_get("key")?,
            row.try_get("principal")?,
        ))
    };
    let end = rows.last().map(place).transpose()?;
    Ok((rows.iter().map(LedgerEntry::read_alone).collect(), end))
}

/// The time of the server.
pub(super) async fn server_now<'c>(
    executor: impl Executor<'c, Database = sqlx::Any>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT {SERVER_NOW}"))).fetch_one(executor).await
}

/// The endpoints to which the ledger is bound.
pub(super) async fn endpoints(connection: &mut AnyConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT endpoint FROM havenask_endpoints ORDER BY endpoint")
        .fetch_all(connection)
        .await
}
