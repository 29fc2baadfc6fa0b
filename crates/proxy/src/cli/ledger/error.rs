//! Errors of work with the ledger.

use std::{fmt, io};

use crate::ledger::{OpenError, PurchaseState, WriteError};

/// The reason that it could not be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerCommandError {
    /// The ledger cannot be opened.
    Open(OpenError),
    /// The database refuses.
    Database(sqlx::Error),
    /// It could not be written; the log says why.
    NotWritten,
    /// The audit log cannot be opened.
    Audit(io::Error),
    /// The import cannot be read.
    Import(String),
    /// The output cannot be written.
    Output(io::Error),
    /// There is no purchase of this key.
    NoPurchase(String),
    /// Several principals have a purchase of this key.
    Several(String),
    /// The purchase is settled or under way.
    NotUnknown(String, PurchaseState),
    /// So many rows are no purchases.
    UnreadableRows(u64),
}

impl From<OpenError> for LedgerCommandError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<sqlx::Error> for LedgerCommandError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<WriteError> for LedgerCommandError {
    fn from(_: WriteError) -> Self {
        Self::NotWritten
    }
}

impl From<io::Error> for LedgerCommandError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for LedgerCommandError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(formatter),
            Self::Database(error) => write!(formatter, "the ledger cannot be read: {error}"),
            Self::NotWritten => {
                formatter.write_str("the ledger cannot be written: see to its disk or its server")
            }
            Self::Audit(error) => write!(formatter, "--audit: {error}"),
            Self::Import(why) => write!(
                formatter,
                "{why}. Import what `havenask-proxy ledger export` writes, or answers of ListInstances; what was read before is \
                 imported."
            ),
            Self::Output(error) => write!(formatter, "cannot write: {error}"),
            Self::NoPurchase(key) => write!(
                formatter,
                "there is no purchase {key:?} in this ledger; `havenask-proxy ledger list` shows those that are"
            ),
            Self::Several(key) => write!(
                formatter,
                "several principals have a purchase {key}: say whose with --principal; `havenask-proxy ledger show` shows them"
            ),
            Self::NotUnknown(key, state) => write!(
                formatter,
                "the purchase {key} is {}: only one that is unknown is settled by hand",
                state.as_str()
            ),
            Self::UnreadableRows(count) => write!(
                formatter,
                "{count} rows are no purchases that this proxy knows; all others were written"
            ),
        }
    }
}

impl std::error::Error for LedgerCommandError {}
