//! The store behind the proxies: it fills up, refuses writes, is locked, deleted, replaced, read-only, or crashes, and is well
//! again a moment later.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    fs::{FallocateFlags, fallocate, statvfs},
    process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::Result;

/// A fault of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreFault {
    DiskFull,
    /// Every write of a proxy to a file fails.
    WritesFail,
    Locked,
    Deleted,
    /// An older copy is in its place.
    Replaced,
    ReadOnly,
    Crashed,
}

impl StoreFault {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::DiskFull => "disk full",
            Self::WritesFail => "writes fail",
            Self::Locked => "locked",
            Self::Deleted => "deleted",
            Self::Replaced => "replaced",
            Self::ReadOnly => "read-only",
            Self::Crashed => "crashed",
        }
    }
}

/// The way back from a fault.
pub(crate) enum Remedy {
    Remove(PathBuf),
    AllowWrites(Vec<Pid>),
    Unlock(AnyConnection),
    PutBack,
    Execute(&'static str),
    Wait,
}

impl Remedy {
    /// The file that fills the disk.
    pub(crate) fn filler(&self) -> Option<PathBuf> {
        match self {
            Self::Remove(filler) => Some(filler.clone()),
            _ => None,
        }
    }
}

/// Seconds after which a purchase must have an end: longer than it is looked for.
const SETTLED: u32 = 60;

/// The store of the proxies.
pub(crate) struct Store {
    ledger: String,
    /// The file of a `SQLite` ledger.
    file: Option<PathBuf>,
    has_own_disk: bool,
}

/// Another database, with the tables of this one and none of their rows. Nobody is in the middle of a transaction meanwhile.
const REPLACE: &str = "BEGIN;
    LOCK TABLE havenask_witnesses, purchases IN ACCESS EXCLUSIVE MODE;
    ALTER SCHEMA public RENAME TO away;
    CREATE SCHEMA public;
    CREATE TABLE public.havenask_ledger AS TABLE away.havenask_ledger;
    CREATE TABLE public.havenask_endpoints (LIKE away.havenask_endpoints INCLUDING ALL);
    INSERT INTO public.havenask_endpoints SELECT * FROM away.havenask_endpoints;
    CREATE TABLE public.havenask_accounts (LIKE away.havenask_accounts INCLUDING ALL);
    INSERT INTO public.havenask_accounts SELECT * FROM away.havenask_accounts;
    CREATE TABLE public.havenask_witnesses (LIKE away.havenask_witnesses INCLUDING ALL);
    CREATE TABLE public.purchases (LIKE away.purchases INCLUDING ALL);
    COMMIT";
const PUT_BACK: &str = "BEGIN;
    LOCK TABLE havenask_witnesses, purchases IN ACCESS EXCLUSIVE MODE;
    DROP SCHEMA public CASCADE;
    ALTER SCHEMA away RENAME TO public;
    COMMIT";

impl Store {
    /// Opens a store that the proxies have made.
    pub(crate) async fn open(ledger: &str, has_own_disk: bool) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let file = ledger.strip_prefix("sqlite:").map(PathBuf::from);
        let store = Self { ledger: ledger.to_owned(), file, has_own_disk };
        if let Some(file) = &store.file {
            let copy = format!("VACUUM INTO '{}'", beside(file, "older").display());
            let mut connection = store.connect().await?;
            sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok(store)
    }

    /// The faults that it can have.
    pub(crate) fn faults(&self) -> Vec<StoreFault> {
        use StoreFault::{Crashed, Deleted, DiskFull, Locked, ReadOnly, Replaced, WritesFail};
        match (&self.file, self.has_own_disk) {
            (None, _) => vec![Crashed, ReadOnly, Replaced, Locked],
            (Some(_), true) => vec![DiskFull, WritesFail, Deleted, Replaced, Locked],
            (Some(_), false) => vec![WritesFail, Deleted, Replaced, Locked],
        }
    }

    /// Makes a fault happen to these proxies.
    pub(crate) async fn inject(&self, fault: StoreFault, proxies: Vec<Pid>) -> Result<Remedy> {
        match (fault, &self.file) {
            (StoreFault::DiskFull, Some(file)) => {
                let filler = beside(file, "filler");
                fill(&filler)?;
                Ok(Remedy::Remove(filler))
            }
            (StoreFault::WritesFail, Some(_)) => {
                proxies.iter().try_for_each(|proxy| limit_files(*proxy, Some(0)))?;
                Ok(Remedy::AllowWrites(proxies))
            }
            (StoreFault::Deleted, Some(file)) => {
                fs::rename(file, beside(file, "away"))?;
                Ok(Remedy::PutBack)
            }
            (StoreFault::Replaced, Some(file)) => {
                fs::rename(file, beside(file, "away"))?;
                fs::copy(beside(file, "older"), file)?;
                Ok(Remedy::PutBack)
            }
            (StoreFault::Locked, file) => {
                let mut connection = self.connect().await?;
                let lock = match file {
                    Some(_) => "BEGIN IMMEDIATE",
                    None => "BEGIN; LOCK TABLE purchases IN EXCLUSIVE MODE",
                };
                sqlx::raw_sql(lock).execute(&mut connection).await?;
                Ok(Remedy::Unlock(connection))
            }
            (StoreFault::Replaced, None) => {
                self.execute(REPLACE).await?;
                Ok(Remedy::Execute(PUT_BACK))
            }
            (StoreFault::ReadOnly, _) => {
                self.execute("ALTER SYSTEM SET default_transaction_read_only = on").await?;
                self.execute("SELECT pg_reload_conf()").await?;
                Ok(Remedy::Execute("ALTER SYSTEM RESET default_transaction_read_only"))
            }
            (StoreFault::Crashed, _) => {
                self.crash().await?;
                Ok(Remedy::Wait)
            }
            (fault, _) => Err(format!("this store cannot be {}", fault.name()).into()),
        }
    }

