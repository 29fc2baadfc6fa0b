//! The connection that writes, and the counter by which a process knows its ledger again.
//!
//! A connection whose transaction failed is not used again: `SQLite` may have rolled back by itself, or not at all. And a ledger
//! that lacks what this process has written last is another one, however it got there: a key that it does not know may have
//! bought.

use std::io;

use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use super::{
    address::{LedgerAddress, Open},
    change::{Change, ChangeResult},
    connect::{ACQUIRE_TIMEOUT, STATEMENT_TIMEOUT, connect, is_sqlite, with_timeout},
    error::OpenError,
    file::FileId,
    queries::SERVER_NOW,
    schema, statements,
};
use crate::clock;

/// Milliseconds after which the mark of a process is taken for left over.
const WITNESS_MAX_AGE: i64 = 30 * 24 * 3_600_000;

/// The count of this process's writes to its ledger.
#[derive(Debug)]
pub(super) struct Witness {
    id: String,
    /// The number of the last transaction that is known to be written; 0 before the first.
    written: i64,
    /// The number of the last transaction whose end was asked for.
    attempted: i64,
    /// True if the last write was looked for in vain.
    is_missed: bool,
}

impl Witness {
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let id = clock::signing_context()?.nonce;
        Ok(Self { id, written: 0, attempted: 0, is_missed: false })
    }

    /// The name of the process.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Returns whether this process has written anything.
    pub(super) const fn is_known(&self) -> bool {
        self.written > 0
    }

    /// Returns whether the ledger was found to lack what this process has written.
    pub(super) const fn is_missed(&self) -> bool {
        self.is_missed
    }

    /// Returns true if it is not known how the last transaction ended.
    pub(super) const fn is_in_doubt(&self) -> bool {
        self.attempted > self.written
    }
}

/// An open connection that writes, and the files behind it where it is of `SQLite`.
#[derive(Debug)]
pub(super) struct WriteSession {
    connection: AnyConnection,
    database: Option<FileId>,
    log: Option<FileId>,
}

impl WriteSession {
    /// Opens a connection to a ledger that is there.
    pub(super) async fn open(address: &LedgerAddress) -> Result<Self, OpenError> {
        let database = Self::database(address)?;
        let connection = connect(address, Open::Existing).await?;
        Ok(Self { connection, database, log: None })
    }

    fn database(address: &LedgerAddress) -> Result<Option<FileId>, sqlx::Error> {
        Ok(address.file().map(FileId::at).transpose()?)
    }

    /// The file that is open.
    pub(super) const fn file(&self) -> Option<FileId> {
        self.database
    }

    /// The file with what was written last, where one is known.
    pub(super) const fn log(&self) -> Option<FileId> {
        self.log
    }

    /// Tests that the open file is the one at the path.
    pub(super) fn is_in_place(&self, address: &LedgerAddress) -> bool {
        let Some(path) = address.file() else { return true };
        let is_same_log = self.log.is_none() || self.log == FileId::of_log(path);
        FileId::at(path).ok() == self.database && is_same_log
    }

    /// Makes all of these changes or none. After an error the session must be closed.
    pub(super) async fn write(
        &mut self,
        address: &LedgerAddress,
        witness: &mut Witness,
        changes: &[&Change],
    ) -> Result<Vec<ChangeResult>, sqlx::Error> {
        let written = with_timeout(STATEMENT_TIMEOUT, self.transact(witness, changes)).await?;
        if self.log.is_none() {
            self.log = address.file().and_then(FileId::of_log);
        }
        Ok(written)
    }

    async fn transact(
        &mut self,
        witness: &mut Witness,
        changes: &[&Change],
    ) -> Result<Vec<ChangeResult>, sqlx::Error> {
        let begin = schema::begin(&self.connection);
        let mut transaction = self.connection.begin_with(begin).await?;
        if changes.iter().any(|change| change.depends_on_others()) {
            schema::lock_writers(&mut transaction).await?;
        }
        let number = witness.attempted + 1;
        let now = record_write(&mut transaction, witness, number).await?;
        let written = statements::apply(&mut transaction, changes, now).await?;
        witness.attempted = number;
        transaction.commit().await?;
        witness.written = number;
        Ok(written)
    }

    /// Takes the mark of this process away.
    pub(super) async fn forget(&mut self, witness: &Witness) {
        let forget = sqlx::query("DELETE FROM havenask_witnesses WHERE id = $1").bind(&witness.id);
        if let Err(error) =
            with_timeout(ACQUIRE_TIMEOUT, forget.execute(&mut self.connection)).await
        {
            tracing::debug!(%error, "the mark of this process stays in the ledger");
        }
    }

    /// Ends the connection, and with it whatever transaction is left open.
    pub(super) async fn close(self) {
        let _ = with_timeout(ACQUIRE_TIMEOUT, self.connection.close()).await;
    }
}

/// Writes the mark of this process, which must be the one that it has written last; returns the time, of the server where there
/// is one.
async fn record_write(
    connection: &mut AnyConnection,
    witness: &mut Witness,
    number: i64,
) -> Result<i64, sqlx::Error> {
    // A parameter must be there, whether it is needed or not.
    let (now, local) = if is_sqlite(connection) { ("$3", clock::now()) } else { (SERVER_NOW, 0) };
    let first = format!(
        "INSERT INTO havenask_witnesses (id, sequence, at) VALUES ($1, $2, {now} + 0 * $3) \
         ON CONFLICT (id) DO UPDATE SET sequence = $2 RETURNING at"
    );
    let next = format!(
        "UPDATE havenask_witnesses SET sequence = $2, at = {now} + 0 * $3 \
         WHERE id = $1 AND sequence >= $4 RETURNING at"
    );
    if witness.is_known() {
        let next = sqlx::query_scalar(AssertSqlSafe(next)).bind(&witness.id).bind(number);
        let next = next.bind(local).bind(witness.written).fetch_optional(connection).await?;
        witness.is_missed = next.is_none();
        return next.ok_or_else(replaced);
    }
    let first = sqlx::query_scalar(AssertSqlSafe(first)).bind(&witness.id).bind(number);
    let now: i64 = first.bind(local).fetch_one(&mut *connection).await?;
    let old =
        sqlx::query("DELETE FROM havenask_witnesses WHERE at < $1").bind(now - WITNESS_MAX_AGE);
    old.execute(connection).await?;
    Ok(now)
}

/// The error of a ledger that lacks what this process has written.
pub(super) fn replaced() -> sqlx::Error {
    sqlx::Error::Io(io::Error::other(
        "it is not the ledger that this proxy has written, or an older copy: keys that it lacks may have bought. Put the right \
         one back; after a restore start the proxy anew",
    ))
}
