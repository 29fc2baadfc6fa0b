//! Access to the API: authentication, pages of other origins, rate limits.

mod authentication;
mod cors;
mod network;
mod rate_limiter;
mod request_limits;

pub(crate) use self::{
    authentication::Principal, cors::add_cors_headers, network::limit_key,
    rate_limiter::RequestLimiter,
};
pub use self::{
    authentication::{Authentication, BearerTokens, InvalidTokenLine},
    cors::AllowedOrigins,
    network::IpNetwork,
    request_limits::RequestLimits,
};
