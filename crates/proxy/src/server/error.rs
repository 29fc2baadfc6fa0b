//! Errors of the start.

use std::{io, net::SocketAddr};

use thiserror::Error;

use crate::{credentials::CredentialError, ledger::OpenError};

/// A proxy that does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is not available.
    #[error(
        "cannot listen on {address}: {source}. Is another program there? Choose another --listen or --operator-listen."
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error of the system.
        source: io::Error,
    },
    /// There are no credentials.
    #[error("{0}")]
    Credentials(#[source] CredentialError),
    /// The ledger cannot be opened.
    #[error("{0}")]
    Ledger(#[source] OpenError),
    /// The audit log cannot be opened.
    #[error("--audit: {0}. See whether its folder may be written.")]
    Audit(#[source] io::Error),
}
