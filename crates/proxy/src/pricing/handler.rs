//! `POST /quotes`: what an order would cost.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use havenask_core::{ErrorCode, Failure, Locale};

use crate::{
    body,
    purchase::{checked, is_json},
    reply::Reply,
    routes::{Proxy, locale},
};

/// `POST /quotes`.
pub(crate) async fn create(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let locale = locale(request.headers());
    answer(&proxy, request, locale).await.unwrap_or_else(Reply::from).into_response()
}

async fn answer(proxy: &Proxy, request: Request, locale: Locale) -> Result<Reply, Failure> {
    let (head, body) = request.into_parts();
    let refusal = |code| Failure::new(code, locale);
    let body = body::take(body, proxy.config.limits).await;
    if !is_json(&head.headers) {
        return Err(refusal(ErrorCode::ContentTypeNotJson));
    }
    let order = checked(proxy, &body.map_err(refusal)?, locale)?;
    Ok(Reply::success(proxy.quotes.quote(&order.request, locale).await.to_json()))
}
