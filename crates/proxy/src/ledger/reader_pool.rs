//! The pool of connections that read, as the writer has found the ledger last.

use std::sync::{PoisonError, RwLock};

use sqlx::AnyPool;

use super::{
    address::LedgerAddress,
    connect::{ACQUIRE_TIMEOUT, readers},
    error::OpenError,
    file::FileId,
};

/// The ledger as the writer has found it last.
#[derive(Debug)]
pub(super) struct ReaderPool {
    address: LedgerAddress,
    state: RwLock<PoolState>,
}

#[derive(Debug)]
struct PoolState {
    /// None after the file behind it was found out of place.
    pool: Option<AnyPool>,
    /// The file that the connections of the pool have open.
    file: Option<FileId>,
    /// True if that is the ledger of this process.
    is_own: bool,
}

impl ReaderPool {
    pub(super) fn new(address: LedgerAddress, file: Option<FileId>) -> Result<Self, OpenError> {
        let state = PoolState { pool: Some(readers(&address)?), file, is_own: true };
        Ok(Self { address, state: RwLock::new(state) })
    }

    /// Connections to the ledger of this process; none when another file is in its place.
    pub(super) fn readers(&self) -> Option<AnyPool> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let path = self.address.file();
        let is_in_place = path.is_none_or(|path| FileId::at(path).ok() == state.file);
        state.pool.clone().filter(|_| state.is_own && is_in_place)
    }

    /// The writer has written to this file.
    pub(super) fn found(&self, file: Option<FileId>) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.is_own = true;
        if state.file != file || state.pool.is_none() {
            // A reader of the one before closes it.
            state.pool = readers(&self.address).ok();
            state.file = file;
        }
    }

    /// Closes the connections that read: together with the one that writes, they hold what a file that is out of place lacks.
    pub(super) async fn close(&self) {
        let pool = self.state.write().unwrap_or_else(PoisonError::into_inner).pool.take();
        if let Some(pool) = pool {
            let _ = tokio::time::timeout(ACQUIRE_TIMEOUT, pool.close()).await;
        }
    }

    /// Notes that the file in place is not the ledger of this process.
    pub(super) fn lost(&self) {
        self.state.write().unwrap_or_else(PoisonError::into_inner).is_own = false;
    }
}
