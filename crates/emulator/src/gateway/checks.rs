//! Checks of a request, in the order of the cloud's gateway. Codes and messages: `error/codes.rs`.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

use havenask_core::{
    Algorithm, Credentials, Timestamp,
    sign::{ACTION, DATE_WINDOW, HttpRequest, NONCE, SECURITY_TOKEN, VERSION, acs3, roa},
    verify::{Authorization, Reason, Verification, verify},
};

use super::{
    magic_values,
    nonces::{GENERATION, Nonces},
    rpc::RpcSignature,
    security_token,
};
use crate::{
    caller::{AssumedRole, Caller},
    error::{ApiError, codes},
    operation::ApiOperation,
    temporary_credentials::TemporaryCredentials,
};

/// Gateway with one pair of credentials, and those that the emulator has handed out.
#[derive(Debug)]
pub(crate) struct Gateway {
    credentials: Credentials,
    temporary_credentials: Arc<TemporaryCredentials>,
    nonces: Mutex<Nonces>,
}

/// Credentials of a request, and whom they make the caller.
struct Known<'a> {
    credentials: Cow<'a, Credentials>,
    caller: Caller,
}

impl Gateway {
    pub(crate) fn new(
        credentials: Credentials,
        temporary_credentials: Arc<TemporaryCredentials>,
    ) -> Self {
        Self { credentials, temporary_credentials, nonces: Mutex::new(Nonces::new(GENERATION)) }
    }

    /// Authenticates a request of this operation, and returns its caller.
    pub(crate) fn authenticate(
        &self,
        request: &HttpRequest,
        operation: &ApiOperation,
        now: i64,
    ) -> Result<Caller, ApiError> {
        if let Some(signed) = RpcSignature::of(request, operation)? {
            return self.authenticate_rpc(&signed, operation, now);
        }
        // pop-core does not send the action.
        if request.header(ACTION).is_some_and(|stated| stated != operation.action) {
            return Err(codes::ACTION_NOT_FOUND.into());
        }
        if required(request, VERSION, "Version")? != operation.product.version {
            return Err(codes::VERSION.into());
        }
        let (algorithm, Known { credentials, caller }) = self.check_credentials(request, now)?;
        check_date(request, algorithm, now)?;
        security_token::check(request.header(SECURITY_TOKEN), &credentials)?;
        let verification = verify(request, &credentials);
        if let Some(reason) = verification.reason {
            return Err(signature_error(reason, &verification));
        }
        match required(request, NONCE, "SignatureNonce") {
            // The legacy SDKs send none.
            Err(_) if algorithm == Algorithm::RoaHmacSha1 => {}
            nonce => self.check_nonce(nonce?)?,
        }
        Ok(caller)
    }

    /// Authenticates a request by the signature among its parameters.
    fn authenticate_rpc(
        &self,
        signed: &RpcSignature<'_>,
        operation: &ApiOperation,
        now: i64,
    ) -> Result<Caller, ApiError> {
        // The header that the operation was found by is not signed.
        if signed.parameter("Action")? != operation.action {
            return Err(codes::ACTION_NOT_FOUND.into());
        }
        if signed.parameter("Version")? != operation.product.version {
            return Err(codes::VERSION.into());
        }
        let token = signed.security_token();
        let access_key_id = signed.parameter("AccessKeyId")?;
        let Known { credentials, caller } = self.find_credentials(access_key_id, token, now)?;
        check_window(signed.parameter("Timestamp")?, Timestamp::iso, now)?;
        security_token::check(token, &credentials)?;
        signed.verify(&credentials)?;
        self.check_nonce(signed.parameter("SignatureNonce")?)?;
        Ok(caller)
    }

    fn check_credentials(
        &self,
        request: &HttpRequest,
        now: i64,
    ) -> Result<(Algorithm, Known<'_>), ApiError> {
        let header =
            request.header("authorization").ok_or_else(|| ApiError::missing("Authorization"))?;
        let Authorization { algorithm, access_key_id, .. } = Authorization::parse(header)
            .map_err(|reason| signature_error(reason, &verify(request, &self.credentials)))?;
        let token = request.header(SECURITY_TOKEN);
        Ok((algorithm, self.find_credentials(access_key_id, token, now)?))
    }

