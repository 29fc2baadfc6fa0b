//! Answers: always JSON, a failure in the one form that the client reads.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use havenask_core::{ErrorCode, Failure, Locale, operation::CONTENT_TYPE};

use crate::ledger::Entry;

/// Marks an answer that stood in the ledger.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// An answer on its way to the caller.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// Seconds after which to ask again.
    pub(crate) retry_after: Option<u64>,
    pub(crate) replayed: bool,
    /// The code of a failure.
    pub(crate) code: Option<String>,
}

/// The code of a failure, for the log and the metrics: it travels with the answer inside the proxy.
#[derive(Clone, Debug)]
pub(crate) struct Code(pub(crate) String);

impl Reply {
    /// A success.
    pub(crate) fn success(body: String) -> Self {
        Self { status: 200, body, retry_after: None, replayed: false, code: None }
    }

    /// One of our own refusals.
    pub(crate) fn fault(fault: ErrorCode, locale: Locale) -> Self {
        Failure::new(fault, locale).into()
    }

    /// The answer that a purchase got before, byte for byte.
    pub(crate) fn again(entry: &Entry) -> Option<Self> {
        let (status, body) = (entry.status?, entry.answer.clone()?);
        Some(Self { status, body, retry_after: None, replayed: true, code: None })
    }

    /// The same, to be asked again after so many seconds.
    pub(crate) fn retry_after(self, seconds: Option<u64>) -> Self {
        Self { retry_after: seconds, ..self }
    }
}

impl From<Failure> for Reply {
    fn from(failure: Failure) -> Self {
        // An answer of the cloud that is no failure by its status is one all the same when it holds no instance.
        let failed = (400..600).contains(&failure.status);
        let status = if failed { failure.status } else { StatusCode::BAD_GATEWAY.as_u16() };
        let body = failure.to_json();
        Self { status, body, retry_after: None, replayed: false, code: Some(failure.code) }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let json = HeaderValue::from_static(CONTENT_TYPE);
        let mut response = (status, [(header::CONTENT_TYPE, json)], self.body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(code) = self.code {
            response.extensions_mut().insert(Code(code));
        }
        let headers = response.headers_mut();
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