    /// Ends a fault.
    pub(crate) async fn mend(&self, remedy: Remedy) -> Result<()> {
        match (remedy, &self.file) {
            (Remedy::Remove(filler), _) => fs::remove_file(filler)?,
            (Remedy::AllowWrites(proxies), _) => {
                proxies.iter().try_for_each(|proxy| limit_files(*proxy, None))?;
            }
            (Remedy::Unlock(mut connection), _) => {
                sqlx::raw_sql("ROLLBACK").execute(&mut connection).await?;
                connection.close().await?;
            }
            (Remedy::PutBack, Some(file)) => fs::rename(beside(file, "away"), file)?,
            (Remedy::Execute(statement), _) => {
                self.execute(statement).await?;
                self.execute("SELECT pg_reload_conf()").await?;
            }
            (Remedy::Wait | Remedy::PutBack, _) => self.connect().await?.close().await?,
        }
        Ok(())
    }

    /// Waits until the end of all purchases is written down, and returns how many are left open when that takes too long.
    pub(crate) async fn settled(&self) -> Result<usize> {
        const PAUSE: Duration = Duration::from_secs(1);
        for _ in 0..SETTLED {
            if self.pending().await? == 0 {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        self.pending().await
    }

    /// Counts the purchases whose end is not written down.
    async fn pending(&self) -> Result<usize> {
        const PENDING: &str = "SELECT count(*) FROM purchases WHERE state = 'pending'";
        let mut connection = self.connect().await?;
        let pending: i64 = sqlx::query_scalar(PENDING).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(usize::try_from(pending)?)
    }

    /// The keys that may have bought, and the price of each in hundredths.
    pub(crate) async fn prices(&self) -> Result<Vec<(String, Option<i64>)>> {
        const PRICES: &str = "SELECT key, price FROM purchases WHERE state <> 'failed'";
        let mut connection = self.connect().await?;
        let prices = sqlx::query_as(PRICES).fetch_all(&mut connection).await?;
        connection.close().await?;
        Ok(prices)
    }

    /// Kills a process of the server, which ends all the others, and recovers.
    async fn crash(&self) -> Result<()> {
        const OTHER: &str = "SELECT CAST(pid AS BIGINT) FROM pg_stat_activity \
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1";
        let mut connection = self.connect().await?;
        let other: i64 = sqlx::query_scalar(OTHER).fetch_one(&mut connection).await?;
        let other = Pid::from_raw(i32::try_from(other)?).ok_or("no process has this number")?;
        kill_process(other, Signal::KILL)?;
        // This connection goes too, and shows that the crash has begun.
        while sqlx::query("SELECT 1").execute(&mut connection).await.is_ok() {}
        Ok(())
    }

    async fn execute(&self, statement: &'static str) -> Result<()> {
        let mut connection = self.connect().await?;
        sqlx::raw_sql(statement).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// Connects as soon as the server takes connections.
    async fn connect(&self) -> Result<AnyConnection> {
        const PAUSE: Duration = Duration::from_millis(50);
        const ATTEMPTS: u32 = 600;
        for _ in 0..ATTEMPTS {
            if let Ok(connection) = AnyConnection::connect(&self.ledger).await {
                return Ok(connection);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(AnyConnection::connect(&self.ledger).await?)
    }
}

fn beside(file: &Path, name: &str) -> PathBuf {
    let mut beside = file.as_os_str().to_owned();
    beside.push("-");
    beside.push(name);
    beside.into()
}

/// Takes all the room of the disk.
pub(crate) fn fill(filler: &Path) -> Result<()> {
    let file = fs::OpenOptions::new().append(true).create(true).open(filler)?;
    loop {
        let disk = statvfs(filler)?;
        let (free, length) = (disk.f_bavail * disk.f_frsize, file.metadata()?.len());
        if free == 0 {
            return Ok(());
        }
        // Somebody else may have taken a part of it meanwhile.
        if fallocate(&file, FallocateFlags::empty(), length, free).is_err() {
            fallocate(&file, FallocateFlags::empty(), length, disk.f_frsize).or_else(|error| {
                if error == rustix::io::Errno::NOSPC { Ok(()) } else { Err(error) }
            })?;
        }
    }
}

/// Limits the files that a process writes to so many bytes.
fn limit_files(process: Pid, bytes: Option<u64>) -> Result<()> {
    prlimit(Some(process), Resource::Fsize, Rlimit { current: bytes, maximum: None })?;
    Ok(())
}
