//! Requests to the cloud, and its responses.

use axum::body::Bytes;
use havenask_core::{HttpRequest, Operation, Timestamp};

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
