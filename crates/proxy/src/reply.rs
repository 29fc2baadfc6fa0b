//! Answers: always JSON, a failure in the one form that the client reads.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use havenask_core::{Failure, Fault, Locale};

/// A failure on its way to the caller.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) Failure);

/// One of our own refusals.
pub(crate) fn refuse(fault: Fault, locale: Locale) -> Refusal {
    Refusal(Failure::of(fault, locale))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        // An answer of the cloud that is no failure by its status is one all the same when it holds no instance.
        let status = StatusCode::from_u16(self.0.status).ok();
        let failed = status.filter(|it| it.is_client_error() || it.is_server_error());
        (failed.unwrap_or(StatusCode::BAD_GATEWAY), Json(self.0)).into_response()
    }
}
