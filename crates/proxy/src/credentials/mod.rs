//! Credentials that sign, from the environment, a file or a RAM role. New ones are used from the next request on; no restart is needed.

mod ecs_ram_role;
mod error;
mod file;
mod parse;
mod provider;
mod role_credentials;

pub use self::{
    error::{CredentialError, InvalidCredential},
    provider::CredentialSource,
};
pub(crate) use self::{
    file::{is_world_readable, parse},
    provider::{CredentialProvider, REFRESH_INTERVAL},
    role_credentials::RoleCredentials,
};
