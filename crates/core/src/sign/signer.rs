//! Signing: the headers that a signature needs, its stages, and the header `authorization`.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    acs3, algorithm::Algorithm, context::SigningContext, roa, signed_request::SignedRequest,
};
use crate::{
    Credentials, Endpoint, Operation,
    http_request::{ACTION, HttpRequest, NONCE, SECURITY_TOKEN, VERSION},
    operation::CONTENT_TYPE,
};

/// Signs an operation as the official SDKs do.
#[must_use]
pub fn operation(
    operation: Operation,
    endpoint: &Endpoint,
    credentials: &Credentials,
    algorithm: Algorithm,
    stamp: &SigningContext,
) -> SignedRequest {
    let mut request = HttpRequest {
        method: operation.method.to_owned(),
        path: operation.path,
        query: operation.query,
        headers: Vec::with_capacity(12),
        body: operation.body.unwrap_or_default().into_bytes(),
    };
    request.add("accept", "application/json");
    request.add(ACTION, operation.action);
    request.add(VERSION, operation.version);
    if !request.body.is_empty() {
        request.add("content-type", CONTENT_TYPE);
        if algorithm == Algorithm::RoaHmacSha1 {
            request.add(roa::CONTENT_MD5, &roa::content_md5(&request.body));
        }
    }
    self::request(request, endpoint, credentials, algorithm, None, stamp)
}

/// Signs any request to any ROA-style API of the cloud. Headers that the signature needs and that are not there are added:
/// host, date, nonce, body hash, STS token; those that are there are kept, but for the body hash and `authorization`.
///
/// `signed_headers` is the list for V3: without it `host`, `content-type` and every `x-acs-*`, as the documents, Node, Java
/// and Go have it. The official Python SDK lists all headers that it sets.
#[must_use]
pub fn request(
    mut request: HttpRequest,
    endpoint: &Endpoint,
    credentials: &Credentials,
    algorithm: Algorithm,
    signed_headers: Option<&[String]>,
    stamp: &SigningContext,
) -> SignedRequest {
    request.remove("authorization");
    request.put_if_absent("host", endpoint.host());
    request.put_if_absent(NONCE, &stamp.nonce);
    if let Some(token) = credentials.security_token() {
        request.put_if_absent("x-acs-accesskey-id", credentials.access_key_id());
        request.put_if_absent(SECURITY_TOKEN, token);
    }
    let stages = if algorithm == Algorithm::RoaHmacSha1 {
        roa::add_signature(&mut request, credentials, stamp)
    } else {
        acs3::add_signature(&mut request, credentials, algorithm, signed_headers, stamp)
    };
    let url = endpoint.url(&request);
    request.add("authorization", &stages.authorization);
    SignedRequest {
        method: request.method,
        url,
        headers: request.headers,
        body: request.body,
        canonical_request: stages.canonical_request,
        string_to_sign: stages.string_to_sign,
        signature: stages.signature,
        authorization: stages.authorization,
    }
}
