//! The one task that writes the file. Creations that arrive while it waits for the disk share the next transaction, so
//! that many of them at once wait for the disk as long as one.

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::{NotStored, Record, Shelf, sqlite};

/// The most creations in one transaction.
const MAX_BATCH: usize = 256;

/// A record to be written, and who waits for it.
pub(super) struct Job {
    pub(super) record: Record,
    pub(super) done: oneshot::Sender<Result<(), NotStored>>,
}

pub(super) async fn run(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Job>,
    shelf: Arc<RwLock<Shelf>>,
) {
    let mut batch = Vec::new();
    while jobs.recv_many(&mut batch, MAX_BATCH).await > 0 {
        let written = sqlite::insert(&mut connection, batch.iter().map(|job| &job.record)).await;
        if let Err(error) = &written {
            tracing::error!(%error, "instances could not be written: see to the disk of the store");
        }
        for Job { record, done } in batch.drain(..) {
            if written.is_ok() {
                shelf.write().unwrap_or_else(PoisonError::into_inner).add(record);
            }
            // Whoever hung up finds the instance in the list.
            let _ = done.send(if written.is_ok() { Ok(()) } else { Err(NotStored) });
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the store did not close properly; nothing is lost");
    }
}
