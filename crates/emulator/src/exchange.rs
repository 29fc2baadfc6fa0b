//! HTTP on the way in and out: bytes from strangers become a request of the core, an answer becomes bytes.

use std::time::Duration;

use havenask_core::{percent, sign::HttpRequest};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue},
};

use crate::{
    delivery::{Body, Delivery},
    refusal::{Refusal, codes},
};

/// The largest body; a purchase has a few kilobytes.
const MAX_BODY: usize = 1024 * 1024;
/// How much of a larger one is read and dropped, so that its sender hears the refusal rather than a broken connection.
const MAX_DRAINED: usize = 16 * MAX_BODY;

/// The type of every answer of the API, as the real gateway writes it.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
pub(crate) const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
pub(crate) const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-acs-request-id");
pub(crate) const RETRY_AFTER: HeaderName = HeaderName::from_static("x-acs-retry-after");

pub(crate) type Answer = Response<Body>;

/// Reads a request to its end.
pub(crate) async fn read(
    request: Request<Incoming>,
    timeout: Duration,
) -> Result<HttpRequest, Refusal> {
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(timeout, read_body(body)).await;
    let body = body.map_err(|_| codes::TOO_SLOW)??;
    let query = percent::decode_query(head.uri.query().unwrap_or_default());
    let query = query.ok_or_else(|| {
        Refusal::saying(
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

async fn read_body(mut body: Incoming) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let broken = |_| {
            Refusal::saying(
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

fn texts(headers: &HeaderMap) -> Result<Vec<(String, String)>, Refusal> {
    let mut texts = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| {
            let message = format!("The header {name} is not UTF-8. Correct it.");
            Refusal::saying(codes::ENCODING, message)
        })?;
        texts.push((name.as_str().to_owned(), value.to_owned()));
    }
    Ok(texts)
}

/// An answer, sent at once.
pub(crate) fn answer(
    status: StatusCode,
    content_type: HeaderValue,
    body: impl Into<Bytes>,
) -> Answer {
    delivered(status, content_type, body.into(), Delivery::AtOnce)
}

/// An answer, sent in some way.
pub(crate) fn delivered(
    status: StatusCode,
    content_type: HeaderValue,
    body: Bytes,
    delivery: Delivery,
) -> Answer {
    let length = body.len();
    let mut answer = Response::new(delivery.body(body));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, content_type);
    answer.headers_mut().insert(CONTENT_LENGTH, length.into());
    answer
}

/// Adds a header; what is no value of one is left out.
pub(crate) fn add(answer: &mut Answer, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}
