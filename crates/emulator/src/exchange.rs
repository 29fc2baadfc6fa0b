//! HTTP on the way in and out: bytes from strangers become a request of the core, an answer becomes bytes.

use std::time::Duration;

use havenask_core::sign::{HttpRequest, canonical};
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
};

use crate::refusal::Refusal;

/// The largest body; a purchase has a few kilobytes.
const MAX_BODY: usize = 1024 * 1024;
/// How much of a larger one is read and dropped, so that its sender hears the refusal rather than a broken connection.
const MAX_DRAINED: usize = 16 * MAX_BODY;

/// The type of every answer of the API, as the real gateway writes it.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-acs-request-id");

pub(crate) type Answer = Response<Full<Bytes>>;

/// Reads a request to its end.
pub(crate) async fn read(
    request: Request<Incoming>,
    timeout: Duration,
) -> Result<HttpRequest, Refusal> {
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(timeout, read_body(body)).await.map_err(|_| {
        Refusal::gateway(
            408,
            "RequestTimeout",
            "The body of the request did not arrive in time. Send it at once, with its true Content-Length.",
        )
    })??;
    let query =
        canonical::decode_query(head.uri.query().unwrap_or_default()).ok_or_else(|| {
            Refusal::gateway(
                400,
                "InvalidParameter",
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

async fn read_body(mut body: Incoming) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let broken = |_| {
            Refusal::gateway(
                400,
                "InvalidParameter",
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
    if length <= MAX_BODY {
        return Ok(bytes);
    }
    Err(Refusal::gateway(
        413,
        "RequestEntityTooLarge",
        "The body of the request is larger than 1 MiB. Send fewer components and tags.",
    ))
}

fn texts(headers: &HeaderMap) -> Result<Vec<(String, String)>, Refusal> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| {
            let message = format!("The header {name} is not UTF-8. Correct it.");
            Refusal::gateway(400, "InvalidParameter", message)
        })?;
        Ok((name.as_str().to_owned(), value.to_owned()))
    };
    headers.iter().map(text).collect()
}

/// An answer of the API.
pub(crate) fn json(status: StatusCode, request_id: &str, body: Vec<u8>) -> Answer {
    let mut answer = with_type(status, JSON, body);
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        answer.headers_mut().insert(REQUEST_ID, request_id);
    }
    answer
}

/// An answer for operators.
pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Answer {
    with_type(status, TEXT, body)
}

fn with_type(status: StatusCode, content_type: HeaderValue, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, content_type);
    answer
}
