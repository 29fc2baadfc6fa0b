//! The one task that finds purchases by their ids. What arrives while it waits for the database shares the next statement: a
//! purchase that is priced asks first whether its key is known.

use std::{io, sync::Arc};

use sqlx::AnyPool;
use tokio::sync::{mpsc, oneshot};

use super::{
    batch,
    change::PurchaseId,
    connect::{STATEMENT_TIMEOUT, with_timeout},
    record::LedgerEntry,
};

/// Purchases that wait to be found; more wait for a place.
const QUEUE: usize = 1024;

type LookupResult = Result<Option<LedgerEntry>, Arc<sqlx::Error>>;

/// The id of a purchase, where it is looked for, and the channel for what is found.
#[derive(Debug)]
struct Lookup {
    pool: AnyPool,
    id: PurchaseId,
    done: oneshot::Sender<LookupResult>,
}

/// A handle of the task, which ends with the last of them.
#[derive(Clone, Debug)]
pub(super) struct Finder(mpsc::Sender<Lookup>);

impl Finder {
    /// Starts the task.
    pub(super) fn start() -> Self {
        let (finder, lookups) = mpsc::channel(QUEUE);
        tokio::spawn(run(lookups));
        Self(finder)
    }

    /// Finds the purchase of an id, or one of its key of which nobody knows whose it is.
    pub(super) async fn find(
        &self,
        pool: AnyPool,
        id: PurchaseId,
    ) -> Result<Option<LedgerEntry>, sqlx::Error> {
        let (done, found) = oneshot::channel();
        let sent = self.0.send(Lookup { pool, id, done }).await;
        sent.map_err(|_| sqlx::Error::WorkerCrashed)?;
        let found = found.await.map_err(|_| sqlx::Error::WorkerCrashed)?;
        found.map_err(|error| sqlx::Error::Io(io::Error::other(error)))
    }
}

async fn run(mut lookups: mpsc::Receiver<Lookup>) {
    let mut batch = Vec::new();
    while lookups.recv_many(&mut batch, batch::MAX_ROWS).await > 0 {
        // The newest knows best where the ledger is.
        let Some(Lookup { pool, .. }) = batch.last() else { continue };
        let ids: Vec<&PurchaseId> = batch.iter().map(|lookup| &lookup.id).collect();
        let found = with_timeout(STATEMENT_TIMEOUT, batch::find(pool, &ids)).await;
        let found = found.map_err(Arc::new);
        for Lookup { id, done, .. } in batch.drain(..) {
            let answer = found.as_ref().map_err(Arc::clone).and_then(|found| {
                let of_nobody = || PurchaseId { principal: String::new(), key: id.key.clone() };
                let entry = found.get(&id).or_else(|| found.get(&of_nobody()));
                entry.cloned().transpose()
            });
            // A caller that hung up needs none.
            let _ = done.send(answer);
        }
    }
}
