//! Parameters and responses in RPC style.

use std::borrow::Cow;

use havenask_core::{percent, sign::HttpRequest};
use serde_json::{Value, json};

use super::json;
use crate::{
    error::{ApiError, codes},
    operation::HandlerResult,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Parameters of a request: they stand in the query, in a form, or in both.
pub(super) fn parameters(request: &HttpRequest) -> Result<Cow<'_, [(String, String)]>, ApiError> {
    let content_type = request.header("content-type").unwrap_or_default();
    if !content_type.get(..FORM.len()).is_some_and(|it| it.eq_ignore_ascii_case(FORM)) {
        return Ok(Cow::Borrowed(&request.query));
    }
    let form = std::str::from_utf8(&request.body).ok().and_then(percent::decode_query);
    let form = form.ok_or_else(|| {
        ApiError::with_message(codes::ENCODING, "The form is not percent-encoded UTF-8.")
    })?;
    Ok([request.query.as_slice(), &form].concat().into())
}

/// Serialises the response of billing, whose code of success is no constant.
pub(super) fn billing(request_id: &str, code: &str, data: &Value) -> HandlerResult {
    json::body(&json!({
        "Code": code,
        "Message": "Successful!",
        "RequestId": request_id,
        "Success": true,
        "Data": data,
    }))
}
