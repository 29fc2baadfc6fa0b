//! Connections to the database of a ledger.

use std::time::Duration;

use sqlx::{AnyConnection, AnyPool, Connection, Executor, any::AnyPoolOptions};

use super::{
    address::{LedgerAddress, Open},
    error::OpenError,
};

/// Time for a connection, for a lock, and for a batch with its second attempt.
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Time for a statement or a transaction of a server that says nothing.
pub(super) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(8);
/// Connections that read.
const READERS: u32 = 3;

/// Opens a connection that writes.
pub(super) async fn connect(
    address: &LedgerAddress,
    open: Open,
) -> Result<AnyConnection, OpenError> {
    let location = address.location(open)?;
    let connecting = async {
        let mut connection = AnyConnection::connect(&location).await?;
        prepare(&mut connection).await?;
        Ok(connection)
    };
    Ok(with_timeout(ACQUIRE_TIMEOUT, connecting).await?)
}

/// Opens a connection that changes nothing of the file.
pub(super) async fn connect_without_setup(
    address: &LedgerAddress,
) -> Result<AnyConnection, OpenError> {
    let location = address.location(Open::Existing)?;
    Ok(with_timeout(ACQUIRE_TIMEOUT, AnyConnection::connect(&location)).await?)
}

/// Makes a pool of connections that read.
pub(super) fn readers(address: &LedgerAddress) -> Result<AnyPool, OpenError> {
    let options = AnyPoolOptions::new().max_connections(READERS).acquire_timeout(ACQUIRE_TIMEOUT);
    let options = options.after_connect(|connection, _| Box::pin(prepare(connection)));
    // A file does not hang up.
    let options = options.test_before_acquire(address.file().is_none());
    Ok(options.connect_lazy(&address.location(Open::Existing)?)?)
}

/// The end of what a database does, or an error when it takes too long.
pub(super) async fn with_timeout<T>(
    limit: Duration,
    act: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    tokio::time::timeout(limit, act).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

/// Tests for a connection that speaks to `SQLite`.
pub(super) fn is_sqlite(connection: &AnyConnection) -> bool {
    connection.backend_name() == "SQLite"
}

/// A record is on the disk when its transaction ends. `SQLite` needs to be told; PostgreSQL does so unless it is told not to.
/// Nobody waits without end for what another proxy writes.
async fn prepare(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    const SQLITE: [&str; 4] = [
        "PRAGMA busy_timeout = 5000",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        // Pages, 1 MB: a small disk must not be full of what waits to be moved into the file.
        "PRAGMA wal_autocheckpoint = 256",
    ];
    const POSTGRES: [&str; 3] = [
        "SET synchronous_commit = on",
        "SET lock_timeout = 5000",
        // A proxy that is not reached any more loses what it holds.
        "SET idle_in_transaction_session_timeout = 10000",
    ];
    let settings: &[&str] = if is_sqlite(connection) { &SQLITE } else { &POSTGRES };
    for setting in settings {
        connection.execute(*setting).await?;
    }
    Ok(())
}
