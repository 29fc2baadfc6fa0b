//! Errors of the configuration.

use std::{net::SocketAddr, path::PathBuf};

use thiserror::Error;

use crate::{access::InvalidTokenLine, credentials::InvalidCredential};

/// An error of the configuration: the proxy does not start.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// A credential is not in the environment, or is none.
    #[error(
        "the environment of the proxy: {0}. Set it there, or say where the keys are with --keys or --ram-role."
    )]
    Credential(InvalidCredential),
    /// The region is not known.
    #[error("--region: {0}")]
    Region(String),
    /// A page signs with its own credentials, and has no bearer token.
    #[error("--relay cannot be used with {0}. Leave out one of them.")]
    RelayWith(&'static str),
    /// Both name endpoints.
    #[error(
        "--region and --upstream both say where to buy, each on the command line or as HAVENASK_PROXY_REGION and HAVENASK_PROXY_UPSTREAM. \
         Leave out one of them."
    )]
    RegionAndUpstream,
    /// The upstream is no endpoint.
    #[error(
        "--upstream {0:?} is no endpoint. Write https://HOST or http://127.0.0.1:PORT, behind REGION= where there are several."
    )]
    Upstream(String),
    /// A region has two endpoints.
    #[error("the region {0} is named twice. Name each once.")]
    RegionTwice(String),
    /// Of several endpoints, one has no region.
    #[error("--upstream: of several, each needs its region. Write REGION=URL.")]
    UpstreamWithoutRegion,
    /// The upstream would get signed requests in clear over a network.
    #[error("--upstream {0:?} would carry signed requests in clear. Use https://.")]
    UpstreamInClear(String),
    /// A purchase would be given up while it may still be sent.
    #[error(
        "--reconcile-seconds is shorter than a purchase may be in flight. Write {least} or more."
    )]
    ReconcileTooShort {
        /// Seconds, at least.
        least: u64,
    },
    /// The address is open to others.
    #[error(
        "--listen {0} is open to other machines, and anybody there could buy. Say who may with --tokens or --user-header, or use a \
         loopback address such as 127.0.0.1:8080."
    )]
    NotLoopback(SocketAddr),
    /// The file of tokens cannot be read.
    #[error("--tokens {}: {why}.", path.display())]
    TokensUnreadable {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        why: String,
    },
    /// A line of the file of tokens is malformed.
    #[error(
        "--tokens {}, line {}: write a name and 64 hexadecimal digits: printf %s TOKEN | sha256sum.",
        path.display(),
        error.line
    )]
    TokensInvalid {
        /// The file.
        path: PathBuf,
        /// The line.
        error: InvalidTokenLine,
    },
    /// The file of accounts cannot be read.
    #[error("--accounts {}: {why}.", path.display())]
    Accounts {
        /// The file.
        path: PathBuf,
        /// The place, and what is wrong there.
        why: String,
    },
    /// The file is no catalogue.
    #[error(
        "--catalog {}: {why}. GET /catalog.json of a proxy in front of an emulator shows a sample of the form.",
        path.display()
    )]
    Catalog {
        /// The file.
        path: PathBuf,
        /// The flaws.
        why: String,
    },
    /// The folder holds no page.
    #[error("--site {}: there is no index.html that can be read. Build the page first.", .0.display())]
    Site(PathBuf),
}
