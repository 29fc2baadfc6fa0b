//! `havenask-proxy ledger`: a look into the ledger, and what only a person can do with it.

mod arguments;
mod error;
mod import;
mod print;
mod run;

pub(crate) use self::print::visible;
pub use self::{arguments::Arguments, error::Error, run::run};
