//! JSON responses; a failure has the one form that the client reads.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use havenask_core::{ErrorCode, Failure, Locale, operation::CONTENT_TYPE};

use crate::ledger::LedgerEntry;

/// Marks an answer that stood in the ledger.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A JSON response to a caller.
#[derive(Clone, Debug)]
pub(crate) struct JsonResponse {
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
pub(crate) struct FailureCode(pub(crate) String);

impl JsonResponse {
    /// A success.
    pub(crate) fn success(body: String) -> Self {
        Self { status: 200, body, retry_after: None, replayed: false, code: None }
    }

    /// A failure of this code.
    pub(crate) fn failure(code: ErrorCode, locale: Locale) -> Self {
        Failure::new(code, locale).into()
    }

    /// The answer that a purchase got before, byte for byte.
    pub(crate) fn replay(entry: &LedgerEntry) -> Option<Self> {
        let (status, body) = (entry.status?, entry.answer.clone()?);
        Some(Self { status, body, retry_after: None, replayed: true, code: None })
    }

    /// The same, to be asked again after so many seconds.
    pub(crate) fn retry_after(self, seconds: Option<u64>) -> Self {
        Self { retry_after: seconds, ..self }
    }
}

impl From<Failure> for JsonResponse {
    fn from(failure: Failure) -> Self {
        // An answer of the cloud that is no failure by its status is one all the same when it holds no instance.
        let failed = (400..600).contains(&failure.status);
        let status = if failed { failure.status } else { StatusCode::BAD_GATEWAY.as_u16() };
        let body = failure.to_json();
        Self { status, body, retry_after: None, replayed: false, code: Some(failure.code) }
    }
}

impl IntoResponse for JsonResponse {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let json = HeaderValue::from_static(CONTENT_TYPE);
        let mut response = (status, [(header::CONTENT_TYPE, json)], self.body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(code) = self.code {
            response.extensions_mut().insert(FailureCode(code));
        }
        let headers = response.headers_mut();
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
