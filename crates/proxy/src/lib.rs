//! A signing proxy: it takes unsigned purchases from a page, checks them, signs them with keys that never leave it, and
//! sends them to one endpoint of Alibaba Cloud OpenSearch.
//!
//! What it forwards it builds itself from the typed request: no byte, header or host of a client reaches the cloud.

mod audit;
mod body;
pub mod books;
mod buyer;
mod hash;
mod instances;
mod metrics;
mod observe;
mod openapi;
mod paths;
mod patient;
mod purchase;
mod reconcile;
mod relay;
mod reply;
mod routes;
mod server;
mod site;
mod stamp;
mod upstream;

pub mod check;
pub mod config;
pub mod guard;
pub mod keys;
pub mod ledger;

pub use config::{Config, ConfigError};
pub use server::{Running, StartError, start};
