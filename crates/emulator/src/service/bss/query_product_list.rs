//! `QueryProductList`.

use havenask_core::pricing::bss::QUERY_PRODUCT_LIST;
use serde_json::{Value, json};

use super::{products::PRODUCTS, response};
use crate::{
    error::ApiError,
    http,
    operation::{ApiOperation, HandlerResult, RPC_PATH, RequestContext},
    product::BSS,
    service::json,
};

pub(crate) const OPERATION: ApiOperation =
    BSS.operation(QUERY_PRODUCT_LIST, &["GET", "POST"], RPC_PATH, |_, context| {
        Box::pin(async move { query_product_list(&context) })
    });

const DEFAULT_PAGE: usize = 20;

/// Lists a page of the products, counted only on demand.
fn query_product_list(context: &RequestContext<'_>) -> HandlerResult {
    let parameters = http::parameters(context.request)?;
    let number = |name: &str| {
        let wrong = || ApiError::parameter(format!("{name}: Write a whole number from 1 on."));
        let text = json::parameter(&parameters, name);
        text.map(|it| it.parse().ok().filter(|it: &usize| *it > 0).ok_or_else(wrong)).transpose()
    };
    let page = number("PageNum")?.ok_or_else(|| ApiError::missing("PageNum"))?;
    let size = number("PageSize")?.unwrap_or(DEFAULT_PAGE);
    // Python writes True.
    let counts = json::parameter(&parameters, "QueryTotalCount")
        .is_some_and(|it| it.eq_ignore_ascii_case("true"));
    let products = PRODUCTS.iter().skip((page - 1).saturating_mul(size)).take(size);
    let products: Vec<_> = products
        .map(|it| {
            json!({
                "ProductCode": it.code,
                "ProductName": it.name,
                "ProductType": it.product_type,
                "SubscriptionType": it.subscription_type,
            })
        })
        .collect();
    let mut data = json!({
        "PageNum": page,
        "PageSize": size,
        "ProductList": { "Product": products },
    });
    if let Value::Object(fields) = &mut data
        && counts
    {
        fields.insert("TotalCount".to_owned(), PRODUCTS.len().into());
    }
    response::success(context.request_id, "Success", &data)
}
