//! Errors of a ledger.

use thiserror::Error;

/// A record that could not be made durable; the log says why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LedgerWriteError;

/// A purchase that could not be written down, or not for certain: it is not sent, and what was written of it is withdrawn.
#[derive(Clone, Debug)]
pub(crate) struct BeginError {
    /// The name of its attempt.
    pub(crate) attempt: String,
}

/// A ledger that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It is neither `sqlite:PATH` nor `postgres://…`.
    #[error("--ledger: write sqlite:PATH or postgres://USER@HOST/DATABASE.")]
    Address,
    /// Its rows and its password would cross a network in clear.
    #[error(
        "--ledger: purchases and the password would cross a network in clear. Add ?sslmode=verify-full, or ?sslmode=disable if the \
         network may read them."
    )]
    InClear,
    /// A newer proxy has written it.
    #[error(
        "the ledger has version {found}, and this proxy knows up to {known}. Use the newer proxy that wrote it."
    )]
    Newer {
        /// Its version.
        found: i64,
        /// The newest version that is known.
        known: usize,
    },
    /// It holds the purchases of other endpoints.
    #[error(
        "the ledger belongs to {bound}, and this proxy buys at {asked}: purchases of one would be looked for at the other, and called \
         unknown. Use a ledger of its own, or move this one with `havenask-proxy ledger bind`."
    )]
    Elsewhere {
        /// The endpoints whose purchases it holds.
        bound: String,
        /// The endpoint of this proxy.
        asked: String,
    },
    /// It holds the purchases of another account.
    #[error(
        "the ledger belongs to the account {bound}, and the credentials of this proxy to {asked}: its purchases would be looked for \
         in vain. Use a ledger of its own, or move this one with `havenask-proxy ledger bind`."
    )]
    OtherAccount {
        /// The account whose purchases it holds.
        bound: String,
        /// The account of this proxy's credentials.
        asked: String,
    },
    /// Purchases are looked for at the endpoint that it would leave.
    #[error(
        "{0} purchases are still looked for at the endpoint that the ledger belongs to. Let its proxy find them first, or give them up \
         with --with-pending."
    )]
    Pending(i64),
    /// The database refuses.
    #[error(
        "cannot open the ledger: {0}. See whether its folder exists and may be written, and whether its disk has room, or whether its \
         server runs."
    )]
    Database(#[from] sqlx::Error),
}
