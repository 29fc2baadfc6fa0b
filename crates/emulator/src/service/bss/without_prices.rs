//! Prices by module and by factor: the emulator has none, and fails as the cloud does where a product has no plan.

use crate::{
    error::codes,
    operation::{ApiOperation, RPC_PATH},
    product::BSS,
};

const PRICE_METHODS: &[&str] = &["GET", "POST"];

pub(crate) const SUBSCRIPTION: ApiOperation = without_prices("GetSubscriptionPrice");
pub(crate) const PAY_AS_YOU_GO: ApiOperation = without_prices("GetPayAsYouGoPrice");
pub(crate) const ENTITIES: ApiOperation = without_prices("QueryPriceEntityList");
pub(crate) const SKUS: ApiOperation = without_prices("QuerySkuPriceList");

const fn without_prices(action: &'static str) -> ApiOperation {
    BSS.operation(action, PRICE_METHODS, RPC_PATH, |_, _| {
        Box::pin(async { Err(codes::PRICING_PLAN.into()) })
    })
}
