//! Why an emulator did not start, and what to do about it.

use std::{fmt, io, path::PathBuf};

/// Why an emulator did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: String,
        /// The flag that it was given with.
        flag: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The store cannot be opened or read.
    Store {
        /// The file.
        path: PathBuf,
        /// What `SQLite` says.
        source: sqlx::Error,
    },
    /// The file is none that an emulator made.
    ForeignStore {
        /// The file.
        path: PathBuf,
    },
    /// The store was written by a newer emulator.
    NewerStore {
        /// The file.
        path: PathBuf,
        /// The version of the store.
        found: i64,
        /// The newest version that this emulator reads.
        known: usize,
    },
    /// An instance in the store cannot be read.
    BrokenRecord {
        /// The file.
        path: PathBuf,
        /// The id of the instance.
        instance_id: String,
        /// What is wrong with its JSON.
        source: serde_json::Error,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, flag, source } if source.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    formatter,
                    "{address} is taken by another program. Stop that one, or choose another port with {flag}; port 0 takes any free one."
                )
            }
            Self::Listen { address, flag, source } => write!(
                formatter,
                "cannot listen on {address}: {source}. Give {flag} an address of this machine with a port, such as 127.0.0.1:8081."
            ),
            Self::Store { path, source } if is_locked(source) => write!(
                formatter,
                "the store {} is in use. Stop the emulator that has it open, or give --store another file.",
                path.display()
            ),
            Self::Store { path, source } => write!(
                formatter,
                "cannot open the store {}: {source}. See that its folder exists and may be written to, or give --store another file.",
                path.display()
            ),
            Self::ForeignStore { path } => write!(
                formatter,
                "{} is not a store of this emulator. Give --store another file.",
                path.display()
            ),
            Self::NewerStore { path, found, known } => write!(
                formatter,
                "the store {} has version {found}, and this emulator knows none newer than {known}. Use a newer emulator, or give --store another file.",
                path.display()
            ),
            Self::BrokenRecord { path, instance_id, source } => write!(
                formatter,
                "the instance {instance_id} in the store {} cannot be read: {source}. Restore the file from a copy, or give --store another file.",
                path.display()
            ),
        }
    }
}

/// `SQLITE_BUSY`: another process has the file.
fn is_locked(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "5" || code == "SQLITE_BUSY")
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } => Some(source),
            Self::Store { source, .. } => Some(source),
            Self::BrokenRecord { source, .. } => Some(source),
            Self::ForeignStore { .. } | Self::NewerStore { .. } => None,
        }
    }
}
