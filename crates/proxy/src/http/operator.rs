//! `GET /readyz` and `GET /metrics`.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use crate::{metrics, state::AppState};

pub(super) async fn ready(State(state): State<Arc<AppState>>) -> (StatusCode, &'static str) {
    if !state.credentials.is_valid() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the keys have expired and could not be renewed");
    }
    if state.ledger.is_writable().await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be written")
    }
}

/// The metrics, with what the ledger knows; when it cannot be read, without that.
pub(super) async fn metrics(State(state): State<Arc<AppState>>) -> impl IntoResponse {
    let is_writable = state.ledger.is_writable().await;
    let open = state.ledger.open_purchases().await.ok();
    let text = state.metrics.text(open, is_writable, state.credentials.expires_at());
    ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text)
}
