//! Commits that a ledger in a SQLite file bears with nobody in front of it.

use std::{
    fmt::Write,
    path::Path,
    time::{Duration, Instant},
};

use sqlx::{
    AssertSqlSafe, ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{Result, purchase};

/// Rows that are sent to sqlx's thread together: the way there takes longer than a commit on a fast disk.
const TOGETHER: u32 = 100;

/// Commits a second of one writer, each of one row, in a ledger that a proxy has made and uses no more.
pub(crate) fn alone(ledger: &Path, seconds: u32) -> Result<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    // As in crates/proxy/src/ledger.
    let options = SqliteConnectOptions::new().filename(ledger);
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let options = options.pragma("wal_autocheckpoint", "256");
    let (request, hash) = (purchase()?.body.unwrap_or_default(), "0".repeat(64));
    runtime.block_on(async {
        let mut connection = options.connect().await?;
        let first: u32 =
            sqlx::query_scalar("SELECT count(*) FROM purchases").fetch_one(&mut connection).await?;
        let (start, mut number) = (Instant::now(), first);
        while start.elapsed() < Duration::from_secs(seconds.into()) {
            let mut statements = String::new();
            for number in number..number + TOGETHER {
                // As the proxy writes a purchase down before it is sent. Without a transaction around it, it is one.
                write!(
                    statements,
                    "INSERT INTO purchases \
                     (key, principal, body_hash, request, state, again, created_at, updated_at) VALUES \
                     ('alone-{number:09}', 'anyone', '{hash}', '{request}', 'pending', 0, {number}, {number});"
                )?;
            }
            sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await?;
            number += TOGETHER;
        }
        let rate = f64::from(number - first) / start.elapsed().as_secs_f64();
        eprintln!("load: {rate:.0} commits /s alone");
        Ok(rate)
    })
}
