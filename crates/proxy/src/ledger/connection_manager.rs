//! The connection manager of the writer: a session is opened when it is needed, closed after any failure, and opened again.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::Instant;

use super::{
    address::LedgerAddress,
    change::{Change, ChangeResult},
    connect::ACQUIRE_TIMEOUT,
    error::OpenError,
    file::FileId,
    reader_pool::ReaderPool,
    write_session::{Witness, WriteSession, replaced},
};

/// The pause before another attempt to connect.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection manager.
#[derive(Debug)]
pub(super) struct ConnectionManager {
    address: LedgerAddress,
    reader_pool: Arc<ReaderPool>,
    witness: Witness,
    session: Option<WriteSession>,
    /// The file that was written last, and the one beside it with what was written last.
    file: Option<FileId>,
    log: Option<FileId>,
    /// The file that was not the ledger of this process; it is not opened again until it is written.
    rejected: Option<(FileId, SystemTime)>,
    /// True if the last connection could not be made: the next is not waited for.
    is_down: bool,
}

impl ConnectionManager {
    pub(super) fn new(
        address: LedgerAddress,
        reader_pool: Arc<ReaderPool>,
        witness: Witness,
        session: WriteSession,
    ) -> Self {
        let file = session.file();
        Self {
            address,
            reader_pool,
            witness,
            session: Some(session),
            file,
            log: None,
            rejected: None,
            is_down: false,
        }
    }

    /// Returns whether another attempt may help now.
    pub(super) const fn is_down(&self) -> bool {
        self.is_down
    }

    /// Makes all of these changes or none. After an error it is [`Self::is_in_doubt`] whether they were made.
    pub(super) async fn write(
        &mut self,
        changes: &[&Change],
    ) -> Result<Vec<ChangeResult>, sqlx::Error> {
        let mut session = match self.session().await {
            Ok(session) => session,
            Err(OpenError::Database(error)) => return Err(error),
            Err(error) => return Err(sqlx::Error::Configuration(error.into())),
        };
        match session.write(&self.address, &mut self.witness, changes).await {
            Ok(written) => {
                (self.file, self.log) = (session.file(), session.log());
                self.reader_pool.found(self.file);
                self.session = Some(session);
                Ok(written)
            }
            Err(error) => {
                let is_missed = self.witness.is_missed();
                session.close().await;
                if is_missed {
                    self.reader_pool.lost();
                    let path = self.address.file();
                    self.rejected = path.and_then(|path| FileId::written_at(path).ok());
                }
                Err(error)
            }
        }
    }

    /// Returns true if it is not known whether the last changes were made.
    pub(super) const fn is_in_doubt(&self) -> bool {
        self.witness.is_in_doubt()
    }

    /// Ends the session; the mark of this process is not needed any more.
    pub(super) async fn close(self) {
        let Some(mut session) = self.session else { return };
        if self.witness.is_known() {
            session.forget(&self.witness).await;
        }
        session.close().await;
    }

    /// The open session, or a new one. It is not kept until what is written with it is written.
    async fn session(&mut self) -> Result<WriteSession, OpenError> {
        if let Some(session) = self.session.take() {
            if session.is_in_place(&self.address) {
                return Ok(session);
            }
            tracing::error!(ledger = %self.address, "the file of the ledger was deleted or replaced");
            // The last of them brings into the file what stands beside it.
            self.reader_pool.close().await;
            session.close().await;
        }
        let start = Instant::now();
        loop {
            let opened = match self.admits() {
                Ok(()) => WriteSession::open(&self.address).await,
                Err(error) => Err(error),
            };
            match opened {
                Ok(session) => {
                    self.is_down = false;
                    return Ok(session);
                }
                // A server that is started anew takes a moment.
                Err(_) if self.waits(start) => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    self.is_down = true;
                    return Err(error);
                }
            }
        }
    }

    /// Returns whether the file in place may be opened. Another is not opened before anything is written, when nothing tells one ledger from another;
    /// and not with a log beside it that belongs to the file before.
    fn admits(&self) -> Result<(), OpenError> {
        if let Some(path) = self.address.file() {
            let file = FileId::at(path).map_err(sqlx::Error::Io)?;
            let is_foreign = self.log.is_none() || FileId::of_log(path) == self.log;
            let is_known_as_wrong =
                self.rejected.is_some() && self.rejected == FileId::written_at(path).ok();
            let is_other = Some(file) != self.file && (is_foreign || !self.witness.is_known());
            if is_other || is_known_as_wrong {
                return Err(replaced().into());
            }
        }
        Ok(())
    }

    fn waits(&self, start: Instant) -> bool {
        self.address.file().is_none() && !self.is_down && start.elapsed() < ACQUIRE_TIMEOUT
    }
}
