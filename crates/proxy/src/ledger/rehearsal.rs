//! Rehearsal of a purchase: one is written into the ledger, and taken back.

use havenask_core::Endpoint;
use sqlx::Connection;

use super::{
    address::Address,
    binding,
    change::Change,
    connect::{STATEMENT, connect_plainly, is_sqlite},
    error::OpenError,
    queries,
    record::PurchaseState,
    schema, statements,
};
use crate::stamp;

/// Milliseconds that a clock may be off the server's before somebody should look at it.
pub(crate) const UNEASY: i64 = 5000;

/// What was found in a ledger that could be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rehearsed {
    /// Its version; 0 where there was nothing.
    pub(crate) version: usize,
    /// The version that a run brings it to.
    pub(crate) known: usize,
    /// Purchases that somebody has to settle.
    pub(crate) unknown: i64,
    /// The time by which this machine's clock is ahead of the server's, in milliseconds.
    pub(crate) ahead: i64,
}

/// Does what a run does with the ledger, in a transaction that is given up. A file that is not there is an error, and not
/// made: it would belong to whoever tests. A ledger that a run would not change is written to the disk, since only that shows
/// whether there is room; what is written is as it was before.
pub(crate) async fn rehearse(
    address: &Address,
    endpoint: Option<&Endpoint>,
) -> Result<Rehearsed, OpenError> {
    let rehearsed = tokio::time::timeout(STATEMENT, in_vain(address, endpoint)).await;
    rehearsed.unwrap_or(Err(OpenError::Database(sqlx::Error::PoolTimedOut)))
}

async fn in_vain(address: &Address, endpoint: Option<&Endpoint>) -> Result<Rehearsed, OpenError> {
    let mut connection = connect_plainly(address).await?;
    let now = if is_sqlite(&connection) {
        None
    } else {
        Some(queries::server_now(&mut connection).await?)
    };
    let ahead = now.map_or(0, |now| stamp::now() - now);
    let begin = schema::begin(&connection);
    let mut transaction = connection.begin_with(begin).await?;
    let version = schema::bring(&mut transaction).await?;
    let unknown = queries::count(&mut *transaction, PurchaseState::Unknown).await?;
    if let Some(endpoint) = endpoint {
        binding::bind(&mut transaction, endpoint).await?;
    }
    statements::apply(&mut transaction, &Change::Probe, stamp::now()).await?;
    transaction.rollback().await?;
    if version == schema::KNOWN {
        let mut transaction = connection.begin_with(begin).await?;
        statements::apply(&mut transaction, &Change::Probe, stamp::now()).await?;
        transaction.commit().await?;
    }
    connection.close().await?;
    Ok(Rehearsed { version, known: schema::KNOWN, unknown, ahead })
}
