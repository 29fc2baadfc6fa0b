//! Where the instances are: in memory for whoever asks, in a file for the day after.

mod desk;
mod record;
mod shelf;
mod sqlite;
mod writer;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

pub(crate) use self::{desk::Desk, record::Record};
use self::{shelf::Shelf, writer::Job};
use crate::{config::Location, error::StartError};

/// Changes that wait for the writer; more wait for a place.
const QUEUE: usize = 1024;

/// The change could not be made durable; the log says why.
#[derive(Debug)]
pub(crate) struct NotStored;

/// All instances.
pub(crate) struct Store {
    shelf: Arc<RwLock<Shelf>>,
    /// Who writes the file; absent when nothing is kept.
    writer: Option<mpsc::Sender<Job>>,
}

impl Store {
    /// Opens the store, and starts the task that writes it. The task ends after the store is dropped and everything is
    /// written.
    pub(crate) async fn open(
        location: &Location,
    ) -> Result<(Self, Option<JoinHandle<()>>), StartError> {
        let Location::File(path) = location else {
            return Ok((Self { shelf: Arc::default(), writer: None }, None));
        };
        let (connection, records) = sqlite::open(path).await?;
        let mut shelf = Shelf::default();
        for record in records {
            shelf.put(Arc::new(record));
        }
        let shelf = Arc::new(RwLock::new(shelf));
        let (writer, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(writer::run(connection, jobs, Arc::clone(&shelf)));
        Ok((Self { shelf, writer: Some(writer) }, Some(task)))
    }

    /// Whether instances can be changed.
    pub(crate) fn is_open(&self) -> bool {
        self.writer.as_ref().is_none_or(|writer| !writer.is_closed())
    }

    /// The instance of this id.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Record>> {
        self.reading().find(id)
    }

    /// A page of the instances that are wanted, the newest first, and how many they are together.
    pub(crate) fn page(
        &self,
        wanted: impl Fn(&Record) -> bool,
        skipped: usize,
        size: usize,
    ) -> (Vec<Arc<Record>>, u64) {
        let (mut page, mut total) = (Vec::with_capacity(size), 0);
        for record in self.reading().newest_first().filter(|record| wanted(record)) {
            if total >= skipped && page.len() < size {
                page.push(Arc::clone(record));
            }
            total += 1;
        }
        (page, total as u64)
    }

    /// Looks at instances and changes them, with nobody else in between. When this returns, the changes are on the disk,
    /// and whoever asks sees them.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        edit: impl FnOnce(&mut Desk<'_>) -> T + Send + 'static,
    ) -> Result<T, NotStored> {
        let Some(writer) = &self.writer else {
            let mut writing = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
            let mut desk = Desk::new(&writing);
            let value = edit(&mut desk);
            let changes = desk.changes;
            writing.apply(changes);
            return Ok(value);
        };
        let (done, outcome) = oneshot::channel();
        let job = writer::job(edit, done);
        writer.send(job).await.map_err(|_| NotStored)?;
        outcome.await.unwrap_or(Err(NotStored))
    }

    fn reading(&self) -> RwLockReadGuard<'_, Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }
}
