//! Where the instances are: in memory for whoever asks, in a file for the day after.

mod sqlite;
mod writer;

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use havenask_core::model::CreateInstanceRequest;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use self::writer::Job;
use crate::{config::Location, error::StartError};

/// Creations that wait for the writer; more wait for a place.
const QUEUE: usize = 1024;

/// An instance, as it was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: String,
    /// When, in Unix seconds.
    pub(crate) created_at: i64,
    /// What was asked for, the components included.
    pub(crate) request: CreateInstanceRequest,
}

/// The record could not be made durable; the log says why.
#[derive(Debug)]
pub(crate) struct NotStored;

/// All instances.
pub(crate) struct Store {
    shelf: Arc<RwLock<Shelf>>,
    /// Who writes the file; absent when nothing is kept.
    writer: Option<mpsc::Sender<Job>>,
}

/// What is in memory.
#[derive(Default)]
struct Shelf {
    by_age: Vec<Arc<Record>>,
    by_id: HashMap<String, Arc<Record>>,
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
            shelf.add(record);
        }
        let shelf = Arc::new(RwLock::new(shelf));
        let (writer, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(writer::run(connection, jobs, Arc::clone(&shelf)));
        Ok((Self { shelf, writer: Some(writer) }, Some(task)))
    }

    /// Whether instances can be added.
    pub(crate) fn is_open(&self) -> bool {
        self.writer.as_ref().is_none_or(|writer| !writer.is_closed())
    }

    /// The instance of this id.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Record>> {
        self.reading().by_id.get(id).map(Arc::clone)
    }

    /// A page of the instances that are wanted, the newest first, and how many they are together.
    pub(crate) fn page(
        &self,
        wanted: impl Fn(&Record) -> bool,
        skipped: usize,
        size: usize,
    ) -> (Vec<Arc<Record>>, u64) {
        let (mut page, mut total) = (Vec::with_capacity(size), 0);
        let reading = self.reading();
        for record in reading.by_age.iter().rev().filter(|record| wanted(record)) {
            if total >= skipped && page.len() < size {
                page.push(Arc::clone(record));
            }
            total += 1;
        }
        (page, total as u64)
    }

    /// Adds an instance. When this returns, it is on the disk, and whoever asks finds it.
    pub(crate) async fn add(&self, record: Record) -> Result<(), NotStored> {
        let Some(writer) = &self.writer else {
            self.shelf.write().unwrap_or_else(PoisonError::into_inner).add(record);
            return Ok(());
        };
        let (done, outcome) = oneshot::channel();
        writer.send(Job { record, done }).await.map_err(|_| NotStored)?;
        outcome.await.unwrap_or(Err(NotStored))
    }

    fn reading(&self) -> RwLockReadGuard<'_, Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn add(&mut self, record: Record) {
        let record = Arc::new(record);
        self.by_id.insert(record.id.clone(), Arc::clone(&record));
        self.by_age.push(record);
    }
}
