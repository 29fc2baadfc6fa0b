//! Responses of billing.

use serde_json::{Value, json};

use crate::{operation::HandlerResult, service::json};

/// Serialises a success, whose code is not the same for all operations.
pub(super) fn success(request_id: &str, code: &str, data: &Value) -> HandlerResult {
    json::body(&json!({
        "Code": code,
        "Message": "Successful!",
        "RequestId": request_id,
        "Success": true,
        "Data": data,
    }))
}
