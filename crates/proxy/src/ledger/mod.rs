//! The ledger: every purchase is written down, durably, before its first byte leaves, and how it ended when that is known.
//! Whatever happens in between, a key that is in it is never sent again.
//!
//! It is a table of SQL: in a `SQLite` file, or in PostgreSQL when several proxies share it. sqlx speaks to both.

mod address;
mod binding;
mod change;
mod connect;
mod error;
mod file;
mod handle;
mod queries;
mod record;
mod rehearsal;
mod schema;
mod session;
mod shared;
mod statements;
mod store;
mod writer;

pub use self::{
    address::Address,
    error::OpenError,
    handle::Ledger,
    record::{Entry, PurchaseState},
};
pub(crate) use self::{
    address::{DEFAULT, VARIABLE},
    binding::{bound_account, rebind},
    change::{Attempt, Begun, Closed, Id},
    error::NotWritten,
    queries::Place,
    record::{Conditions, Outcome, Purchase, is_instance_id},
    rehearsal::{Rehearsed, UNEASY, rehearse},
};
