//! Handle of the store.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::{
    InstanceRecord, WriteError,
    index::InstanceIndex,
    sqlite,
    transaction::Transaction,
    writer::{self, WriteJob},
};
use crate::{config::StoreLocation, error::EmulatorError};

/// Capacity of the writer's queue.
const QUEUE: usize = 1024;

/// Store of all instances.
pub(crate) struct InstanceStore {
    index: Arc<RwLock<InstanceIndex>>,
    /// Queue of the writer of the file; absent for a store in memory.
    writer: Option<mpsc::Sender<WriteJob>>,
}

impl InstanceStore {
    /// Opens the store, and starts the task that writes its file. The task ends when the store is dropped and everything is
    /// written.
    pub(crate) async fn open(
        location: &StoreLocation,
    ) -> Result<(Self, Option<JoinHandle<()>>), EmulatorError> {
        let StoreLocation::File(path) = location else {
            return Ok((Self { index: Arc::default(), writer: None }, None));
        };
        let (connection, records) = sqlite::open(path).await?;
        let mut index = InstanceIndex::default();
        for record in records {
            index.put(Arc::new(record));
        }
        let index = Arc::new(RwLock::new(index));
        let (writer, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(writer::run(connection, jobs, Arc::clone(&index)));
        Ok((Self { index, writer: Some(writer) }, Some(task)))
    }

    /// Returns true while instances can be changed.
    pub(crate) fn is_writable(&self) -> bool {
        self.writer.as_ref().is_none_or(|writer| !writer.is_closed())
    }

    /// Finds an instance of an account.
    pub(crate) fn find(&self, account: &str, id: &str) -> Option<Arc<InstanceRecord>> {
        self.read().find(id).filter(|record| record.account == account)
    }

    /// Selects a page of the matching instances, newest first, and counts them all.
    pub(crate) fn page(
        &self,
        matches: impl Fn(&InstanceRecord) -> bool,
        skipped: usize,
        size: usize,
    ) -> (Vec<Arc<InstanceRecord>>, u64) {
        let (mut page, mut total) = (Vec::with_capacity(size), 0);
        for record in self.read().newest_first().filter(|record| matches(record)) {
            if total >= skipped && page.len() < size {
                page.push(Arc::clone(record));
            }
            total += 1;
        }
        (page, total as u64)
    }

    /// Reads and changes instances in a serializable transaction. When this returns, the changes are durable and visible.
    pub(crate) async fn transact<T: Send + 'static>(
        &self,
        edit: impl FnOnce(&mut Transaction<'_>) -> T + Send + 'static,
    ) -> Result<T, WriteError> {
        let Some(writer) = &self.writer else {
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            let mut transaction = Transaction::new(&index);
            let value = edit(&mut transaction);
            let changes = transaction.changes;
            index.apply(changes);
            return Ok(value);
        };
        let (done, result) = oneshot::channel();
        let job: WriteJob = Box::new(move |transaction| {
            let value = edit(transaction);
            // The receiver is gone when its client has disconnected.
            Box::new(move |written| drop(done.send(written.then_some(value).ok_or(WriteError))))
        });
        writer.send(job).await.map_err(|_| WriteError)?;
        result.await.unwrap_or(Err(WriteError))
    }

    fn read(&self) -> RwLockReadGuard<'_, InstanceIndex> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }
}
