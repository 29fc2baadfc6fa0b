//! Requests to the cloud, and its responses.

use axum::body::Bytes;
use havenask_core::{HttpRequest, Operation, Timestamp};
use http_body_util::Full;
use hyper::{
    Method, Request,
    header::{self, HeaderName, HeaderValue},
};

/// A request to the cloud.
#[derive(Clone, Debug)]
pub(crate) enum OutgoingRequest {
    /// Signed here, anew for each attempt.
    Unsigned(Operation),
    /// Signed by a page with its own credentials, for this operation: sent as it was signed, and once.
    PreSigned(&'static str, HttpRequest),
}

/// A response of the cloud.
#[derive(Debug)]
pub(crate) struct UpstreamResponse {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    /// Seconds after which the cloud wants to be asked again.
    pub(crate) retry_after: Option<u64>,
    /// The time there.
    pub(crate) date: Option<Timestamp>,
}

impl OutgoingRequest {
    /// The name of the operation.
    pub(super) const fn action(&self) -> &'static str {
        match self {
            Self::Unsigned(operation) => operation.action,
            Self::PreSigned(action, _) => action,
        }
    }
}

/// A request as hyper sends it.
pub(super) fn http_request(
    method: &str,
    url: &str,
    headers: &[(String, String)],
    body: Vec<u8>,
) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let mut request = Request::new(Full::new(Bytes::from(body)));
    *request.method_mut() = Method::from_bytes(method.as_bytes())?;
    *request.uri_mut() = url.try_into()?;
    let map = request.headers_mut();
    map.reserve(headers.len() + 1);
    for (name, value) in headers {
        map.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    let agent = concat!("havenask-proxy/", env!("CARGO_PKG_VERSION"));
    map.append(header::USER_AGENT, HeaderValue::from_static(agent));
    Ok(request)
}
