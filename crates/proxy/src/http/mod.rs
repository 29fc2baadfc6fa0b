//! HTTP: routes, what stands before them, and their handlers.

mod admission;
mod body;
mod connection_limiter;
mod host;
mod instances;
mod locale;
mod openapi;
mod operator;
mod page_config;
pub(crate) mod paths;
mod peer;
mod purchase_request;
mod purchases;
mod quotes;
mod region;
mod relay;
mod request_framing;
mod request_log;
mod router;
mod signed_request;
mod site;
mod write_timeout;

pub(crate) use self::{
    connection_limiter::{ConnectionLimiter, ConnectionPermit},
    peer::Peer,
    router::{operator_router, router},
    write_timeout::WriteTimeoutStream,
};
