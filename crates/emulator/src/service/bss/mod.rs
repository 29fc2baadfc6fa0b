//! Operations of billing, whose lists are nested twice.

pub(super) mod describe_pricing_module;
mod products;
pub(super) mod query_account_balance;
pub(super) mod query_product_list;
mod response;
pub(super) mod without_prices;
