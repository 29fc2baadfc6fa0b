//! `havenask-proxy ledger`: reads the ledger, and does the work that needs a person.

mod arguments;
mod error;
mod import;
mod print;
mod run;

pub use self::{arguments::LedgerArguments, error::LedgerCommandError, run::run};
