//! Why the proxy does not start.

use std::{fmt, net::SocketAddr, path::PathBuf};

use crate::{access::InvalidTokenLine, credentials::InvalidCredential};

/// Why the proxy does not start.
#[derive(Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// A key is not in the environment, or is none.
    Credential(InvalidCredential),
    /// The region is not known.
    Region(String),
    /// The upstream is no endpoint.
    Upstream(String),
    /// The upstream would get signed requests in clear over a network.
    UpstreamInClear(String),
    /// A purchase would be given up while it may still be sent.
    ReconcileTooShort {
        /// Seconds, at least.
        least: u64,
    },
    /// The address is open to others.
    NotLoopback(SocketAddr),
    /// The file of tokens cannot be read.
    TokensUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// A line of the file of tokens is not one.
    TokensInvalid {
        /// The file.
        path: PathBuf,
        /// Which line.
        error: InvalidTokenLine,
    },
    /// The file of what is sold is no catalogue.
    Catalog {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The folder of the page holds no page.
    Site(PathBuf),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credential(error) => write!(
                formatter,
                "the environment of the proxy: {error}. Set it there, or say where the keys are with --keys or --ram-role."
            ),
            Self::Region(text) => write!(formatter, "--region: {text}"),
            Self::Upstream(text) => {
                write!(
                    formatter,
                    "--upstream {text:?} is no endpoint. Write https://HOST or http://127.0.0.1:PORT."
                )
            }
            Self::UpstreamInClear(text) => {
                write!(
                    formatter,
                    "--upstream {text:?} would carry signed requests in clear. Use https://."
                )
            }
            Self::ReconcileTooShort { least } => write!(
                formatter,
                "--reconcile-seconds is shorter than a purchase may be under way. Write {least} or more."
            ),
            Self::NotLoopback(address) => write!(
                formatter,
                "--listen {address} is open to other machines, and anybody there could buy. Say who may with --tokens or \
                 --user-header, or use a loopback address such as 127.0.0.1:8080."
            ),
            Self::TokensUnreadable { path, why } => {
                write!(formatter, "--tokens {}: {why}.", path.display())
            }
            Self::TokensInvalid { path, error } => write!(
                formatter,
                "--tokens {}, line {}: write a name and 64 hexadecimal digits: printf %s TOKEN | sha256sum.",
                path.display(),
                error.line
            ),
            Self::Catalog { path, why } => write!(
                formatter,
                "--catalog {}: {why}. GET /catalog.json of a proxy without one shows a sample of the form.",
                path.display()
            ),
            Self::Site(path) => {
                write!(
                    formatter,
                    "--site {}: there is no index.html that can be read. Build the page first.",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for ConfigError {}