    fn find_credentials(
        &self,
        access_key_id: &str,
        token: Option<&str>,
        now: i64,
    ) -> Result<Known<'_>, ApiError> {
        if access_key_id == magic_values::INACTIVE_KEY {
            return Err(codes::KEY_INACTIVE.into());
        }
        if access_key_id.starts_with(magic_values::TEMPORARY_KEY) {
            security_token::require(token)?;
        }
        let own = self.credentials.access_key_id();
        if access_key_id == own {
            // An id of its own credentials may be temporary.
            let credentials = Cow::Borrowed(&self.credentials);
            let caller =
                if own.starts_with(magic_values::TEMPORARY_KEY) { role() } else { Caller::user() };
            Ok(Known { credentials, caller })
        } else if let Some(issued) = self.temporary_credentials.find(access_key_id) {
            if issued.expires_at <= now {
                return Err(codes::TOKEN_EXPIRED.into());
            }
            Ok(Known { credentials: Cow::Owned(issued.credentials), caller: issued.caller })
        } else if access_key_id.strip_prefix(magic_values::TEMPORARY_KEY) == Some(own) {
            let secret = self.credentials.access_key_secret();
            let credentials = Cow::Owned(Credentials::new(access_key_id, secret));
            Ok(Known { credentials, caller: role() })
        } else {
            Err(codes::KEY_NOT_FOUND.into())
        }
    }

    fn check_nonce(&self, nonce: &str) -> Result<(), ApiError> {
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        if nonces.insert(nonce) { Ok(()) } else { Err(codes::NONCE_USED.into()) }
    }
}

/// The role of the emulator's own temporary AccessKey.
fn role() -> Caller {
    let role =
        AssumedRole { name: "emulated-role".to_owned(), session: "emulated-session".to_owned() };
    Caller { role: Some(role), ..Caller::user() }
}

/// Checks the date: it must have the form that the algorithm documents.
fn check_date(request: &HttpRequest, algorithm: Algorithm, now: i64) -> Result<(), ApiError> {
    let (header, write): (_, fn(Timestamp) -> String) = match algorithm {
        Algorithm::RoaHmacSha1 => (roa::DATE, Timestamp::http),
        _ => (acs3::DATE, Timestamp::iso),
    };
    check_window(request.header(header).unwrap_or_default(), write, now)
}

/// Checks that a date has its form, and is not far from now.
fn check_window(text: &str, write: fn(Timestamp) -> String, now: i64) -> Result<(), ApiError> {
    let date = Timestamp::parse(text).filter(|date| write(*date) == text);
    let date = date.ok_or(codes::TIME_FORMAT)?;
    if (now - date.unix()).abs() <= DATE_WINDOW { Ok(()) } else { Err(codes::TIME_EXPIRED.into()) }
}

/// Value of a header; `parameter` is the cloud's name for it.
fn required<'a>(
    request: &'a HttpRequest,
    header: &str,
    parameter: &str,
) -> Result<&'a str, ApiError> {
    let value = request.header(header).filter(|value| !value.is_empty());
    value.ok_or_else(|| ApiError::missing(parameter))
}

/// Error of an invalid signature, in the words of the cloud.
fn signature_error(reason: Reason, verification: &Verification) -> ApiError {
    let incomplete = |hint: &str| {
        let message = format!("The request signature does not conform to Aliyun standards. {hint}");
        ApiError::with_message(codes::SIGNATURE_INCOMPLETE, message)
    };
    match reason {
        Reason::AuthorizationMissing => ApiError::missing("Authorization"),
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
            ApiError::with_message(codes::SIGNATURE_DIFFERS, calculated_stages(verification))
        }
    }
}

/// Message with the stages as the server computes them, for the caller to compare. Their `Display` hides an STS token.
fn calculated_stages(verification: &Verification) -> String {
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
