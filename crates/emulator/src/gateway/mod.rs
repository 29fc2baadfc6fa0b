//! What stands in front of the service: who asks, when, and is it really them. Codes and texts: `refusal/codes.rs`.

mod nonces;
mod token;

use std::{
    borrow::Cow,
    sync::{Mutex, PoisonError},
};

use havenask_core::{
    Algorithm, Credentials, Timestamp,
    operation::API_VERSION,
    sign::{ACTION, DATE_WINDOW, HttpRequest, NONCE, VERSION, acs3, roa},
    verify::{Authorization, Reason, Verification, verify},
};

use self::nonces::Nonces;
use crate::refusal::{Refusal, codes};

/// Keys and tokens that are refused, so that one can see how that looks: conventions of the emulator, not of the cloud.
pub mod convention {
    /// The id of an access key that is switched off: `InvalidAccessKeyId.Inactive`.
    pub const INACTIVE_KEY: &str = "disabled";
    /// Ids of temporary keys begin so, as in the cloud; they are nothing without their token: `MissingSecurityToken`. Before the
    /// id of the emulator's own key, it is a temporary key with the same secret and any token.
    pub const TEMPORARY_KEY: &str = "STS.";
    /// A token that was valid once: `InvalidSecurityToken.Expired`.
    pub const EXPIRED_TOKEN: &str = "expired-token";
    /// A token that never was one: `InvalidSecurityToken.Malformed`.
    pub const MALFORMED_TOKEN: &str = "malformed-token";
    /// The token of another key: `InvalidSecurityToken.MismatchWithAccessKey`.
    pub const FOREIGN_TOKEN: &str = "foreign-token";
}

/// The gateway, with the one key that it knows.
#[derive(Debug)]
pub(crate) struct Gateway {
    credentials: Credentials,
    nonces: Mutex<Nonces>,
}

impl Gateway {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self { credentials, nonces: Mutex::default() }
    }

    /// Lets a request in that asks for this action, or says why not.
    pub(crate) fn admit(
        &self,
        request: &HttpRequest,
        action: &str,
        now: i64,
    ) -> Result<(), Refusal> {
        check_action(request, action)?;
        check_version(request)?;
        let (algorithm, credentials) = self.check_key(request)?;
        check_date(request, algorithm, now)?;
        token::check(request, &credentials)?;
        let verification = verify(request, &credentials);
        if let Some(reason) = verification.reason {
            return Err(unsigned(reason, &verification));
        }
        self.check_nonce(request, algorithm)
    }

    fn check_key(
        &self,
        request: &HttpRequest,
    ) -> Result<(Algorithm, Cow<'_, Credentials>), Refusal> {
        let header =
            request.header("authorization").ok_or_else(|| Refusal::missing("Authorization"))?;
        let Authorization { algorithm, access_key_id, .. } = Authorization::parse(header)
            .map_err(|reason| unsigned(reason, &verify(request, &self.credentials)))?;
        if access_key_id == convention::INACTIVE_KEY {
            return Err(codes::KEY_INACTIVE.into());
        }
        if access_key_id.starts_with(convention::TEMPORARY_KEY) {
            token::must_be_there(request)?;
        }
        let own = self.credentials.access_key_id();
        if access_key_id == own {
            Ok((algorithm, Cow::Borrowed(&self.credentials)))
        } else if access_key_id.strip_prefix(convention::TEMPORARY_KEY) == Some(own) {
            let secret = self.credentials.access_key_secret();
            Ok((algorithm, Cow::Owned(Credentials::new(access_key_id, secret))))
        } else {
            Err(codes::KEY_NOT_FOUND.into())
        }
    }

    /// The legacy SDKs send none with a ROA signature, where it is optional.
    fn check_nonce(&self, request: &HttpRequest, algorithm: Algorithm) -> Result<(), Refusal> {
        let nonce = match required(request, NONCE, "SignatureNonce") {
            Err(_) if algorithm == Algorithm::RoaHmacSha1 => return Ok(()),
            nonce => nonce?,
        };
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        if nonces.admit(nonce) { Ok(()) } else { Err(codes::NONCE_USED.into()) }
    }
}

fn check_action(request: &HttpRequest, action: &str) -> Result<(), Refusal> {
    // pop-core does not send it.
    if request.header(ACTION).is_none_or(|stated| stated == action) {
        return Ok(());
    }
    Err(codes::ACTION_NOT_FOUND.into())
}

fn check_version(request: &HttpRequest) -> Result<(), Refusal> {
    if required(request, VERSION, "Version")? == API_VERSION {
        return Ok(());
    }
    Err(codes::VERSION.into())
}

/// The date, in the one form that the algorithm documents.
fn check_date(request: &HttpRequest, algorithm: Algorithm, now: i64) -> Result<(), Refusal> {
    let (header, write): (_, fn(Timestamp) -> String) = match algorithm {
        Algorithm::RoaHmacSha1 => (roa::DATE, Timestamp::http),
        _ => (acs3::DATE, Timestamp::iso),
    };
    let text = request.header(header).unwrap_or_default();
    let date = Timestamp::parse(text).filter(|date| write(*date) == text);
    let date = date.ok_or(codes::TIME_FORMAT)?;
    if (now - date.unix()).abs() <= DATE_WINDOW { Ok(()) } else { Err(codes::TIME_EXPIRED.into()) }
}

/// The value of a header; `parameter` is what the cloud calls it.
fn required<'a>(
    request: &'a HttpRequest,
    header: &str,
    parameter: &str,
) -> Result<&'a str, Refusal> {
    let value = request.header(header).filter(|value| !value.is_empty());
    value.ok_or_else(|| Refusal::missing(parameter))
}

/// What the cloud says about a signature that is not right.
fn unsigned(reason: Reason, verification: &Verification) -> Refusal {
    let incomplete = |hint: &str| {
        let message = format!("The request signature does not conform to Aliyun standards. {hint}");
        Refusal::saying(codes::SIGNATURE_INCOMPLETE, message)
    };
    match reason {
        Reason::AuthorizationMissing => Refusal::missing("Authorization"),
        Reason::AuthorizationMalformed => incomplete(
            "Write Authorization as <algorithm> Credential=<id>,SignedHeaders=<names>,Signature=<hex>, or as acs <id>:<base64>.",
        ),
        Reason::HeaderNotSigned => {
            incomplete("SignedHeaders must name host, content-type and every x-acs-* header.")
        }
        Reason::HeaderMissing => incomplete("SignedHeaders names a header that was not sent."),
        Reason::AlgorithmNotSupported => codes::SIGNATURE_METHOD.into(),
        Reason::AccessKeyDiffers => codes::KEY_NOT_FOUND.into(),
        Reason::SecurityTokenDiffers => codes::TOKEN_MISMATCH.into(),
        Reason::ContentMd5Differs => codes::CONTENT_MD5.into(),
        Reason::ContentHashDiffers | Reason::SignatureDiffers => {
            Refusal::saying(codes::SIGNATURE_DIFFERS, own_calculation(verification))
        }
    }
}

/// The stages as this side computes them, for the caller to compare. Their `Display` hides an STS token.
fn own_calculation(verification: &Verification) -> String {
    match (&verification.canonical_request, &verification.string_to_sign) {
        (Some(request), Some(text)) => format!(
            "Specified signature does not match our calculation. server StringToSign is [{text}] server CanonicalRequest is [{request}]"
        ),
        (None, Some(text)) => format!(
            "Specified signature is not matched with our calculation. server string to sign is:{text}"
        ),
        (_, None) => "Specified signature does not match our calculation.".to_owned(),
    }
}
