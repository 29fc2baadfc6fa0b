//! An open ledger: queries, and changes by the task that writes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{AnyPool, Connection};
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
    time::Instant,
};

use super::{
    address::{LedgerAddress, Open},
    binding,
    change::{Begin, BeginResult, Change, ChangeResult, FinishResult, PurchaseId},
    connect::{STATEMENT_TIMEOUT, connect, with_timeout},
    connection_manager::ConnectionManager,
    error::{BeginError, LedgerWriteError, OpenError},
    finder::Finder,
    queries::{self, PageCursor, PurchaseFilter},
    reader_pool::ReaderPool,
    record::{
        Conditions, LedgerEntry, LedgerResult, NewPurchase, PurchaseState, UnreadableRow, printable,
    },
    schema,
    statements::PRUNE_BATCH,
    write_session::{Witness, WriteSession, replaced},
    writer::{self, Job},
};
use crate::clock;

/// Records that wait for the writer; more wait for a place.
const QUEUE: usize = 4096;

/// The time for which a test of the ledger counts.
const TEST_TTL: Duration = Duration::from_secs(1);

/// An open ledger; its clones are the same one.
#[derive(Clone, Debug)]
pub struct Ledger {
    address: LedgerAddress,
    reader_pool: Arc<ReaderPool>,
    writer: mpsc::Sender<Job>,
    finder: Finder,
    /// The name of this process in the ledger, and how many purchases it has begun.
    process: Arc<(String, AtomicU64)>,
    /// True if it belongs to another account than the credentials of this process.
    is_foreign: Arc<AtomicBool>,
    writable: Arc<Writable>,
}

/// The last signs of whether the ledger can be written.
#[derive(Debug, Default)]
struct Writable {
    last_test: Mutex<Option<(Instant, bool)>>,
    last_write: AtomicBool,
}

