//! The command line, and commands beside listening.

mod arguments;
pub mod catalog;
pub mod check;
pub mod ledger;
mod visible;

pub use self::arguments::{Cli, Command};
