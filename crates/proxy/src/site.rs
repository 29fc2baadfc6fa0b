//! The page and its headers.

use std::path::Path;

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use tower_http::services::ServeDir;

/// The page may run its own scripts and wasm, and talk to this proxy; nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(crate) fn service(folder: &Path) -> ServeDir {
    ServeDir::new(folder)
}

/// Headers that every answer carries, unless it says otherwise.
pub(crate) async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let always = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in always {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Answers about purchases are nobody else's; files are asked for anew, and are unchanged most of the time.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}
