//! Signing of requests. `CanonicalRequest → StringToSign → Signature → SignedRequest`: each stage is a value of its
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
mod algorithm;
mod canonical;
mod context;
mod digest;
pub mod roa;
pub mod sendable;
mod signed_request;
mod signer;
mod stage;

pub use self::{
    algorithm::Algorithm,
    context::{DATE_WINDOW, SigningContext, nonce},
    signed_request::SignedRequest,
    signer::{operation, request},
    stage::{CanonicalRequest, Signature, StringToSign},
};
pub(crate) use self::{canonical::names, digest::constant_time_eq};
pub use crate::http_request::{ACTION, HttpRequest, NONCE, SECURITY_TOKEN, VERSION};
