//! The steps of [`crate::sign`] from the other side: is this request signed with that key, and if not, why not.
//!
//! ```
//! use havenask_core::{
//!     Algorithm, Credentials, Endpoint, SigningContext, Timestamp, operation,
//!     sign::{self, HttpRequest},
//!     verify::{Reason, verify},
//! };
//!
//! let keys = Credentials::new("testid", "testsecret");
//! let stamp = SigningContext { date: Timestamp::from_unix(1_772_352_000), nonce: sign::nonce(&[7; 16]) };
//! let signed = sign::operation(
//!     operation::get_instance("ha-cn-pl32rf0abcd"),
//!     &Endpoint::public("cn-hangzhou")?,
//!     &keys,
//!     Algorithm::Acs3HmacSha256,
//!     &stamp,
//! );
//! let mut arrived = HttpRequest {
//!     method: signed.method,
//!     path: "/openapi/ha3/instances/ha-cn-pl32rf0abcd".into(),
//!     headers: signed.headers,
//!     ..HttpRequest::default()
//! };
//! assert!(verify(&arrived, &keys).valid);
//!
//! arrived.path.push('e');
//! let found = verify(&arrived, &keys);
//! assert_eq!(found.reason, Some(Reason::SignatureDiffers));
//! // What the cloud should have computed, to be compared with what it says it has.
//! assert!(found.canonical_request.is_some_and(|it| it.as_str().starts_with("GET\n/openapi")));
//! # Ok::<(), havenask_core::UnknownRegion>(())
//! ```

use alloc::string::String;

use serde::Serialize;

use crate::{
    Algorithm, Credentials,
    http_request::{HttpRequest, SECURITY_TOKEN},
    json::ObjectWriter,
    json_enum,
    sign::{
        CanonicalRequest, Signature, StringToSign,
        acs3::{self, SdkQuirks},
        constant_time_eq, names,
        roa::{self, EmptyValue},
    },
    strings::{split, split_once},
};

/// The result of a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// True if the request is signed with the key.
    pub valid: bool,
    /// Why it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The canonical request as this side computes it; absent for ROA and for what could not be read so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<CanonicalRequest>,
    /// The string-to-sign as this side computes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string_to_sign: Option<StringToSign>,
}

json_enum! {
    /// Reason that a request is not signed with the key.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub enum Reason {
        /// There is no header `authorization`.
        AuthorizationMissing = "authorization-missing",
        /// The header `authorization` has neither the form of V3 nor that of ROA.
        AuthorizationMalformed = "authorization-malformed",
        /// The algorithm is none that is known here.
        AlgorithmNotSupported = "algorithm-not-supported",
        /// It was signed with another `AccessKey`.
        AccessKeyDiffers = "access-key-differs",
        /// The STS token is missing or another one.
        SecurityTokenDiffers = "security-token-differs",
        /// `host`, `content-type` or an `x-acs-*` header is not in `SignedHeaders`.
        HeaderNotSigned = "header-not-signed",
        /// A header of `SignedHeaders` is not in the request.
        HeaderMissing = "header-missing",
        /// The header `x-acs-content-sha256` is not the hash of the body.
        ContentHashDiffers = "content-hash-differs",
        /// The header `content-md5` is not that of the body.
        ContentMd5Differs = "content-md5-differs",
        /// Everything is in place, but the signature is another: other text or other secret.
        SignatureDiffers = "signature-differs",
    }
}

impl Verification {
    /// The verification as JSON, byte for byte what serde makes of it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        let mut found = ObjectWriter::open(&mut out);
        found.bool("valid", self.valid);
        found.optional("reason", self.reason.map(Reason::as_str));
        found.optional(
            "canonicalRequest",
            self.canonical_request.as_ref().map(CanonicalRequest::as_str),
        );
        found.optional("stringToSign", self.string_to_sign.as_ref().map(StringToSign::as_str));
        found.close();
        out
    }
}

