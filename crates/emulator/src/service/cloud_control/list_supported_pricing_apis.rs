//! `ListSupportedPricingApis`.

use serde_json::json;

use super::supported_apis::{PRICED, SUPPORTED_APIS};
use crate::{
    error::ApiError,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::CLOUD_CONTROL,
    service::{json, state::Service},
};

pub(crate) const OPERATION: ApiOperation = CLOUD_CONTROL.operation(
    "ListSupportedPricingApis",
    &["GET"],
    "/api/v1/price/supported-apis",
    |service, context| Box::pin(async move { list_supported_pricing_apis(service, &context) }),
);

const DEFAULT_PAGE: usize = 20;
/// A page has no more, however many are asked for.
const MAX_PAGE: usize = 100;

/// Lists a page of the calls; its token is the place at which the next one begins, and empty on the last page.
fn list_supported_pricing_apis(service: &Service, context: &RequestContext<'_>) -> HandlerResult {
    let query = &context.request.query;
    let size = match json::parameter(query, "maxResults").map(str::parse) {
        None => DEFAULT_PAGE,
        Some(Ok(size @ 1..)) => MAX_PAGE.min(size),
        Some(_) => return Err(ApiError::parameter("maxResults: Write a whole number from 1 on.")),
    };
    let all: Vec<_> =
        SUPPORTED_APIS.into_iter().filter(|it| service.pricing || *it != PRICED).collect();
    let start = json::parameter(query, "nextToken").map_or(Ok(0), str::parse::<usize>);
    let start = start.ok().filter(|start| *start < all.len()).ok_or_else(|| {
        ApiError::parameter("nextToken: Send the one of the page before, or none.")
    })?;
    let end = all.len().min(start + size);
    let apis: Vec<_> = all
        .iter()
        .take(end)
        .skip(start)
        .map(|(code, version, name)| json!({ "popCode": code, "popVersion": version, "apiName": name }))
        .collect();
    let next_token = if end < all.len() { end.to_string() } else { String::new() };
    json::body(&json!({
        "requestId": context.request_id,
        "maxResults": size,
        "nextToken": next_token,
        "supportedApis": apis,
    }))
}
