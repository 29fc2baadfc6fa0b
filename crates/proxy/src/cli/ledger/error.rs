//! Errors of `havenask-proxy ledger`.

use std::{io, path::PathBuf};

use thiserror::Error;

use crate::ledger::{LedgerWriteError, OpenError, PurchaseState};

/// An error of `havenask-proxy ledger`.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LedgerCommandError {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no file at the path.
    #[error("there is no ledger {}; say where it is with --ledger or HAVENASK_PROXY_LEDGER", .0.display())]
    Missing(PathBuf),
    /// The database refuses.
    #[error("the ledger cannot be read: {0}")]
    Database(#[from] sqlx::Error),
    /// It could not be written; the log says why.
    #[error("the ledger cannot be written: see to its disk or its server")]
    NotWritten,
    /// The audit log cannot be opened.
    #[error("--audit: {0}")]
    Audit(#[source] io::Error),
    /// The import cannot be read.
    #[error(
        "{0}. Import what `havenask-proxy ledger export` writes, or answers of ListInstances; what was read before is imported."
    )]
    Import(String),
    /// Entries of the import could not be read.
    #[error("{0} entries could not be read, as the log says; all others are imported")]
    ImportIncomplete(u64),
    /// The output cannot be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
    /// There is no purchase of this key.
    #[error(
        "there is no purchase {0:?} in this ledger; `havenask-proxy ledger list` shows those that are"
    )]
    NoPurchase(String),
    /// Several principals have a purchase of this key.
    #[error(
        "several principals have a purchase {0}: say whose with --principal; `havenask-proxy ledger show` shows them"
    )]
    Several(String),
    /// The purchase is settled or in flight.
    #[error("the purchase {0} is {state}: only one that is unknown is settled by hand", state = .1.as_str())]
    NotUnknown(String, PurchaseState),
    /// Rows are no purchases.
    #[error("{0} rows are no purchases that this proxy knows; all others were written")]
    UnreadableRows(u64),
}

impl From<LedgerWriteError> for LedgerCommandError {
    fn from(_: LedgerWriteError) -> Self {
        Self::NotWritten
    }
}
