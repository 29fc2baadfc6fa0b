//! `havenask-proxy catalog`: what the account's billing knows of products and their parts.

mod arguments;
mod draft;
mod run;

pub use self::{arguments::CatalogArguments, run::run};
