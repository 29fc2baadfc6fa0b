//! Gateway in front of the service: action, version, credentials, date, signature and nonce of a request.

mod checks;
pub mod magic_values;
mod nonces;
mod rpc;
mod security_token;

pub(crate) use self::checks::Gateway;
