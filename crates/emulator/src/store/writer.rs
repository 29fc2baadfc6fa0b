//! Batch writer of the file. Jobs that arrive during a write share the next transaction, so that many at once wait for the disk
//! as long as one.

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::mpsc;

use super::{index::InstanceIndex, sqlite, transaction::Transaction};

/// Maximum number of jobs in one transaction.
const MAX_BATCH: usize = 256;

/// Prepares changes, and returns the completion.
pub(super) type WriteJob = Box<dyn FnOnce(&mut Transaction<'_>) -> Completion + Send>;
/// Reports whether the changes were written.
pub(super) type Completion = Box<dyn FnOnce(bool) + Send>;

/// Changes could not be made durable; the log has the reason.
#[derive(Debug)]
pub(crate) struct WriteError;

/// Runs until the queue is closed and everything is written.
pub(super) async fn run(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<WriteJob>,
    index: Arc<RwLock<InstanceIndex>>,
) {
    let mut batch = Vec::new();
    while jobs.recv_many(&mut batch, MAX_BATCH).await > 0 {
        let (completions, changes) = {
            let index = index.read().unwrap_or_else(PoisonError::into_inner);
            let mut transaction = Transaction::new(&index);
            let completions: Vec<_> = batch.drain(..).map(|job| job(&mut transaction)).collect();
            (completions, transaction.changes)
        };
        let written = sqlite::write(&mut connection, &changes).await;
        match &written {
            Ok(()) => index.write().unwrap_or_else(PoisonError::into_inner).apply(changes),
            Err(error) => {
                tracing::error!(%error, "instances could not be written: see to the disk of the store");
            }
        }
        for complete in completions {
            complete(written.is_ok());
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the store did not close properly; nothing is lost");
    }
}
