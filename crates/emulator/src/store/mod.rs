//! Store of the instances: an index in memory, which answers reads, and an `SQLite` file.

mod handle;
mod index;
mod record;
mod sqlite;
mod transaction;
mod writer;

pub(crate) use self::{handle::InstanceStore, record::InstanceRecord, writer::WriteError};
