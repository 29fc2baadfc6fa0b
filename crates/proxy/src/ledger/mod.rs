//! The ledger: every purchase is written down, durably, before its first byte leaves, and how it ended when that is known.
//! Whatever happens in between, a key that is in it is never sent again.
//!
//! It is a table of SQL: in a `SQLite` file, or in PostgreSQL when several proxies share it. sqlx speaks to both.

mod address;
mod record;
mod rehearsal;
mod schema;
mod statements;
mod writer;

use std::{fmt, time::Duration};

use sqlx::{AnyConnection, AnyPool, Executor, any::AnyPoolOptions};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use self::writer::Job;
pub use self::{
    address::Address,
    record::{Entry, State},
};
pub(crate) use self::{
    record::{Conditions, Outcome, Purchase},
    rehearsal::{Rehearsed, rehearse},
};
use crate::stamp;

/// Where the ledger is unless it is said.
pub(crate) const DEFAULT: &str = "sqlite:havenask-ledger.db";
/// What says it in the environment.
pub(crate) const VARIABLE: &str = "HAVENASK_PROXY_LEDGER";
/// Records that wait for the writer; more wait for a place.
const QUEUE: usize = 4096;
/// How long to wait for a connection to the database.
const ACQUIRE: Duration = Duration::from_secs(5);
/// Connections to the database: one writes, the others read.
const CONNECTIONS: u32 = 4;

/// An open ledger; its clones are the same one.
#[derive(Clone, Debug)]
pub struct Ledger {
    pool: AnyPool,
    writer: mpsc::Sender<Job>,
}

/// What the ledger says to a purchase that is to be made.
#[derive(Debug)]
pub(crate) enum Begun {
    /// It is written down. Send it.
    New,
    /// An earlier attempt of the key may try again. Send it when no instance has its tag.
    Again,
    /// The key is known. Send nothing.
    Known(Box<Entry>),
    /// More was bought in the last hour than may be. Nothing is written down; send nothing.
    TooMany,
    /// The same content was bought not long ago. Nothing is written down; send nothing.
    Repeated(Box<Entry>),
}

/// A record could not be made durable; the log says why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotWritten;

/// Why a ledger cannot be used.
#[derive(Debug)]
pub enum OpenError {
    /// It is neither `sqlite:PATH` nor `postgres://…`.
    Address,
    /// A newer proxy has written it.
    Newer {
        /// Its version.
        found: i64,
        /// The newest version that is known.
        known: usize,
    },
    /// The database refuses.
    Database(sqlx::Error),
}

impl Ledger {
    /// Opens a ledger, makes it where there is none, and starts the task that writes it. The task ends when the ledger is
    /// dropped and everything is written.
    pub async fn open(address: &Address) -> Result<(Self, JoinHandle<()>), OpenError> {
        let pool = connect(address).await?;
        schema::migrate(&pool).await?;
        let (writer, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(writer::run(pool.clone(), jobs));
        Ok((Self { pool, writer }, task))
    }

    /// Writes a purchase down, unless its key is known, or its conditions do not hold.
    pub(crate) async fn begin(
        &self,
        purchase: Purchase,
        conditions: Conditions,
    ) -> Result<Begun, NotWritten> {
        let (done, begun) = oneshot::channel();
        let job = Job::Begin { purchase, conditions, now: stamp::now(), done };
        self.writer.send(job).await.map_err(|_| NotWritten)?;
        begun.await.unwrap_or(Err(NotWritten))
    }

    /// Writes down how a purchase ended. What is settled already stays.
    pub(crate) async fn close(&self, key: &str, outcome: Outcome) -> Result<(), NotWritten> {
        let (done, closed) = oneshot::channel();
        let job = Job::Close { key: key.to_owned(), outcome, now: stamp::now(), done };
        self.writer.send(job).await.map_err(|_| NotWritten)?;
        closed.await.unwrap_or(Err(NotWritten))
    }

    /// The purchase of a key.
    pub async fn find(&self, key: &str) -> Result<Option<Entry>, sqlx::Error> {
        statements::find(&self.pool, key).await
    }

    /// Purchases of which it is not known how they ended, the oldest first.
    pub(crate) async fn pending(&self) -> Result<Vec<Entry>, sqlx::Error> {
        statements::pending(&self.pool).await
    }

    /// How many purchases there are whose end is not known, by their state.
    pub(crate) async fn open_purchases(&self) -> Result<[(&'static str, i64); 2], sqlx::Error> {
        let count = async |state: State| {
            let count = statements::count(&self.pool, state).await?;
            Ok::<_, sqlx::Error>((state.as_str(), count))
        };
        Ok([count(State::Pending).await?, count(State::Unknown).await?])
    }

    /// The newest purchases first, of one state or of all.
    pub async fn list(&self, state: Option<State>, limit: u32) -> Result<Vec<Entry>, sqlx::Error> {
        statements::list(&self.pool, state, limit.into()).await
    }

    /// Settles an unknown purchase by hand. Whether there was one of this key.
    pub(crate) async fn settle(
        &self,
        key: &str,
        outcome: &Outcome,
        by: &str,
    ) -> Result<bool, sqlx::Error> {
        statements::settle(&self.pool, key, outcome, by, stamp::now()).await
    }
}

async fn connect(address: &Address) -> Result<AnyPool, OpenError> {
    let options = AnyPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(ACQUIRE);
    let options = options.after_connect(|connection, _| Box::pin(prepare(connection)));
    Ok(options.connect(&location(address, "rwc")?).await?)
}

/// The address as sqlx takes it, and how a file is opened: `rwc` makes one where there is none, `rw` does not.
fn location(address: &Address, mode: &str) -> Result<String, OpenError> {
    sqlx::any::install_default_drivers();
    let whole = address.whole();
    match address.file() {
        Some(path) => Ok(format!("sqlite://{}?mode={mode}", escaped(&path.to_string_lossy()))),
        None if whole.starts_with("postgres://") || whole.starts_with("postgresql://") => {
            Ok(whole.to_owned())
        }
        None => Err(OpenError::Address),
    }
}

/// What of a path would be read as the rest of an address.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

/// A record is on the disk when its transaction ends. `SQLite` needs to be told; PostgreSQL does so unless it is told not to.
/// Nobody waits without end for what another proxy writes.
async fn prepare(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    const SQLITE: [&str; 3] =
        ["PRAGMA busy_timeout = 5000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"];
    const POSTGRES: [&str; 3] = [
        "SET synchronous_commit = on",
        "SET lock_timeout = 5000",
        // What a proxy holds that is not reached any more.
        "SET idle_in_transaction_session_timeout = 10000",
    ];
    let settings: &[&str] = if schema::is_sqlite(connection) { &SQLITE } else { &POSTGRES };
    for setting in settings {
        connection.execute(*setting).await?;
    }
    Ok(())
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => {
                formatter.write_str("--ledger: write sqlite:PATH or postgres://USER@HOST/DATABASE.")
            }
            Self::Newer { found, known } => write!(
                formatter,
                "the ledger has version {found}, and this proxy knows up to {known}. Use the newer proxy that wrote it."
            ),
            Self::Database(error) => write!(
                formatter,
                "cannot open the ledger: {error}. See whether its folder exists and may be written, or whether its server runs."
            ),
        }
    }
}

impl std::error::Error for OpenError {}

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
