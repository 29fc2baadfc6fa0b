//! Errors of starting an emulator, each with its remedy.

use std::{io, path::PathBuf};

/// Error of starting an emulator.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmulatorError {
    /// The address belongs to another program.
    #[error(
        "{address} is in use by another program. Stop it, or choose another port with {flag}; port 0 takes any free one."
    )]
    AddressInUse {
        /// Address.
        address: String,
        /// Flag that set it.
        flag: &'static str,
    },
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {address}: {source}. Give {flag} an address of this machine with a port, such as 127.0.0.1:8081."
    )]
    Listen {
        /// Address.
        address: String,
        /// Flag that set it.
        flag: &'static str,
        /// Error of the system.
        source: io::Error,
    },
    /// Another emulator has the store open.
    #[error("the store {} is in use. Stop the emulator that has it open, or give --store another file.", .0.display())]
    StoreInUse(PathBuf),
    /// The store cannot be opened or read.
    #[error("cannot open the store {}: {source}. See that its folder exists and may be written to, or give --store another file.", path.display())]
    Store {
        /// File.
        path: PathBuf,
        /// Error of `SQLite`.
        source: sqlx::Error,
    },
    /// The file was not made by an emulator.
    #[error("{} is not a store of this emulator. Give --store another file.", .0.display())]
    ForeignStore(PathBuf),
    /// The store was written by a newer emulator.
    #[error("the store {} has version {found}, and this emulator knows none newer than {known}. Use a newer emulator, or give --store another file.", path.display())]
    NewerStore {
        /// File.
        path: PathBuf,
        /// Version of the store.
        found: i64,
        /// Newest version that this emulator reads.
        known: usize,
    },
    /// An instance in the store cannot be read.
    #[error("the instance {instance_id} in the store {} cannot be read: {source}. Restore the file from a copy, or give --store another file.", path.display())]
    BrokenRecord {
        /// File.
        path: PathBuf,
        /// Id of the instance.
        instance_id: String,
        /// Error in its JSON.
        source: serde_json::Error,
    },
}

impl EmulatorError {
    pub(crate) fn listen(address: &str, flag: &'static str, source: io::Error) -> Self {
        let address = address.to_owned();
        match source.kind() {
            io::ErrorKind::AddrInUse => Self::AddressInUse { address, flag },
            _ => Self::Listen { address, flag, source },
        }
    }

    pub(crate) fn sqlite(path: PathBuf, source: sqlx::Error) -> Self {
        let error = source.as_database_error();
        match error.and_then(sqlx::error::DatabaseError::code).as_deref() {
            // SQLITE_NOTADB
            Some("26") => Self::ForeignStore(path),
            Some("5" | "SQLITE_BUSY") => Self::StoreInUse(path),
            _ => Self::Store { path, source },
        }
    }
}
