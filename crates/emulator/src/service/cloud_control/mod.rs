//! Operations of `CloudControl`: what calls of other products cost.

pub(super) mod get_api_price;
pub(super) mod list_supported_pricing_apis;
mod price;
mod price_list;
mod supported_apis;
