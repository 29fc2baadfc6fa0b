//! Errors of a ledger that cannot be used.

use std::fmt;

/// A record could not be made durable; the log says why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WriteError;

/// The reason that a ledger cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// It is neither `sqlite:PATH` nor `postgres://…`.
    Address,
    /// Its rows and its password would cross a network in clear.
    InClear,
    /// A newer proxy has written it.
    Newer {
        /// Its version.
        found: i64,
        /// The newest version that is known.
        known: usize,
    },
    /// It holds the purchases of other endpoints.
    Elsewhere {
        /// The endpoints whose purchases it holds.
        bound: String,
        /// The endpoint of this proxy.
        asked: String,
    },
    /// It holds the purchases of another account.
    OtherAccount {
        /// The account whose purchases it holds.
        bound: String,
        /// The account of this proxy's credentials.
        asked: String,
    },
    /// Purchases are looked for at the endpoint that it would leave.
    Pending(i64),
    /// The database refuses.
    Database(sqlx::Error),
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
            Self::InClear => formatter.write_str(
                "--ledger: purchases and the password would cross a network in clear. Add ?sslmode=verify-full, or \
                 ?sslmode=disable if the network may read them.",
            ),
            Self::Newer { found, known } => write!(
                formatter,
                "the ledger has version {found}, and this proxy knows up to {known}. Use the newer proxy that wrote it."
            ),
            Self::Elsewhere { bound, asked } => write!(
                formatter,
                "the ledger belongs to {bound}, and this proxy buys at {asked}: purchases of one would be looked for at the \
                 other, and called unknown. Use a ledger of its own, or move this one with `havenask-proxy ledger bind`."
            ),
            Self::OtherAccount { bound, asked } => write!(
                formatter,
                "the ledger belongs to the account {bound}, and the credentials of this proxy to {asked}: its purchases would be \
                 looked for in vain. Use a ledger of its own, or move this one with `havenask-proxy ledger bind`."
            ),
            Self::Pending(count) => write!(
                formatter,
                "{count} purchases are still looked for at the endpoint that the ledger belongs to. Let its proxy find them \
                 first, or give them up with --with-pending."
            ),
            Self::Database(error) => write!(
                formatter,
                "cannot open the ledger: {error}. See whether its folder exists and may be written, and whether \
                 its disk has room, or whether its server runs."
            ),
        }
    }
}

impl std::error::Error for OpenError {}
