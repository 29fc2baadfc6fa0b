//! An open ledger: what its users ask, and the task that writes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use havenask_core::Endpoint;
use sqlx::{AnyPool, Connection};
use tokio::{
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
    time::Instant,
};

use super::{
    address::{Address, Open},
    binding,
    change::{Begin, Begun, Change, Closed, Id, Written},
    connect::{STATEMENT, connect, in_time},
    error::{NotWritten, OpenError},
    queries::{self, Place},
    record::{Conditions, Entry, Outcome, Purchase, PurchaseState, Unreadable, printable},
    schema,
    session::{Session, Witness, replaced},
    shared::Shared,
    statements::PRUNED_AT_ONCE,
    store::Store,
    writer::{self, Job},
};
use crate::stamp;

/// Records that wait for the writer; more wait for a place.
const QUEUE: usize = 4096;

/// The time for which a test of the ledger counts.
const TESTED: Duration = Duration::from_secs(1);

/// An open ledger; its clones are the same one.
#[derive(Clone, Debug)]
pub struct Ledger {
    address: Address,
    shared: Arc<Shared>,
    writer: mpsc::Sender<Job>,
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
    pub async fn open(address: &Address) -> Result<(Self, JoinHandle<()>), OpenError> {
        let mut first = connect(address, Open::Create).await?;
        schema::migrate(&mut first).await?;
        let session = Session::open(address).await?;
        first.close().await?;
        let random = |error| sqlx::Error::Configuration(format!("no randomness: {error}").into());
        let witness = Witness::new().map_err(random)?;
        let process = Arc::new((witness.id().to_owned(), AtomicU64::default()));
        let shared = Arc::new(Shared::new(address.clone(), session.file())?);
        let store = Store::new(address.clone(), Arc::clone(&shared), witness, session);
        let (writer, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(writer::run(store, jobs));
        let (is_foreign, writable) = (Arc::default(), Arc::default());
        let address = address.clone();
        Ok((Self { address, shared, writer, process, is_foreign, writable }, task))
    }

    /// Binds the ledger to an endpoint, unless it is bound to another.
    pub(crate) async fn bind(&self, endpoint: &Endpoint) -> Result<(), OpenError> {
        let mut connection = connect(&self.address, Open::Existing).await?;
        let begin = schema::begin(&connection);
        let mut transaction = connection.begin_with(begin).await?;
        schema::take_turn(&mut transaction).await?;
        binding::bind(&mut transaction, endpoint).await?;
        transaction.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// Binds the ledger to an account, unless it is bound to another: then it takes no more purchases of this process.
    pub(crate) async fn bind_account(&self, account: &str) -> Result<(), OpenError> {
        let mut connection = connect(&self.address, Open::Existing).await?;
        let begin = schema::begin(&connection);
        let mut transaction = connection.begin_with(begin).await?;
        schema::take_turn(&mut transaction).await?;
        let bound = binding::bind_account(&mut transaction, account).await;
        let is_foreign = matches!(bound, Err(OpenError::OtherAccount { .. }));
        self.is_foreign.store(is_foreign, Ordering::Relaxed);
        bound?;
        transaction.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// Writes a purchase down, unless its key is known, or its conditions do not hold.
    pub(crate) async fn begin(
        &self,
        purchase: Purchase,
        conditions: Conditions,
        tag_is_signed: bool,
    ) -> Result<Begun, NotWritten> {
        if self.is_foreign.load(Ordering::Relaxed) {
            return Err(NotWritten);
        }
        let (process, begun) = &*self.process;
        let attempt = format!("{process}-{}", begun.fetch_add(1, Ordering::Relaxed));
        match self
            .write(Change::Begin(Begin { purchase, conditions, tag_is_signed, attempt }))
            .await?
        {
            Written::Begun(begun) => Ok(begun),
            _ => Err(NotWritten),
        }
    }

    /// Writes down how a purchase ended. What is settled already stays.
    pub(crate) async fn close(
        &self,
        id: &Id,
        attempt: &str,
        outcome: Outcome,
    ) -> Result<Closed, NotWritten> {
        let request_id = printable(outcome.request_id);
        let outcome = Outcome { request_id, ..outcome };
        match self
            .write(Change::Close { id: id.clone(), attempt: attempt.to_owned(), outcome })
            .await?
        {
            Written::Closed(closed) => Ok(closed),
            _ => Err(NotWritten),
        }
    }

    /// Settles an unknown purchase by hand. Whether there was one of this id.
    pub(crate) async fn settle(
        &self,
        id: Id,
        outcome: Outcome,
        by: String,
    ) -> Result<bool, NotWritten> {
        Ok(self.count(Change::Settle { id, outcome, by }).await? == 1)
    }

    /// Takes over a purchase of another ledger. Whether its key was not known.
    pub(crate) async fn import(&self, entry: Entry) -> Result<bool, NotWritten> {
        Ok(self.count(Change::Import(Box::new(entry))).await? == 1)
    }

    /// Forgets what was settled before a time, in Unix milliseconds; how many purchases that were.
    pub(crate) async fn prune(&self, before: i64) -> Result<u64, NotWritten> {
        let mut all = 0;
        loop {
            let pruned = self.count(Change::Prune { before }).await?;
            all += pruned;
            if pruned < PRUNED_AT_ONCE {
                return Ok(all);
            }
        }
    }

    /// Tells whether a purchase can be written down. That is tested once a second at most, unless a write has ended otherwise
    /// since then: strangers may ask where the operator's addresses are open to them.
    pub(crate) async fn is_writable(&self) -> bool {
        let mut last = self.writable.last_test.lock().await;
        if let Some((at, is_writable)) = *last
            && !self.is_foreign.load(Ordering::Relaxed)
            && at.elapsed() < TESTED
            && is_writable == self.writable.last_write.load(Ordering::Relaxed)
        {
            return is_writable;
        }
        let is_writable = self.probe().await.is_ok();
        *last = Some((Instant::now(), is_writable));
        is_writable
    }

    /// Tests that a purchase could be written down: it is, and taken away again.
    pub(crate) async fn probe(&self) -> Result<(), NotWritten> {
        if self.is_foreign.load(Ordering::Relaxed) {
            return Err(NotWritten);
        }
        self.count(Change::Probe).await.map(|_| ())
    }

    /// The newest purchase of a key.
    pub async fn find(&self, key: &str) -> Result<Option<Entry>, sqlx::Error> {
        Ok(self.of_key(key).await?.into_iter().next())
    }

    /// The purchases of a key, whoever made them, the newest first.
    pub(crate) async fn of_key(&self, key: &str) -> Result<Vec<Entry>, sqlx::Error> {
        in_time(STATEMENT, queries::of_key(&self.readers().await?, key)).await
    }

    /// The purchase of an id.
    pub(crate) async fn find_own(&self, id: &Id) -> Result<Option<Entry>, sqlx::Error> {
        in_time(STATEMENT, queries::find(&self.readers().await?, id)).await
    }

    /// Purchases of which it is not known how they ended and that have changed since a time, and when they have.
    pub(crate) async fn pending(&self, since: i64) -> Result<Vec<(Id, i64)>, sqlx::Error> {
        in_time(STATEMENT, queries::pending(&self.readers().await?, since)).await
    }

    /// Counts the purchases whose end is not known, by their state.
    pub(crate) async fn open_purchases(&self) -> Result<[(&'static str, i64); 2], sqlx::Error> {
        let counted = self.count_open().await;
        if counted.is_err() {
            // What cannot be read is tested anew.
            self.writable.last_write.store(false, Ordering::Relaxed);
        }
        counted
    }

    async fn count_open(&self) -> Result<[(&'static str, i64); 2], sqlx::Error> {
        let pool = self.readers().await?;
        let count = async |state: PurchaseState| {
            let count = in_time(STATEMENT, queries::count(&pool, state)).await?;
            Ok::<_, sqlx::Error>((state.as_str(), count))
        };
        Ok([count(PurchaseState::Pending).await?, count(PurchaseState::Unknown).await?])
    }

    /// The next purchases, the newest first, of one state or of all, and where they end.
    pub(crate) async fn page(
        &self,
        state: Option<PurchaseState>,
        after: &Place,
        size: u32,
    ) -> Result<(Vec<Result<Entry, Unreadable>>, Option<Place>), sqlx::Error> {
        in_time(STATEMENT, queries::page(&self.readers().await?, state, after, size)).await
    }

    /// The newest purchases first, of one state or of all.
    pub async fn list(
        &self,
        state: Option<PurchaseState>,
        limit: u32,
    ) -> Result<Vec<Entry>, sqlx::Error> {
        let (entries, _) = self.page(state, &Place::start(), limit).await?;
        entries.into_iter().map(|entry| entry.map_err(|unreadable| unreadable.why)).collect()
    }

    /// The time by which purchases age, in Unix milliseconds: of the server where several proxies share one.
    pub(crate) async fn now(&self) -> Result<i64, sqlx::Error> {
        match self.address.file() {
            Some(_) => Ok(stamp::now()),
            None => in_time(STATEMENT, queries::server_now(&self.readers().await?)).await,
        }
    }

    async fn readers(&self) -> Result<AnyPool, sqlx::Error> {
        if let Some(pool) = self.shared.readers() {
            return Ok(pool);
        }
        // The writer finds out whether the right file is in place again.
        let _ = self.probe().await;
        self.shared.readers().ok_or_else(replaced)
    }

    async fn count(&self, change: Change) -> Result<u64, NotWritten> {
        match self.write(change).await? {
            Written::Count(count) => Ok(count),
            _ => Err(NotWritten),
        }
    }

    async fn write(&self, change: Change) -> Result<Written, NotWritten> {
        let (done, written) = oneshot::channel();
        self.writer.send(Job { change, done }).await.map_err(|_| NotWritten)?;
        let written = written.await.unwrap_or(Err(NotWritten));
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
            let address = Address::from(format!("{scheme}{}", file.display()));
            let (ledger, task) = Ledger::open(&address).await.unwrap();
            drop(ledger);
            task.await.unwrap();
            assert!(file.exists(), "{address}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
