//! What orders cost and who pays: quotes of the cloud, the limits of the operator, the account behind the credentials.

pub(crate) mod account;
mod cache;
pub(crate) mod charge;
mod exact_json;
mod handler;
mod limits;
mod quotes;
mod services;

pub use self::limits::{Budget, PriceLimits};
pub(crate) use self::{
    account::{Account, AccountInfo},
    exact_json::read as read_exact,
    handler::create,
    limits::{Charge, in_words},
    quotes::Quotes,
    services::Services,
};
