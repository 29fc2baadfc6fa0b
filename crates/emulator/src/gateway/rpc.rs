//! Signatures in RPC style, HMAC-SHA1: they stand among the parameters. pop-core signs so, and the newer SDKs on demand.

use std::borrow::Cow;

use base64::{Engine, prelude::BASE64_STANDARD};
use havenask_core::{Credentials, percent, sign::HttpRequest};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::{
    error::{ApiError, codes},
    http,
    operation::{ApiOperation, RPC_PATH},
};

const SIGNATURE: &str = "Signature";
const TOKEN: &str = "SecurityToken";

/// A request whose signature stands among its parameters.
pub(super) struct RpcSignature<'a> {
    method: &'a str,
    parameters: Cow<'a, [(String, String)]>,
}

impl<'a> RpcSignature<'a> {
    /// Finds the signature of a request that has no `Authorization`.
    pub(super) fn of(
        request: &'a HttpRequest,
        operation: &ApiOperation,
    ) -> Result<Option<Self>, ApiError> {
        if operation.path != RPC_PATH || request.header("authorization").is_some() {
            return Ok(None);
        }
        let signed = Self { method: &request.method, parameters: http::parameters(request)? };
        Ok(signed.find(SIGNATURE).is_some().then_some(signed))
    }

    /// Value of a parameter that is mandatory.
    pub(super) fn parameter(&self, name: &str) -> Result<&str, ApiError> {
        self.find(name).ok_or_else(|| ApiError::missing(name))
    }

    pub(super) fn security_token(&self) -> Option<&str> {
        self.find(TOKEN)
    }

    /// Verifies the signature, and that the token is that of the credentials, where they have one.
    pub(super) fn verify(&self, credentials: &Credentials) -> Result<(), ApiError> {
        if credentials.security_token().is_some_and(|token| self.security_token() != Some(token)) {
            return Err(codes::TOKEN_MISMATCH.into());
        }
        if self.parameter("SignatureMethod")? != "HMAC-SHA1" {
            return Err(codes::SIGNATURE_METHOD.into());
        }
        let text = self.string_to_sign(|_, value| value);
        let key = format!("{}&", credentials.access_key_secret());
        let differs = || {
            let shown =
                self.string_to_sign(|name, value| if name == TOKEN { "***" } else { value });
            let message = format!(
                "Specified signature is not matched with our calculation. server string to sign is:{shown}"
            );
            ApiError::with_message(codes::SIGNATURE_DIFFERS, message)
        };
        let signature =
            BASE64_STANDARD.decode(self.parameter(SIGNATURE)?).map_err(|_| differs())?;
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key.as_bytes()) else {
            return Err(differs());
        };
        mac.update(text.as_bytes());
        mac.verify_slice(&signature).map_err(|_| differs())
    }

    fn string_to_sign<'s>(&'s self, value_of: impl Fn(&str, &'s str) -> &'s str) -> String {
        let mut parameters: Vec<_> =
            self.parameters.iter().filter(|(name, _)| name != SIGNATURE).collect();
        parameters.sort();
        let pairs = parameters.iter().map(|(name, value)| {
            let mut pair = String::new();
            percent::encode(&mut pair, name);
            pair.push('=');
            percent::encode(&mut pair, value_of(name, value));
            pair
        });
        let mut text = format!("{}&%2F&", self.method);
        percent::encode(&mut text, &pairs.collect::<Vec<_>>().join("&"));
        text
    }

    fn find(&self, name: &str) -> Option<&str> {
        let found =
            self.parameters.iter().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}
