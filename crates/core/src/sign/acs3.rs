//! `ACS3-HMAC-SHA256`, signature V3 ("Request syntax and signature method V3").

use alloc::{string::String, vec::Vec};

use super::{
    Algorithm, CanonicalRequest, HttpRequest, Signature, Stages, Stamp, StringToSign, canonical,
    digest,
};
use crate::{
    Credentials,
    order::sorted,
    text::{concat, join, split},
};

/// The header that holds the hash of the body; `ACS3-HMAC-SM3` uses it too.
pub const CONTENT_HASH: &str = "x-acs-content-sha256";
/// The header that holds the date.
pub const DATE: &str = "x-acs-date";

pub(super) fn seal(
    request: &mut HttpRequest,
    credentials: &Credentials,
    algorithm: Algorithm,
    signed_headers: Option<&[String]>,
    stamp: &Stamp,
) -> Stages {
    let content_hash = content_hash(algorithm, &request.body);
    request.put_if_absent(DATE, &stamp.date.iso());
    request.put(CONTENT_HASH, &content_hash);
    let signed_headers = match signed_headers {
        Some(names) => list(names.iter().map(|name| name.to_ascii_lowercase())),
        None => list(must_be_signed(request)),
    };
    let canonical_request =
        canonical_request(request, &signed_headers, &content_hash, Variant::default());
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
pub(crate) struct Variant {
    /// Python, Node and Go write the names of the query as they are; the documents and Java encode them.
    pub(crate) raw_names: bool,
    /// Node encodes the `+` and `*` of a path that Python signs as it is sent.
    pub(crate) encoded_path: bool,
}

/// Lower-case names of the headers that must be signed: `host`, `content-type` and every `x-acs-*`.
pub(crate) fn must_be_signed(request: &HttpRequest) -> impl Iterator<Item = String> {
    request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| name == "host" || name == "content-type" || name.starts_with("x-acs-"))
}

/// `signed_headers` is the list as it stands in the `authorization` header.
pub(crate) fn canonical_request(
    request: &HttpRequest,
    signed_headers: &str,
    content_hash: &str,
    variant: Variant,
) -> CanonicalRequest {
    let mut text = String::with_capacity(1024);
    text.push_str(&request.method);
    text.push('\n');
    if variant.encoded_path {
        push_encoded_path(&mut text, request.path());
    } else {
        text.push_str(request.path());
    }
    text.push('\n');
    let pairs = canonical::by_name(&request.query);
    if variant.raw_names {
        canonical::pairs(&mut text, pairs, String::push_str);
    } else {
        canonical::pairs(&mut text, pairs, canonical::encode);
    }
    text.push('\n');
    for name in split(signed_headers, ";").filter(|name| !name.is_empty()) {
        text.push_str(name);
        text.push(':');
        push_values(&mut text, request, name);
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
fn push_encoded_path(text: &mut String, path: &str) {
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        let (written, length) = match c {
            '+' => ("%20", 1),
            '*' => ("%2A", 1),
            '%' if rest.starts_with("%7E") => ("~", 3),
            _ => ("", c.len_utf8()),
        };
        let (read, after) = rest.split_at(length);
        text.push_str(if written.is_empty() { read } else { written });
        rest = after;
    }
}

/// The trimmed values of a header; several of one name sorted and joined with a comma.
fn push_values(text: &mut String, request: &HttpRequest, name: &str) {
    let values = || {
        let same = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        request.headers.iter().filter(same).map(|(_, value)| value.trim_ascii())
    };
    if values().nth(1).is_none() {
        return text.push_str(values().next().unwrap_or_default());
    }
    text.push_str(&join(&sorted(values(), Ord::cmp), ","));
}

fn list(names: impl Iterator<Item = String>) -> String {
    let mut names = sorted(names, Ord::cmp);
    names.dedup();
    join(&names.iter().map(String::as_str).collect::<Vec<_>>(), ";")
}
