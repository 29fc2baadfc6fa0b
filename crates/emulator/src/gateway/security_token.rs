//! Security tokens of temporary credentials (STS).

use havenask_core::Credentials;

use super::magic_values;
use crate::error::{ApiError, codes};

/// Requires a token.
pub(super) fn require(token: Option<&str>) -> Result<(), ApiError> {
    let present = token.is_some_and(|token| !token.trim().is_empty());
    if present { Ok(()) } else { Err(codes::TOKEN_MISSING.into()) }
}

/// Checks that the token is not empty, belongs to temporary credentials, and has no fixed error. Its value is compared with the
/// signature, and only when the emulator's own credentials have a token: any other is valid.
pub(super) fn check(token: Option<&str>, own: &Credentials) -> Result<(), ApiError> {
    let is_temporary = own.access_key_id().starts_with(magic_values::TEMPORARY_KEY);
    if own.security_token().is_some() || token.is_some() {
        require(token)?;
    }
    match token {
        Some(magic_values::EXPIRED_TOKEN) => Err(codes::TOKEN_EXPIRED.into()),
        Some(magic_values::MALFORMED_TOKEN) => Err(codes::TOKEN_MALFORMED.into()),
        Some(magic_values::FOREIGN_TOKEN) => Err(codes::TOKEN_MISMATCH.into()),
        // A permanent AccessKey has no token.
        Some(_) if !is_temporary && own.security_token().is_none() => {
            Err(codes::TOKEN_MISMATCH.into())
        }
        _ => Ok(()),
    }
}
