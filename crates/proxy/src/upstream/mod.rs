//! The cloud: one endpoint, requests to it, and connections.

mod client;
mod connector;
mod error;
mod pool;
mod probe;
mod request;
mod secrets;

pub(crate) use self::{
    client::Upstream,
    error::ConnectError,
    probe::probe,
    request::{OutgoingRequest, UpstreamResponse},
};
