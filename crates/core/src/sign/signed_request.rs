//! A signed request, with the stages of its signature.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::Serialize;

use super::stage::{CanonicalRequest, Signature, StringToSign};

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
    /// Canonical request. Absent for ROA, which has no such stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<CanonicalRequest>,
    /// String to sign.
    pub string_to_sign: StringToSign,
    /// The signature.
    pub signature: Signature,
    /// The header `authorization`.
    pub authorization: String,
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
