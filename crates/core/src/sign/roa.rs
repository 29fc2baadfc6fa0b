//! The ROA signature, HMAC-SHA1 ("RPC and ROA styles"; its header calls it version 1.0, newer documents V2).

use alloc::{string::String, vec::Vec};

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};

use super::{
    canonical,
    context::SigningContext,
    digest,
    stage::{Signature, Stages, StringToSign},
};
use crate::{Credentials, http_request::HttpRequest, strings::concat};

/// The header that ties the body to the signature.
pub const CONTENT_MD5: &str = "content-md5";
/// The header that holds the date.
pub const DATE: &str = "date";
/// The prefix of the `AccessKey` in the `authorization` header.
pub(crate) const SCHEME: &str = "acs ";
/// The name of the algorithm in the header `x-acs-signature-method`.
pub(crate) const METHOD: &str = "HMAC-SHA1";

pub(super) fn add_signature(
    request: &mut HttpRequest,
    credentials: &Credentials,
    stamp: &SigningContext,
) -> Stages {
    request.put_if_absent(DATE, &stamp.date.http());
    // Without it the official Node package signs the word "undefined".
    request.put_if_absent("accept", "application/json");
    request.put_if_absent("x-acs-signature-method", METHOD);
    request.put_if_absent("x-acs-signature-version", "1.0");
    let string_to_sign = string_to_sign(request, EmptyValue::WithEquals);
    let signature = signature(credentials, &string_to_sign);
    let authorization = concat(&[SCHEME, credentials.access_key_id(), ":", &signature.0]);
    Stages { canonical_request: None, string_to_sign, signature, authorization }
}

/// The signed form of a query parameter without a value. All SDKs send `key=`; a verifier must accept both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmptyValue {
    /// `key=`, as the Node packages have it.
    WithEquals,
    /// `key`, as Python, Java and Go have it.
    NameOnly,
}

pub(crate) fn string_to_sign(request: &HttpRequest, empty_value: EmptyValue) -> StringToSign {
    let mut text = String::with_capacity(512);
    text.push_str(&request.method);
    for name in ["accept", CONTENT_MD5, "content-type", DATE] {
        text.push('\n');
        // As it comes over the wire: spaces at the ends are not sent.
        text.push_str(request.header(name).unwrap_or_default().trim_ascii());
    }
    text.push('\n');
    let names = canonical::names(request);
    let mut values = Vec::new();
    for (name, _) in canonical::sorted_names(&names, canonical::is_acs_header) {
        canonical::values(&mut values, request, name);
        for (value, _) in &values {
            text.push_str(name);
            text.push(':');
            for c in value.chars() {
                text.push(if matches!(c, '\t' | '\n' | '\r' | '\x0c') { ' ' } else { c });
            }
            text.push('\n');
        }
    }
    text.push_str(request.path());
    // Names and values as they are: a `&` in a value cannot be told from one between pairs.
    for (index, (name, value)) in canonical::sorted_query(&request.query).into_iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(name);
        if !value.is_empty() || empty_value == EmptyValue::WithEquals {
            text.push('=');
            text.push_str(value);
        }
    }
    StringToSign(text)
}

pub(crate) fn signature(credentials: &Credentials, string_to_sign: &StringToSign) -> Signature {
    let mac = digest::hmac_sha1(credentials.access_key_secret(), &string_to_sign.0);
    Signature(base64(&mac))
}

/// The Base64 of the MD5 of a body.
#[must_use]
pub fn content_md5(body: &[u8]) -> String {
    base64(&Md5::digest(body))
}

/// Of a hash, which has 20 bytes at most. `encode` itself would bring half of `core::fmt` with it.
fn base64(bytes: &[u8]) -> String {
    let mut letters = [0; 28];
    let length = STANDARD.encode_slice(bytes, &mut letters).unwrap_or_default();
    let mut text = String::with_capacity(length);
    for letter in letters.iter().take(length) {
        text.push(char::from(*letter));
    }
    text
}
