//! JSON of requests and responses.

use havenask_core::response::ApiResponse;
use serde::{Deserialize, Serialize};

use crate::{
    error::{ApiError, codes},
    operation::HandlerResult,
};

/// Parses a request body.
pub(super) fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|error| {
        let what = if error.is_data() { "not what this operation takes" } else { "not JSON" };
        ApiError::parameter(format!("The body is {what}: {error}."))
    })
}

/// Value of a query parameter; an empty one counts as absent.
pub(super) fn parameter<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = query.iter().find(|(known, value)| known == name && !value.is_empty());
    found.map(|(_, value)| value.as_str())
}

/// Serialises the `result` of an operation of Havenask.
pub(super) fn result<T: Serialize>(
    request_id: &str,
    result: T,
    total_count: Option<u64>,
) -> HandlerResult {
    body(&ApiResponse { request_id: request_id.to_owned(), result, total_count })
}

/// Serialises a response body.
pub(super) fn body<T: Serialize>(value: &T) -> HandlerResult {
    // An instance fits in: the buffer need not grow.
    let mut bytes = Vec::with_capacity(1024);
    match serde_json::to_writer(&mut bytes, value) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(codes::SERVICE_BROKEN.into()),
    }
}
