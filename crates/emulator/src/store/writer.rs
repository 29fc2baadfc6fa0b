//! The one task that writes the file. Changes that arrive while it waits for the disk share the next transaction, so that
//! many of them at once wait for the disk as long as one.

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::{Desk, NotStored, shelf::Shelf, sqlite};

/// The most changes in one transaction.
const MAX_BATCH: usize = 256;

/// Prepares a change; what it returns is told whether the change is on the disk.
pub(super) type Job = Box<dyn FnOnce(&mut Desk<'_>) -> Told + Send>;
type Told = Box<dyn FnOnce(bool) + Send>;

/// A change, and who waits for it.
pub(super) fn job<T: Send + 'static>(
    edit: impl FnOnce(&mut Desk<'_>) -> T + Send + 'static,
    done: oneshot::Sender<Result<T, NotStored>>,
) -> Job {
    Box::new(move |desk| {
        let value = edit(desk);
        // Whoever hung up finds the change when they ask again.
        Box::new(move |stored| drop(done.send(if stored { Ok(value) } else { Err(NotStored) })))
    })
}

pub(super) async fn run(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Job>,
    shelf: Arc<RwLock<Shelf>>,
) {
    let mut batch = Vec::new();
    while jobs.recv_many(&mut batch, MAX_BATCH).await > 0 {
        let (waiting, changes) = {
            let reading = shelf.read().unwrap_or_else(PoisonError::into_inner);
            let mut desk = Desk::new(&reading);
            let waiting: Vec<_> = batch.drain(..).map(|job| job(&mut desk)).collect();
            (waiting, desk.changes)
        };
        let written = sqlite::write(&mut connection, &changes).await;
        match &written {
            Ok(()) => shelf.write().unwrap_or_else(PoisonError::into_inner).apply(changes),
            Err(error) => {
                tracing::error!(%error, "instances could not be written: see to the disk of the store");
            }
        }
        for told in waiting {
            told(written.is_ok());
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the store did not close properly; nothing is lost");
    }
}
