//! The tables, and how they came to be. Both databases understand every statement.

use sqlx::{AnyConnection, Connection};

use super::{connect::is_sqlite, error::OpenError};

/// Migrations, oldest first.
const MIGRATIONS: [&[&str]; 10] = [
    &[
        "CREATE TABLE purchases (
        key TEXT PRIMARY KEY NOT NULL,
        principal TEXT NOT NULL,
        body_hash TEXT NOT NULL,
        request TEXT NOT NULL,
        state TEXT NOT NULL,
        again BIGINT NOT NULL,
        request_id TEXT,
        instance_id TEXT,
        status BIGINT,
        answer TEXT,
        settled_by TEXT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
        "CREATE INDEX purchases_pending ON purchases (updated_at) WHERE state = 'pending'",
        "CREATE INDEX purchases_by_age ON purchases (created_at)",
        "CREATE INDEX purchases_by_change ON purchases (updated_at)",
    ],
    // Those whose end is not known are few, and counted often.
    &["CREATE INDEX purchases_by_state ON purchases (state, created_at)"],
    // Those of before have no content: nothing repeats them.
    &[
        "ALTER TABLE purchases ADD COLUMN content TEXT",
        "CREATE INDEX purchases_by_content ON purchases (principal, content, created_at)",
    ],
    // A key belongs to its principal, and a tag to one purchase.
    &[
        "CREATE TABLE purchases_of_principals (
        principal TEXT NOT NULL,
        key TEXT NOT NULL,
        body_hash TEXT NOT NULL,
        request TEXT NOT NULL,
        content TEXT,
        state TEXT NOT NULL,
        again BIGINT NOT NULL,
        request_id TEXT,
        instance_id TEXT,
        status BIGINT,
        answer TEXT,
        settled_by TEXT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        tag TEXT,
        attempt TEXT,
        PRIMARY KEY (principal, key)
    )",
        "INSERT INTO purchases_of_principals (principal, key, body_hash, request, content, state, again, \
         request_id, instance_id, status, answer, settled_by, created_at, updated_at) \
         SELECT principal, key, body_hash, request, content, state, again, \
         request_id, instance_id, status, answer, settled_by, created_at, updated_at FROM purchases",
        "DROP TABLE purchases",
        "ALTER TABLE purchases_of_principals RENAME TO purchases",
        "CREATE INDEX purchases_by_age ON purchases (created_at, key, principal)",
        "CREATE INDEX purchases_by_change ON purchases (updated_at, state)",
        "CREATE INDEX purchases_by_state ON purchases (state, updated_at)",
        "CREATE INDEX purchases_by_content ON purchases (principal, content, created_at)",
        "CREATE UNIQUE INDEX purchases_by_tag ON purchases ((coalesce(tag, key)))",
        // The endpoints at which all of them are bought.
        "CREATE TABLE IF NOT EXISTS havenask_endpoints (endpoint TEXT PRIMARY KEY NOT NULL)",
        // Counts of the writes of each process, by which it knows its ledger again.
        "CREATE TABLE IF NOT EXISTS havenask_witnesses (id TEXT PRIMARY KEY NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL)",
    ],
    // Quote and region of a purchase. The price is in hundredths of the currency.
    &[
        "ALTER TABLE purchases ADD COLUMN region TEXT",
        "ALTER TABLE purchases ADD COLUMN quote TEXT",
        "ALTER TABLE purchases ADD COLUMN currency TEXT",
        "ALTER TABLE purchases ADD COLUMN price BIGINT",
        "CREATE INDEX purchases_by_price ON purchases (currency, created_at, state, price) WHERE price IS NOT NULL",
        // The account that pays for all of them.
        "CREATE TABLE IF NOT EXISTS havenask_accounts (account TEXT PRIMARY KEY NOT NULL)",
    ],
    // A principal is shown its own, the newest first.
    &["CREATE INDEX purchases_by_principal ON purchases (principal, created_at, key)"],
    // Purchases without a region were made in the one that the ledger belongs to.
    &["UPDATE purchases SET region = (SELECT min(endpoint) FROM havenask_endpoints) \
         WHERE region IS NULL AND EXISTS (SELECT 1 FROM havenask_endpoints WHERE endpoint NOT LIKE '%:%')"],
    // The account whose role has bought it; none with the credentials of the proxy itself.
    &["ALTER TABLE purchases ADD COLUMN account TEXT"],
    // The address of the terms that its buyer has accepted.
    &["ALTER TABLE purchases ADD COLUMN terms TEXT"],
    // When its instance was READY, where somebody waited for that.
    &[
        "ALTER TABLE purchases ADD COLUMN ready_at BIGINT",
        "CREATE INDEX purchases_by_readiness ON purchases (created_at) WHERE ready_at IS NOT NULL",
    ],
];

/// The newest form.
pub(super) const LATEST_VERSION: usize = MIGRATIONS.len();

/// The lock of all proxies; any number does.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4851172101)";

/// The beginning of a transaction that writes: in `SQLite` one that reads first could meet another writer before it writes.
pub(super) fn begin(connection: &AnyConnection) -> &'static str {
    if is_sqlite(connection) { "BEGIN IMMEDIATE" } else { "BEGIN" }
}

/// Locks out other proxies until the end of this transaction: two that start at once would make the same table, and
/// two that count purchases at once would not see each other's. In `SQLite` they wait since it began.
pub(super) async fn lock_writers(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    if !is_sqlite(connection) {
        sqlx::query(LOCK).execute(connection).await?;
    }
    Ok(())
}

/// Brings the ledger to the form that this program knows. A newer one is an error, and stays as it is.
pub(super) async fn migrate(connection: &mut AnyConnection) -> Result<(), OpenError> {
    let begin = begin(connection);
    let mut transaction = connection.begin_with(begin).await?;
    migrate_in(&mut transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// The same in a transaction of the caller's; returns the version that was found, 0 where there was nothing.
pub(super) async fn migrate_in(connection: &mut AnyConnection) -> Result<usize, OpenError> {
    lock_writers(connection).await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS havenask_ledger (version BIGINT NOT NULL)")
        .execute(&mut *connection)
        .await?;
    let found: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM havenask_ledger")
        .fetch_one(&mut *connection)
        .await?;
    let found = found.unwrap_or_default();
    let version = usize::try_from(found).unwrap_or_default();
    if version > LATEST_VERSION {
        return Err(OpenError::Newer { found, known: LATEST_VERSION });
    }
    for (index, statements) in MIGRATIONS.iter().enumerate().skip(version) {
        for statement in *statements {
            sqlx::query(*statement).execute(&mut *connection).await?;
        }
        let number = i64::try_from(index + 1).unwrap_or(i64::MAX);
        sqlx::query("INSERT INTO havenask_ledger (version) VALUES ($1)")
            .bind(number)
            .execute(&mut *connection)
            .await?;
    }
    Ok(version)
}
