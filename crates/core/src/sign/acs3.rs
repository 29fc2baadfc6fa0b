//! `ACS3-HMAC-SHA256`, signature V3 ("Request syntax and signature method V3").

use alloc::{string::String, vec::Vec};

use super::{
    algorithm::Algorithm,
    canonical,
    context::SigningContext,
    digest,
    stage::{CanonicalRequest, Signature, Stages, StringToSign},
};
use crate::{
    Credentials,
    http_request::HttpRequest,
    percent,
    sorted::Pair,
    strings::{concat, join, replace, split},
};

/// The header that holds the hash of the body; `ACS3-HMAC-SM3` uses it too.
pub const CONTENT_HASH: &str = "x-acs-content-sha256";
/// The header that holds the date.
pub const DATE: &str = "x-acs-date";

pub(super) fn add_signature(
    request: &mut HttpRequest,
    credentials: &Credentials,
    algorithm: Algorithm,
    signed_headers: Option<&[String]>,
    stamp: &SigningContext,
) -> Stages {
    let content_hash = content_hash(algorithm, &request.body);
    request.put_if_absent(DATE, &stamp.date.iso());
    request.put(CONTENT_HASH, &content_hash);
    let signed_headers = list(request, signed_headers);
    let canonical_request =
        canonical_request(request, &signed_headers, &content_hash, SdkQuirks::default());
    let string_to_sign = string_to_sign(algorithm, &canonical_request);
    let signature = signature(algorithm, credentials, &string_to_sign);
    let authorization = concat(&[
        algorithm.as_str(),
        " Credential=",
        credentials.access_key_id(),
        ",SignedHeaders=",
        &signed_headers,
        ",Signature=",
        &signature.0,
    ]);
    Stages { canonical_request: Some(canonical_request), string_to_sign, signature, authorization }
}

/// The points on which the official SDKs differ from the documents; a verifier must accept both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SdkQuirks {
    /// Python, Node and Go write the names of the query as they are; the documents and Java encode them.
    pub(crate) raw_names: bool,
    /// Node encodes the `+` and `*` of a path that Python signs as it is sent.
    pub(crate) encoded_path: bool,
}

/// Recognises a header that must be signed, its name in lower case: `host`, `content-type` and every `x-acs-*`.
pub(crate) fn must_be_signed(name: &str) -> bool {
    name == "host" || name == "content-type" || canonical::is_acs_header(name)
}

/// `signed_headers` is the list as it stands in the `authorization` header.
pub(crate) fn canonical_request(
    request: &HttpRequest,
    signed_headers: &str,
    content_hash: &str,
    variant: SdkQuirks,
) -> CanonicalRequest {
    let mut text = String::with_capacity(1024);
    text.push_str(&request.method);
    text.push('\n');
    if variant.encoded_path {
        text.push_str(&encoded_again(request.path()));
    } else {
        text.push_str(request.path());
    }
    text.push('\n');
    for (index, (name, value)) in canonical::sorted_query(&request.query).into_iter().enumerate() {
        if index > 0 {
            text.push('&');
        }
        if variant.raw_names {
            text.push_str(name);
        } else {
            percent::encode(&mut text, name);
        }
        text.push('=');
        percent::encode(&mut text, value);
    }
    text.push('\n');
    let mut values = Vec::new();
    for name in split(signed_headers, ";") {
        if name.is_empty() {
            continue;
        }
        text.push_str(name);
        text.push(':');
        canonical::values(&mut values, request, name);
        for (index, (value, _)) in values.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(value);
        }
        text.push('\n');
    }
    text.push('\n');
    text.push_str(signed_headers);
    text.push('\n');
    text.push_str(content_hash);
    CanonicalRequest(text)
}

pub(crate) fn string_to_sign(algorithm: Algorithm, request: &CanonicalRequest) -> StringToSign {
    let hash = digest::hash(algorithm, request.0.as_bytes());
    StringToSign(concat(&[algorithm.as_str(), "\n", &hash]))
}

pub(crate) fn signature(
    algorithm: Algorithm,
    credentials: &Credentials,
    string_to_sign: &StringToSign,
) -> Signature {
    Signature(digest::hmac(algorithm, credentials.access_key_secret(), &string_to_sign.0))
}

pub(crate) fn content_hash(algorithm: Algorithm, body: &[u8]) -> String {
    digest::hash(algorithm, body)
}

/// A path as Node encodes it once more.
fn encoded_again(path: &str) -> String {
    replace(&replace(&replace(path, "+", "%20"), "*", "%2A"), "%7E", "~")
}

/// The list of the headers that are signed: the given ones, or those that must be.
fn list(request: &HttpRequest, given: Option<&[String]>) -> String {
    let Some(given) = given else {
        let names = canonical::names(request);
        return join_names(&canonical::sorted_names(&names, must_be_signed));
    };
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let names = join(&given, "\n").to_ascii_lowercase();
    join_names(&canonical::sorted_names(&names, |_| true))
}

fn join_names(names: &[Pair<'_>]) -> String {
    let mut list = String::with_capacity(128);
    for (index, (name, _)) in names.iter().enumerate() {
        if index > 0 {
            list.push(';');
        }
        list.push_str(name);
    }
    list
}
