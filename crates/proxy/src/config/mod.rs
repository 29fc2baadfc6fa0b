//! Configuration: the settings of the command line, and what they make.

mod configuration;
mod endpoints;
mod error;
mod limits;
mod origin;
mod own_name;
mod read;
mod settings;

pub(crate) use self::limits::MAX_HEAD_BYTES;
pub use self::{
    configuration::Config,
    endpoints::{Endpoints, RegionEndpoint},
    error::ConfigError,
    limits::Limits,
    settings::ProxySettings,
};
