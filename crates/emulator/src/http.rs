//! HTTP requests and responses: between hyper's types and those of the core.

use std::{borrow::Cow, time::Duration};

use havenask_core::{percent, sign::HttpRequest};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue},
};

use crate::{
    error::{ApiError, codes},
    response_body::{Delivery, ResponseBody},
};

/// Maximum size of a body; a purchase has a few kilobytes.
const MAX_BODY: usize = 1024 * 1024;
/// Bytes of a larger body that are read and dropped, so that the client gets the error and not a broken connection.
const MAX_DRAINED: usize = 16 * MAX_BODY;

/// Content type of every response of the API, as the real gateway writes it.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
pub(crate) const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
pub(crate) const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-acs-request-id");
pub(crate) const RETRY_AFTER: HeaderName = HeaderName::from_static("x-acs-retry-after");

pub(crate) const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

pub(crate) type HttpResponse = Response<ResponseBody>;

/// Reads a whole request.
pub(crate) async fn read_request(
    request: Request<Incoming>,
    timeout: Duration,
) -> Result<HttpRequest, ApiError> {
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(timeout, read_body(body)).await;
    let body = body.map_err(|_| codes::TOO_SLOW)??;
    let query = percent::decode_query(head.uri.query().unwrap_or_default());
    let query = query.ok_or_else(|| {
        ApiError::with_message(
            codes::ENCODING,
            "The query is not percent-encoded UTF-8. Encode every byte of names and values that is no letter, digit or one of -_.~",
        )
    })?;
    Ok(HttpRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query,
        headers: texts(&head.headers)?,
        body,
    })
}

async fn read_body(mut body: Incoming) -> Result<Vec<u8>, ApiError> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let broken = |_| {
            ApiError::with_message(
                codes::ENCODING,
                "The body of the request breaks off or is not chunked as its header says. Send it again.",
            )
        };
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        length += data.len();
        if length <= MAX_BODY {
            bytes.extend_from_slice(&data);
        } else if length > MAX_DRAINED {
            break;
        }
    }
    if length <= MAX_BODY { Ok(bytes) } else { Err(codes::TOO_LARGE.into()) }
}

/// Parameters of a request in RPC style: they stand in the query, in a form, or in both.
pub(crate) fn parameters(request: &HttpRequest) -> Result<Cow<'_, [(String, String)]>, ApiError> {
    const FORM: &str = "application/x-www-form-urlencoded";
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

/// Header fields as text.
fn texts(headers: &HeaderMap) -> Result<Vec<(String, String)>, ApiError> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| {
            let message = format!("The header {name} is not UTF-8. Correct it.");
            ApiError::with_message(codes::ENCODING, message)
        })?;
        Ok((name.as_str().to_owned(), value.to_owned()))
    };
    headers.iter().map(text).collect()
}

/// Builds a response that is sent at once.
pub(crate) fn response(
    status: StatusCode,
    content_type: HeaderValue,
    body: impl Into<Bytes>,
) -> HttpResponse {
    response_with(status, content_type, body.into(), Delivery::AtOnce)
}

/// Builds a response.
pub(crate) fn response_with(
    status: StatusCode,
    content_type: HeaderValue,
    body: Bytes,
    delivery: Delivery,
) -> HttpResponse {
    let length = body.len();
    let mut response = Response::new(delivery.body(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    response
}

/// Adds a header, unless its value is not valid.
pub(crate) fn add_header(response: &mut HttpResponse, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
