//! What stands in front of the service: who asks, when, and is it really them. Codes and texts: `api-facts` section 6.

mod nonces;

use std::sync::{Mutex, PoisonError};

use havenask_core::{
    Algorithm, Credentials, Timestamp,
    operation::API_VERSION,
    sign::{HttpRequest, acs3, roa},
    verify::{Authorization, Reason, Verification, verify},
};

use self::nonces::Nonces;
use crate::refusal::Refusal;

/// How far a date may be off, in seconds: 15 minutes.
const WINDOW: i64 = 15 * 60;

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
        let algorithm = self.check_key(request)?;
        let date = check_date(request, algorithm, now)?;
        let verification = verify(request, &self.credentials);
        if let Some(reason) = verification.reason {
            return Err(unsigned(reason, &verification));
        }
        self.check_nonce(request, date, now)
    }

    fn check_key(&self, request: &HttpRequest) -> Result<Algorithm, Refusal> {
        let header = request.header("authorization").ok_or_else(|| mandatory("Authorization"))?;
        let authorization = Authorization::parse(header)
            .map_err(|reason| unsigned(reason, &verify(request, &self.credentials)))?;
        if authorization.access_key_id == self.credentials.access_key_id() {
            Ok(authorization.algorithm)
        } else {
            Err(unknown_key())
        }
    }

    fn check_nonce(&self, request: &HttpRequest, date: i64, now: i64) -> Result<(), Refusal> {
        let nonce = required(request, "x-acs-signature-nonce", "SignatureNonce")?;
        // After this moment the date itself is refused.
        let last = date + WINDOW;
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        if nonces.admit(nonce, last, now) {
            return Ok(());
        }
        let message = "Specified signature nonce was used already.";
        Err(Refusal::gateway(400, "SignatureNonceUsed", message))
    }
}

fn check_action(request: &HttpRequest, action: &str) -> Result<(), Refusal> {
    // pop-core does not send it.
    if request.header("x-acs-action").is_none_or(|stated| stated == action) {
        return Ok(());
    }
    let message = "Specified api is not found, please check your url and method.";
    Err(Refusal::gateway(404, "InvalidAction.NotFound", message))
}

fn check_version(request: &HttpRequest) -> Result<(), Refusal> {
    if required(request, "x-acs-version", "Version")? == API_VERSION {
        return Ok(());
    }
    let message = "Specified parameter Version is not valid.";
    Err(Refusal::gateway(400, "InvalidVersion", message))
}

/// The date, in the one form that the algorithm documents.
fn check_date(request: &HttpRequest, algorithm: Algorithm, now: i64) -> Result<i64, Refusal> {
    let (header, write): (_, fn(Timestamp) -> String) = match algorithm {
        Algorithm::RoaHmacSha1 => (roa::DATE, Timestamp::http),
        _ => (acs3::DATE, Timestamp::iso),
    };
    let text = request.header(header).unwrap_or_default();
    let date = Timestamp::parse(text).filter(|date| write(*date) == text).ok_or_else(|| {
        Refusal::gateway(
            400,
            "InvalidTimeStamp.Format",
            "Specified time stamp or date value is not well formatted.",
        )
    })?;
    if (now - date.unix()).abs() <= WINDOW {
        return Ok(date.unix());
    }
    let message = "Specified time stamp or date value is expired.";
    Err(Refusal::gateway(400, "InvalidTimeStamp.Expired", message))
}

/// The value of a header; `parameter` is what the cloud calls it.
fn required<'a>(
    request: &'a HttpRequest,
    header: &str,
    parameter: &str,
) -> Result<&'a str, Refusal> {
    let value = request.header(header).filter(|value| !value.is_empty());
    value.ok_or_else(|| mandatory(parameter))
}

fn mandatory(parameter: &str) -> Refusal {
    let message = format!("{parameter} is mandatory for this action.");
    Refusal::gateway(400, "MissingParameter", message)
}

fn unknown_key() -> Refusal {
    Refusal::gateway(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
}

/// What the cloud says about a signature that is not right.
fn unsigned(reason: Reason, verification: &Verification) -> Refusal {
    let incomplete = |hint: &str| {
        let message = format!("The request signature does not conform to Aliyun standards. {hint}");
        Refusal::gateway(400, "IncompleteSignature", message)
    };
    match reason {
        Reason::AuthorizationMissing => mandatory("Authorization"),
        Reason::AuthorizationMalformed => incomplete(
            "Write Authorization as <algorithm> Credential=<id>,SignedHeaders=<names>,Signature=<hex>, or as acs <id>:<base64>.",
        ),
        Reason::HeaderNotSigned => {
            incomplete("SignedHeaders must name host, content-type and every x-acs-* header.")
        }
        Reason::HeaderMissing => incomplete("SignedHeaders names a header that was not sent."),
        Reason::AlgorithmNotSupported => {
            let message = "Specified signature method is not valid.";
            Refusal::gateway(400, "InvalidSignatureMethod", message)
        }
        Reason::AccessKeyDiffers => unknown_key(),
        Reason::SecurityTokenDiffers => Refusal::gateway(
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            "Specified SecurityToken mismatch with the AccessKey.",
        ),
        Reason::ContentMd5Differs => Refusal::gateway(
            400,
            "ContentMD5NotMatched",
            "The specified content md5 is not matched with the body.",
        ),
        Reason::ContentHashDiffers | Reason::SignatureDiffers => {
            Refusal::gateway(400, "SignatureDoesNotMatch", own_calculation(verification))
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
