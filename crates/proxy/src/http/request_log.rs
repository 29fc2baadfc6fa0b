//! The log and the metrics of requests, the id of each, and the headers of every response.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use havenask_core::sign;
use tracing::Instrument;

use super::{peer::Peer, site};
use crate::{log, response::FailureCode, state::AppState};

/// The header with the id, by which a report of a failure names the lines of the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The route of the files of the page, and of addresses without a route.
const FILES: &str = "files";

/// Mark of a response that is one of very many, and has no line of its own in the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unlogged;

/// Answers a request, and logs it.
pub(super) async fn log_request<F: Future<Output = Response>>(
    state: &AppState,
    peer: Peer,
    request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    let start = Instant::now();
    let mut bytes = [0; 16];
    // Without randomness nothing can be signed either; the log needs no more than a number.
    let _ = getrandom::fill(&mut bytes);
    let id = sign::nonce(&bytes);
    let span = tracing::info_span!("request", id);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = answer(request).instrument(span.clone()).await;
    site::put_headers(&path, &mut response);
    let (status, elapsed) = (response.status().as_u16(), start.elapsed());
    let code = response.extensions_mut().remove::<FailureCode>().map(|code| code.0);
    let (method, peer) = (log::quote(method.as_str()), peer.address.ip());
    if response.extensions_mut().remove::<Unlogged>().is_none() {
        let path = &*log::quote(&path);
        span.in_scope(|| tracing::info!(%peer, %method, path, status, code, ?elapsed));
    }
    state.metrics.request(route.as_ref().map_or(FILES, MatchedPath::as_str), status, elapsed);
    if let Some(code) = code {
        state.metrics.failure(&code);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