impl Ledger {
    /// Opens a ledger, makes it where there is none, and starts the task that writes it. The task ends when the ledger is
    /// dropped and everything is written.
    pub async fn open(address: &LedgerAddress) -> Result<(Self, JoinHandle<()>), OpenError> {
        let mut first = connect(address, Open::Create).await?;
        schema::migrate(&mut first).await?;
        let session = WriteSession::open(address).await?;
        first.close().await?;
        let random = |error| sqlx::Error::Configuration(format!("no randomness: {error}").into());
        let witness = Witness::new().map_err(random)?;
        let process = Arc::new((witness.id().to_owned(), AtomicU64::default()));
        let reader_pool = Arc::new(ReaderPool::new(address.clone(), session.file())?);
        let store =
            ConnectionManager::new(address.clone(), Arc::clone(&reader_pool), witness, session);
        let (writer, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(writer::run(store, jobs));
        let (is_foreign, writable) = (Arc::default(), Arc::default());
        let address = address.clone();
        let finder = Finder::start();
        Ok((Self { address, reader_pool, writer, finder, process, is_foreign, writable }, task))
    }

    /// Binds the ledger to endpoints, by their names, unless it is bound to another.
    pub(crate) async fn bind(&self, served: &[String]) -> Result<(), OpenError> {
        let mut connection = connect(&self.address, Open::Existing).await?;
        let begin = schema::begin(&connection);
        let mut transaction = connection.begin_with(begin).await?;
        schema::lock_writers(&mut transaction).await?;
        binding::bind(&mut transaction, served).await?;
        transaction.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// Binds the ledger to an account, unless it is bound to another: then it takes no more purchases of this process.
    pub(crate) async fn bind_account(&self, account: &str) -> Result<(), OpenError> {
        let mut connection = connect(&self.address, Open::Existing).await?;
        let begin = schema::begin(&connection);
        let mut transaction = connection.begin_with(begin).await?;
        schema::lock_writers(&mut transaction).await?;
        let bound = binding::bind_account(&mut transaction, account).await;
        // A database that fails says nothing of the account.
        match &bound {
            Ok(()) => self.is_foreign.store(false, Ordering::Relaxed),
            Err(OpenError::OtherAccount { .. }) => self.is_foreign.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        bound?;
        transaction.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// Tests for credentials of another account: the instances of this ledger are not in its lists.
    pub(crate) fn is_foreign(&self) -> bool {
        self.is_foreign.load(Ordering::Relaxed)
    }

    /// Writes a purchase down, unless its key is known, or its conditions do not hold.
    pub(crate) async fn begin(
        &self,
        purchase: NewPurchase,
        conditions: Conditions,
        tag_is_signed: bool,
    ) -> Result<BeginResult, BeginError> {
        let (process, begun) = &*self.process;
        let attempt = format!("{process}-{}", begun.fetch_add(1, Ordering::Relaxed));
        let error = BeginError { attempt: attempt.clone() };
        if self.is_foreign() {
            return Err(error);
        }
        let change = Change::Begin(Begin { purchase, conditions, tag_is_signed, attempt });
        match self.write(change).await {
            Ok(ChangeResult::Begun(begun)) => Ok(begun),
            _ => Err(error),
        }
    }

    /// Writes the result of a purchase. A final state stays.
    pub(crate) async fn finish(
        &self,
        id: &PurchaseId,
        attempt: &str,
        outcome: LedgerResult,
    ) -> Result<FinishResult, LedgerWriteError> {
        let request_id = printable(outcome.request_id);
        let outcome = LedgerResult { request_id, ..outcome };
        match self
            .write(Change::Finish { id: id.clone(), attempt: attempt.to_owned(), outcome })
            .await?
        {
            ChangeResult::Finished(closed) => Ok(closed),
            _ => Err(LedgerWriteError),
        }
    }

    /// Resolves an unknown purchase by hand; returns true if there was one of this id.
    pub(crate) async fn resolve(
        &self,
        id: PurchaseId,
        outcome: LedgerResult,
        by: String,
    ) -> Result<bool, LedgerWriteError> {
        Ok(self.count(Change::Resolve { id, outcome, by }).await? == 1)
    }

    /// Writes down that the instance of a purchase, which carries this tag, is READY.
    pub(crate) async fn ready(
        &self,
        tag: String,
        instance_id: String,
    ) -> Result<(), LedgerWriteError> {
        self.count(Change::Ready { tag, instance_id }).await.map(|_| ())
    }

    /// Takes over a purchase of another ledger; returns true if its key was not known.
    pub(crate) async fn import(&self, entry: LedgerEntry) -> Result<bool, LedgerWriteError> {
        Ok(self.count(Change::Import(Box::new(entry))).await? == 1)
    }

    /// Forgets purchases with a final state before a time, in Unix milliseconds; returns their number.
    pub(crate) async fn prune(&self, before: i64) -> Result<u64, LedgerWriteError> {
        let mut all = 0;
        loop {
            let pruned = self.count(Change::Prune { before }).await?;
            all += pruned;
            if pruned < PRUNE_BATCH {
                return Ok(all);
            }
        }
    }

    /// Tests that a purchase can be written. That is done once a second at most, unless a write has ended otherwise
    /// since then: strangers may ask where the operator's addresses are open to them.
    pub(crate) async fn is_writable(&self) -> bool {
        let mut last = self.writable.last_test.lock().await;
        if let Some((at, is_writable)) = *last
            && !self.is_foreign.load(Ordering::Relaxed)
            && at.elapsed() < TEST_TTL
            && is_writable == self.writable.last_write.load(Ordering::Relaxed)
        {
            return is_writable;
        }
        let is_writable = self.probe().await.is_ok();
        *last = Some((Instant::now(), is_writable));
        is_writable
    }

    /// Tests that a purchase could be written down: it is, and taken away again.
    pub(crate) async fn probe(&self) -> Result<(), LedgerWriteError> {
        if self.is_foreign() {
            return Err(LedgerWriteError);
        }
        self.count(Change::Probe).await.map(|_| ())
    }

    /// The newest purchase of a key.
    pub async fn find(&self, key: &str) -> Result<Option<LedgerEntry>, sqlx::Error> {
        Ok(self.find_by_key(key).await?.into_iter().next())
    }

    /// The purchases of a key, whoever made them, the newest first.
    pub(crate) async fn find_by_key(&self, key: &str) -> Result<Vec<LedgerEntry>, sqlx::Error> {
        with_timeout(STATEMENT_TIMEOUT, queries::find_by_key(&self.readers().await?, key)).await
    }

    /// The purchase of an id.
    pub(crate) async fn find_by_id(
        &self,
        id: &PurchaseId,
    ) -> Result<Option<LedgerEntry>, sqlx::Error> {
        self.finder.find(self.readers().await?, id.clone()).await
    }

    /// Purchases of which it is not known how they ended and that have changed since a time, and when they have.
    pub(crate) async fn pending(&self, since: i64) -> Result<Vec<(PurchaseId, i64)>, sqlx::Error> {
        with_timeout(STATEMENT_TIMEOUT, queries::pending(&self.readers().await?, since)).await
    }

    /// Counts the purchases whose end is not known, by their state.
    pub(crate) async fn open_purchases(&self) -> Result<[(&'static str, i64); 2], sqlx::Error> {
        let counted = self.count_open().await;
        if counted.is_err() {
            // A ledger that cannot be read is tested anew.
            self.writable.last_write.store(false, Ordering::Relaxed);
        }
        counted
    }

    async fn count_open(&self) -> Result<[(&'static str, i64); 2], sqlx::Error> {
        let pool = self.readers().await?;
        let count = async |state: PurchaseState| {
            let count = with_timeout(STATEMENT_TIMEOUT, queries::count(&pool, state)).await?;
            Ok::<_, sqlx::Error>((state.as_str(), count))
        };
        Ok([count(PurchaseState::Pending).await?, count(PurchaseState::Unknown).await?])
    }

    /// Milliseconds from purchase to READY, of at most so many of the last purchases of which that is known.
    pub(crate) async fn times_to_ready(&self, limit: i64) -> Result<Vec<i64>, sqlx::Error> {
        with_timeout(STATEMENT_TIMEOUT, queries::times_to_ready(&self.readers().await?, limit))
            .await
    }

    /// The next purchases, the newest first, and where they end.
    pub(crate) async fn page(
        &self,
        filter: PurchaseFilter<'_>,
        after: &PageCursor,
        size: u32,
    ) -> Result<(Vec<Result<LedgerEntry, UnreadableRow>>, Option<PageCursor>), sqlx::Error> {
        with_timeout(STATEMENT_TIMEOUT, queries::page(&self.readers().await?, filter, after, size))
            .await
    }

    /// The newest purchases first, of one state or of all.
    pub async fn list(
        &self,
        state: Option<PurchaseState>,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, sqlx::Error> {
        let filter = state.map_or(PurchaseFilter::All, PurchaseFilter::State);
        let (entries, _) = self.page(filter, &PageCursor::start(), limit).await?;
        entries.into_iter().map(|entry| entry.map_err(|unreadable| unreadable.why)).collect()
    }

    /// The time by which purchases age, in Unix milliseconds: of the server where several proxies share one.
    pub(crate) async fn now(&self) -> Result<i64, sqlx::Error> {
        match self.address.file() {
            Some(_) => Ok(clock::now()),
            None => {
                with_timeout(STATEMENT_TIMEOUT, queries::server_now(&self.readers().await?)).await
            }
        }
    }

    async fn readers(&self) -> Result<AnyPool, sqlx::Error> {
        if let Some(pool) = self.reader_pool.readers() {
            return Ok(pool);
        }
        // The writer finds out whether the right file is in place again.
        let _ = self.probe().await;
        self.reader_pool.readers().ok_or_else(replaced)
    }

    async fn count(&self, change: Change) -> Result<u64, LedgerWriteError> {
        match self.write(change).await? {
            ChangeResult::Count(count) => Ok(count),
            _ => Err(LedgerWriteError),
        }
    }

    async fn write(&self, change: Change) -> Result<ChangeResult, LedgerWriteError> {
        let (done, written) = oneshot::channel();
        self.writer.send(Job { change, done }).await.map_err(|_| LedgerWriteError)?;
        let written = written.await.unwrap_or(Err(LedgerWriteError));
        self.writable.last_write.store(written.is_ok(), Ordering::Relaxed);
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_where_its_address_says() {
        let folder = std::env::temp_dir().join(format!("havenask-ledger-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // The last one is how SQLAlchemy writes a path from the root.
        for (name, scheme) in [("a", "sqlite:"), ("b?#%", "sqlite://"), ("c", "sqlite:///")] {
            let file = folder.join(name);
            let address = LedgerAddress::from(format!("{scheme}{}", file.display()));
            let (ledger, task) = Ledger::open(&address).await.unwrap();
            drop(ledger);
            task.await.unwrap();
            assert!(file.exists(), "{address}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
