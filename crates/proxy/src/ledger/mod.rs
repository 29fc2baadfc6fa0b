//! The ledger: every purchase is written down, durably, before its first byte leaves, and how it ended when that is known.
//! Whatever happens in between, a key that is in it is never sent again.
//!
//! It is a table of SQL: in a `SQLite` file, or in PostgreSQL when several proxies share it. sqlx speaks to both.

mod address;
mod batch;
mod binding;
mod change;
mod connect;
mod connection_manager;
mod dry_run;
mod error;
mod file;
mod finder;
mod handle;
mod queries;
mod record;
mod schema;

mod reader_pool;
mod statements;
mod write_session;
mod writer;

pub use self::{
    address::LedgerAddress,
    error::OpenError,
    handle::Ledger,
    record::{LedgerEntry, PurchaseState},
};
pub(crate) use self::{
    address::{DEFAULT_ADDRESS, ENVIRONMENT_VARIABLE},
    binding::{bound_account, rebind},
    change::{Attempt, BeginResult, FinishResult, PurchaseId},
    dry_run::{CLOCK_SKEW_WARNING, DryRunReport, dry_run},
    error::{BeginError, LedgerWriteError},
    queries::{PageCursor, PurchaseFilter},
    record::{Conditions, LedgerResult, NewPurchase, UnreadableRow, is_instance_id},
};