/// The parts of an `authorization` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// By whom.
    pub access_key_id: &'a str,
    /// The list as it stands there; empty for ROA.
    pub signed_headers: &'a str,
    /// The signature.
    pub signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Takes the header apart.
    pub fn parse(header: &'a str) -> Result<Self, Reason> {
        if let Some(rest) = header.strip_prefix(roa::SCHEME) {
            let (access_key_id, signature) =
                split_once(rest, ":").ok_or(Reason::AuthorizationMalformed)?;
            let algorithm = Algorithm::RoaHmacSha1;
            return Ok(Self { algorithm, access_key_id, signed_headers: "", signature });
        }
        let (algorithm, rest) = split_once(header, " ").ok_or(Reason::AuthorizationMalformed)?;
        let algorithm = match algorithm {
            "ACS3-HMAC-SHA256" => Algorithm::Acs3HmacSha256,
            #[cfg(feature = "sm3")]
            "ACS3-HMAC-SM3" => Algorithm::Acs3HmacSm3,
            other if other.starts_with("ACS") => return Err(Reason::AlgorithmNotSupported),
            _ => return Err(Reason::AuthorizationMalformed),
        };
        let mut parts = split(rest, ",").map(str::trim_ascii_start);
        let mut part = |name: &str| {
            let value = parts.next().and_then(|part| part.strip_prefix(name));
            value.ok_or(Reason::AuthorizationMalformed)
        };
        let parsed = Self {
            algorithm,
            access_key_id: part("Credential=")?,
            signed_headers: part("SignedHeaders=")?,
            signature: part("Signature=")?,
        };
        if parts.next().is_some() { Err(Reason::AuthorizationMalformed) } else { Ok(parsed) }
    }
}

/// Looks whether a request is signed with these credentials, as the cloud would. Neither the date nor the nonce is judged:
/// that takes a clock and a memory.
///
/// Both forms are accepted in which the official SDKs and the documents differ: query names encoded or not, an empty ROA value
/// with or without `=`. A query name that holds `&`, `=` or `%` is accepted encoded only.
#[must_use]
pub fn verify(request: &HttpRequest, credentials: &Credentials) -> Verification {
    let mut stages = (None, None);
    let outcome = check(request, credentials, &mut stages);
    let (canonical_request, string_to_sign) = stages;
    Verification {
        valid: outcome.is_ok(),
        reason: outcome.err(),
        canonical_request,
        string_to_sign,
    }
}

type VerifiedStages = (Option<CanonicalRequest>, Option<StringToSign>);

fn check(
    request: &HttpRequest,
    credentials: &Credentials,
    stages: &mut VerifiedStages,
) -> Result<(), Reason> {
    let header = request.header("authorization").ok_or(Reason::AuthorizationMissing)?;
    let authorization = Authorization::parse(header)?;
    if authorization.access_key_id != credentials.access_key_id() {
        return Err(Reason::AccessKeyDiffers);
    }
    if let Some(token) = credentials.security_token()
        && !constant_time_eq(request.header(SECURITY_TOKEN).unwrap_or_default(), token)
    {
        return Err(Reason::SecurityTokenDiffers);
    }
    let check =
        if authorization.algorithm == Algorithm::RoaHmacSha1 { roa_fault } else { acs3_fault };
    check(request, credentials, &authorization, stages)
}

