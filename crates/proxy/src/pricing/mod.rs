//! Prices: quotes of the cloud, the limits of the operator, the account that pays.

mod account;
mod cache;
mod exact_json;
mod limits;
mod quotes;
mod services;

pub use self::limits::{Budget, PriceLimits};
pub(crate) use self::{
    account::{Account, AccountCache, AccountInfo},
    cache::Cache,
    exact_json::read as read_exact,
    limits::{Charge, in_words},
    quotes::Quotes,
    services::Services,
};
