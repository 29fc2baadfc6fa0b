//! How a request is sealed. `CanonicalRequest → StringToSign → Signature → SignedRequest`: each stage is a value of its
//! own, so that it can be shown and compared with what the cloud says it has computed.
//!
//! [`operation`] signs a call of this API, [`request`] any call of a ROA-style one:
//!
//! ```
//! use havenask_core::{
//!     Algorithm, Credentials, Endpoint, SigningContext, Timestamp,
//!     sign::{self, HttpRequest},
//! };
//!
//! let request = HttpRequest {
//!     method: "GET".into(),
//!     path: "/clusters".into(),
//!     query: vec![("name".into(), "search 1".into())],
//!     headers: vec![
//!         ("x-acs-action".into(), "DescribeClusters".into()),
//!         ("x-acs-version".into(), "2015-12-15".into()),
//!     ],
//!     ..HttpRequest::default()
//! };
//! let stamp = SigningContext { date: Timestamp::from_unix(1_772_352_000), nonce: sign::nonce(&[7; 16]) };
//! let signed = sign::request(
//!     request,
//!     &Endpoint::parse("cs.cn-hangzhou.aliyuncs.com").ok_or("no endpoint")?,
//!     &Credentials::new("testid", "testsecret"),
//!     Algorithm::Acs3HmacSha256,
//!     None,
//!     &stamp,
//! );
//! assert_eq!(signed.url, "https://cs.cn-hangzhou.aliyuncs.com/clusters?name=search%201");
//! assert!(signed.string_to_sign.as_str().starts_with("ACS3-HMAC-SHA256\n"));
//! assert!(signed.authorization.contains("SignedHeaders=host;x-acs-action;"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod acs3;
pub mod canonical;
pub(crate) mod digest;
pub mod roa;
pub mod sendable;
mod stage;

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

pub use stage::{CanonicalRequest, Signature, StringToSign};

use crate::{
    Credentials, Endpoint, FromValue, Schema, Timestamp, Value,
    json::enum_index,
    operation::{CONTENT_TYPE, Operation},
    percent,
    strings::concat,
};

/// The header that names the operation.
pub const ACTION: &str = "x-acs-action";
/// The header that names the version of the API.
pub const VERSION: &str = "x-acs-version";
/// The header that holds a number used once.
pub const NONCE: &str = "x-acs-signature-nonce";
/// The header that holds the token of an STS credential.
pub const SECURITY_TOKEN: &str = "x-acs-security-token";

/// Seconds that the date of a request may be off the cloud's clock, to either side; beyond it, the cloud answers
/// `InvalidTimeStamp.Expired`. The pages on both signatures name 15 minutes.
pub const DATE_WINDOW: i64 = 15 * 60;

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Algorithm {
    /// Signature V3, the default of the current official SDKs, and the only one that a page can send.
    #[default]
    #[serde(rename = "ACS3-HMAC-SHA256")]
    Acs3HmacSha256,
    /// The ROA signature that newer documents call V2 and discontinued. It needs the header `date`, which `fetch` does
    /// not let a page set.
    #[serde(rename = "ROA-HMAC-SHA1", alias = "HMAC-SHA1")]
    RoaHmacSha1,
    /// Signature V3 with the Chinese national hash.
    #[cfg(feature = "sm3")]
    #[serde(rename = "ACS3-HMAC-SM3")]
    Acs3HmacSm3,
}

/// Any HTTP request to the API, on either side of the wire.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method, in capitals.
    pub method: String,
    /// The path as it is sent: percent-encoded.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// Names and values, `host` among them.
    pub headers: Vec<(String, String)>,
    /// The body as it is sent; empty when there is none.
    pub body: Vec<u8>,
}

/// What makes a request this one and no other: when it was signed, and a number used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningContext {
    /// The date, no further than [`DATE_WINDOW`] from the cloud's own.
    pub date: Timestamp,
    /// The nonce, 32 hexadecimal digits in the official SDKs. The cloud accepts each only once.
    pub nonce: String,
}

/// A nonce of the form that the official SDKs use, from bytes that nobody can guess.
#[must_use]
pub fn nonce(random: &[u8; 16]) -> String {
    digest::hex(random)
}

/// A request that the cloud accepts.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedRequest {
    /// The HTTP method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Names and values, `authorization` among them.
    pub headers: Vec<(String, String)>,
    /// The body; empty when there is none.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub body: Vec<u8>,
    /// What was hashed. Absent for ROA, which has no such stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<CanonicalRequest>,
    /// What was signed.
    pub string_to_sign: StringToSign,
    /// The signature.
    pub signature: Signature,
    /// The header `authorization`.
    pub authorization: String,
}

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
    let mut url = concat(&[endpoint.scheme(), "://", endpoint.host(), request.path()]);
    percent::push_query(&mut url, &request.query);
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

/// What the two algorithms have in common to hand back.
struct Stages {
    canonical_request: Option<CanonicalRequest>,
    string_to_sign: StringToSign,
    signature: Signature,
    authorization: String,
}

impl HttpRequest {
    /// The value of the first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The path, `/` when it is empty.
    #[must_use]
    pub fn path(&self) -> &str {
        if self.path.is_empty() { "/" } else { &self.path }
    }

    fn put_if_absent(&mut self, name: &str, value: &str) {
        if self.header(name).is_none() {
            self.add(name, value);
        }
    }

    fn put(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.add(name, value);
    }

    fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }
}

/// The words of [`Algorithm`]; documents call the older signature by two names.
const WORDS: &[&str] = &[
    "ACS3-HMAC-SHA256",
    "ROA-HMAC-SHA1",
    "HMAC-SHA1",
    #[cfg(feature = "sm3")]
    "ACS3-HMAC-SM3",
];

impl FromValue for Algorithm {
    const SCHEMA: &'static Schema = &Schema::Enum(WORDS);

    fn from_checked(value: &Value<'_>) -> Self {
        match enum_index(value, WORDS) {
            1 | 2 => Self::RoaHmacSha1,
            #[cfg(feature = "sm3")]
            3 => Self::Acs3HmacSm3,
            _ => Self::Acs3HmacSha256,
        }
    }
}

impl Algorithm {
    /// Its name: what V3 writes in front of the `authorization` header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acs3HmacSha256 => "ACS3-HMAC-SHA256",
            Self::RoaHmacSha1 => "ROA-HMAC-SHA1",
            #[cfg(feature = "sm3")]
            Self::Acs3HmacSm3 => "ACS3-HMAC-SM3",
        }
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // With its signature, anybody could send the request.
        let secret = |name: &str| {
            [SECURITY_TOKEN, "authorization"].iter().any(|it| name.eq_ignore_ascii_case(it))
        };
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| (name, if secret(name) { "***" } else { value }));
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers.collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Debug for SignedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SignedRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("string_to_sign", &self.string_to_sign)
            .finish_non_exhaustive()
    }
}
