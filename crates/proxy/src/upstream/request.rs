//! Requests to the cloud, and its responses.

use std::fmt;

use axum::body::Bytes;
use havenask_core::{Operation, SignedRequest, Timestamp};
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
    /// Signed by a page with its own credentials, for this operation: sent unchanged, and once.
    PreSigned(&'static str, PreSignedRequest),
}

/// A request that is signed, as it is sent.
#[derive(Clone)]
pub(crate) struct PreSignedRequest {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
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

impl PreSignedRequest {
    /// The request as hyper sends it.
    pub(super) fn to_http(&self) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let mut request = Request::new(Full::new(Bytes::from(self.body.clone())));
        *request.method_mut() = Method::from_bytes(self.method.as_bytes())?;
        *request.uri_mut() = self.url.as_str().try_into()?;
        let headers = request.headers_mut();
        headers.reserve(self.headers.len() + 1);
        for (name, value) in &self.headers {
            headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
        }
        let agent = concat!("havenask-proxy/", env!("CARGO_PKG_VERSION"));
        headers.append(header::USER_AGENT, HeaderValue::from_static(agent));
        Ok(request)
    }
}

impl From<SignedRequest> for PreSignedRequest {
    fn from(signed: SignedRequest) -> Self {
        let SignedRequest { method, url, headers, body, .. } = signed;
        Self { method, url, headers, body }
    }
}

impl fmt::Debug for PreSignedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PreSignedRequest").field("url", &self.url).finish_non_exhaustive()
    }
}
