//! Tokens of temporary keys (STS).

use havenask_core::{
    Credentials,
    sign::{HttpRequest, SECURITY_TOKEN},
};

use super::convention;
use crate::refusal::{Refusal, codes};

/// A token is there.
pub(super) fn must_be_there(request: &HttpRequest) -> Result<(), Refusal> {
    let there = request.header(SECURITY_TOKEN).is_some_and(|token| !token.trim().is_empty());
    if there { Ok(()) } else { Err(codes::TOKEN_MISSING.into()) }
}

/// A token that is there is one, and belongs to a key that can have one; it is not one of those that are refused. Whether it is the right one is a matter of the signature,
/// and only where the emulator's own key has one: any other is taken for valid.
pub(super) fn check(request: &HttpRequest, own: &Credentials) -> Result<(), Refusal> {
    let is_temporary = own.access_key_id().starts_with(convention::TEMPORARY_KEY);
    if own.security_token().is_some() || request.header(SECURITY_TOKEN).is_some() {
        must_be_there(request)?;
    }
    match request.header(SECURITY_TOKEN) {
        Some(convention::EXPIRED_TOKEN) => Err(codes::TOKEN_EXPIRED.into()),
        Some(convention::MALFORMED_TOKEN) => Err(codes::TOKEN_MALFORMED.into()),
        Some(convention::FOREIGN_TOKEN) => Err(codes::TOKEN_MISMATCH.into()),
        // A key that lasts has no token.
        Some(_) if !is_temporary && own.security_token().is_none() => {
            Err(codes::TOKEN_MISMATCH.into())
        }
        _ => Ok(()),
    }
}
