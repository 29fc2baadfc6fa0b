//! The price of an order before it is bought: `GetApiPrice` of `CloudControl` quotes the very call, with the order's own parameters.
//! Facts and their sources: docs/pricing.md.

mod account_site;
mod amount;
mod api_price;
pub mod bss;
mod money;
mod price;
mod price_reader;
mod refusal;

pub use self::{
    account_site::AccountSite,
    amount::Amount,
    api_price::{
        API_PRICE, ApiPrice, CLOUD_CONTROL_VERSION, GET_API_PRICE, get_api_price, parse_api_price,
    },
    money::{MAX_PRICE, MONEY_PATTERN, Money},
    price::{Price, PricedItem, QuoteStatus, UsageCharge},
    refusal::NoPrice,
};
pub use crate::failure::Quote;

/// The address of the proxy that quotes an order.
pub const QUOTES: &str = "/quotes";
