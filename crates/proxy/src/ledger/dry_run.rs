//! Dry run of the ledger, for `havenask-proxy check`.

use sqlx::Connection;

use super::{
    address::LedgerAddress,
    binding,
    change::Change,
    connect::{STATEMENT_TIMEOUT, connect_without_setup, is_sqlite},
    error::OpenError,
    queries,
    record::PurchaseState,
    schema, statements,
};
use crate::clock;

/// Milliseconds that a clock may be off the server's before somebody should look at it.
pub(crate) const CLOCK_SKEW_WARNING: i64 = 5000;

/// Facts of a ledger that can be written.
#[derive(Clone, Debug)]
pub(crate) struct DryRunReport {
    /// Its version; 0 where there was nothing.
    pub(crate) version: usize,
    /// The version that a run brings it to.
    pub(crate) known: usize,
    /// Purchases that somebody has to settle.
    pub(crate) unknown: i64,
    /// The regions of the purchases that are pending.
    pub(crate) pending: Vec<String>,
    /// The time by which this machine's clock is ahead of the server's, in milliseconds.
    pub(crate) ahead: i64,
}

/// Runs the same code as a start, in a transaction that is rolled back. A file that is not there is an error, and not
/// made: it would belong to whoever tests. A ledger that a run would not change is written to the disk, since only that shows
/// whether there is room; what is written is as it was before.
pub(crate) async fn dry_run(
    address: &LedgerAddress,
    served: Option<&[String]>,
) -> Result<DryRunReport, OpenError> {
    let report = tokio::time::timeout(STATEMENT_TIMEOUT, run_and_roll_back(address, served)).await;
    report.unwrap_or(Err(OpenError::Database(sqlx::Error::PoolTimedOut)))
}

async fn run_and_roll_back(
    address: &LedgerAddress,
    served: Option<&[String]>,
) -> Result<DryRunReport, OpenError> {
    let mut connection = connect_without_setup(address).await?;
    let now = if is_sqlite(&connection) {
        None
    } else {
        Some(queries::server_now(&mut connection).await?)
    };
    let ahead = now.map_or(0, |now| clock::now() - now);
    let begin = schema::begin(&connection);
    let mut transaction = connection.begin_with(begin).await?;
    let version = schema::migrate_in(&mut transaction).await?;
    let unknown = queries::count(&mut *transaction, PurchaseState::Unknown).await?;
    let pending = queries::pending_regions(&mut transaction).await?;
    if let Some(served) = served {
        binding::bind(&mut transaction, served).await?;
    }
    statements::apply(&mut transaction, &[&Change::Probe], clock::now()).await?;
    transaction.rollback().await?;
    if version == schema::LATEST_VERSION {
        let mut transaction = connection.begin_with(begin).await?;
        statements::apply(&mut transaction, &[&Change::Probe], clock::now()).await?;
        transaction.commit().await?;
    }
    connection.close().await?;
    Ok(DryRunReport { version, known: schema::LATEST_VERSION, unknown, pending, ahead })
}