fn acs3_fault(
    request: &HttpRequest,
    credentials: &Credentials,
    authorization: &Authorization<'_>,
    stages: &mut VerifiedStages,
) -> Result<(), Reason> {
    let Authorization { algorithm, signed_headers, .. } = *authorization;
    let content_hash = acs3::content_hash(algorithm, &request.body);
    // Written as it is, a name that holds one of these marks can be read as another query, which somebody else has signed.
    let marked = |name: &str| name.bytes().any(|byte| matches!(byte, b'&' | b'=' | b'%'));
    let plain = !request.query.iter().any(|(name, _)| marked(name));
    let mut matches = false;
    for (raw_names, encoded_path) in [(false, false), (true, false), (false, true), (true, true)] {
        if raw_names && !plain {
            continue;
        }
        let variant = SdkQuirks { raw_names, encoded_path };
        let canonical = acs3::canonical_request(request, signed_headers, &content_hash, variant);
        let string_to_sign = acs3::string_to_sign(algorithm, &canonical);
        let signature = acs3::signature(algorithm, credentials, &string_to_sign);
        matches = is(&signature, authorization);
        // The documented form is shown unless another one is the right one.
        if matches || stages.0.is_none() {
            *stages = (Some(canonical), Some(string_to_sign));
        }
        if matches {
            break;
        }
    }
    let listed = |name: &str| split(signed_headers, ";").any(|listed| listed == name);
    let names = names(request);
    let unsigned = |name: &str| acs3::must_be_signed(name) && !listed(name);
    if !listed("host") || split(&names, "\n").any(unsigned) {
        return Err(Reason::HeaderNotSigned);
    }
    if split(signed_headers, ";").any(|name| request.header(name).is_none()) {
        return Err(Reason::HeaderMissing);
    }
    if request.header(acs3::CONTENT_HASH).is_some_and(|value| value.trim_ascii() != content_hash) {
        return Err(Reason::ContentHashDiffers);
    }
    if matches { Ok(()) } else { Err(Reason::SignatureDiffers) }
}

fn roa_fault(
    request: &HttpRequest,
    credentials: &Credentials,
    authorization: &Authorization<'_>,
    stages: &mut VerifiedStages,
) -> Result<(), Reason> {
    let mut matches = false;
    for empty_value in [EmptyValue::WithEquals, EmptyValue::NameOnly] {
        let string_to_sign = roa::string_to_sign(request, empty_value);
        matches = is(&roa::signature(credentials, &string_to_sign), authorization);
        if matches || stages.1.is_none() {
            stages.1 = Some(string_to_sign);
        }
        if matches {
            break;
        }
    }
    // Only pop-core computes this header; the newer SDKs sign whatever the caller put there. The MD5 of nothing in front of
    // a body that `content-type` announces is such a left-over: it covers no byte, just as no header at all does.
    let body_md5 = roa::content_md5(&request.body);
    let stated = request.header(roa::CONTENT_MD5).unwrap_or(&body_md5);
    let left_over = stated == roa::content_md5(b"") && request.header("content-type").is_some();
    if stated != body_md5 && !left_over {
        return Err(Reason::ContentMd5Differs);
    }
    if request.header("x-acs-signature-method").is_some_and(|method| method != roa::METHOD) {
        return Err(Reason::AlgorithmNotSupported);
    }
    if matches { Ok(()) } else { Err(Reason::SignatureDiffers) }
}

fn is(signature: &Signature, authorization: &Authorization<'_>) -> bool {
    constant_time_eq(signature.as_str(), authorization.signature)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A request with one query parameter, signed by somebody who writes its name in this way.
    fn signed(name: &str, raw_names: bool, credentials: &Credentials) -> HttpRequest {
        let algorithm = Algorithm::Acs3HmacSha256;
        let mut request = HttpRequest {
            method: "GET".into(),
            query: vec![(name.into(), "1".into())],
            headers: vec![("host".into(), "h".into())],
            ..HttpRequest::default()
        };
        let variant = SdkQuirks { raw_names, encoded_path: false };
        let hash = acs3::content_hash(algorithm, b"");
        let canonical = acs3::canonical_request(&request, "host", &hash, variant);
        let text = acs3::string_to_sign(algorithm, &canonical);
        let signature = acs3::signature(algorithm, credentials, &text);
        let authorization = alloc::format!(
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature={}",
            signature.as_str()
        );
        request.headers.push(("authorization".into(), authorization));
        request
    }

    #[test]
    fn a_name_of_the_query_is_signed_in_either_way_where_it_says_only_one_thing() {
        let credentials = Credentials::new("testid", "testsecret");
        for (name, raw) in [
            ("pageSize", true),
            ("Tag.1[key]", true),
            ("a b", true),
            ("搜索", true),
            ("a=1&b", false),
            ("a=", false),
            ("a%3D", false),
        ] {
            let valid = |raw_names| verify(&signed(name, raw_names, &credentials), &credentials);
            assert_eq!((valid(false).valid, valid(true).valid), (true, raw), "{name}");
        }
    }
}
