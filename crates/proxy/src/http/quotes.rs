//! `POST /quotes`: the price of an order.

use std::sync::Arc;

use axum::extract::{Extension, Request, State};
use havenask_core::Failure;

use super::{body, locale::RequestLocale, purchase_request::check_json, region};
use crate::{access::Principal, purchase::check, response::JsonResponse, state::AppState};

pub(super) async fn create(
    State(state): State<Arc<AppState>>,
    Extension(principal): Extension<Principal>,
    RequestLocale(locale): RequestLocale,
    request: Request,
) -> Result<JsonResponse, JsonResponse> {
    let (head, body) = request.into_parts();
    let refusal = |code| Failure::new(code, locale);
    let body = body::read(body, state.config.limits).await;
    let region = region::of_query_alone(&state, &principal, head.uri.query(), locale)?;
    check_json(&head.headers, locale)?;
    let order = check(&state, &body.map_err(refusal)?, locale)?;
    if let Some(refusal) = order.forbidden {
        return Err(refusal.into());
    }
    Ok(JsonResponse::success(region.quotes.quote(&order.request, locale).await.to_json()))
}
