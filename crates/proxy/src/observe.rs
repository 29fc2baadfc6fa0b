//! Gives every request an id and every answer its headers, and says in the log and in the metrics how it was answered.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use havenask_core::sign;
use tracing::Instrument;

use crate::{log, reply::Code, routes::Proxy, server::Peer, site};

/// The header that tells the id: whoever reports a failure can name the lines of the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The route of what belongs to no route: the files of the page, and addresses that there are not.
const FILES: &str = "files";

/// Marks an answer that is one of very many, and has no line of its own in the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unremarkable;

/// Has a request answered, and watches.
pub(crate) async fn observe<F: Future<Output = Response>>(
    proxy: &Proxy,
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
    let code = response.extensions_mut().remove::<Code>().map(|code| code.0);
    let (method, peer) = (log::quote(method.as_str()), peer.address.ip());
    if response.extensions_mut().remove::<Unremarkable>().is_none() {
        let path = &*log::quote(&path);
        span.in_scope(|| tracing::info!(%peer, %method, path, status, code, ?elapsed));
    }
    proxy.metrics.request(route.as_ref().map_or(FILES, MatchedPath::as_str), status, elapsed);
    if let Some(code) = code {
        proxy.metrics.failure(&code);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
