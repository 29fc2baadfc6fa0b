//! Configuration: the settings of the command line, and what they make.

mod accounts_file;
mod configuration;
mod endpoints;
mod error;
mod limits;
mod origin;
mod own_name;
mod read;
mod settings;

pub(crate) use self::accounts_file::{DefaultAccount, PrincipalRole, RoleArn};
pub(crate) use self::limits::MAX_HEAD_BYTES;
pub use self::{
    accounts_file::AccountsFile,
    configuration::Config,
    endpoints::{Endpoints, RegionEndpoint},
    error::ConfigError,
    limits::Limits,
    settings::ProxySettings,
};
