//! What stands before every request to the API: whose page it comes from, who sends it, and how much that is.

mod origin;
mod principal;
mod rate;
mod spend;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use havenask_core::Fault;
use tokio::{sync::Semaphore, time::Instant};

pub use self::{
    origin::Origins,
    principal::{Identity, InvalidTokens, Tokens},
    spend::Spend,
};
pub(crate) use self::{principal::Principal, rate::Rates};
use crate::{
    config::Config,
    reply::Reply,
    routes::{Proxy, locale},
    server::Peer,
};

/// How much may be asked.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// Requests a minute of one principal; as many at once.
    pub of_one: u32,
    /// Requests a minute of all together; as many at once.
    pub of_all: u32,
    /// Requests that are under way at the same time.
    pub at_once: usize,
}

impl Default for Quota {
    fn default() -> Self {
        Self { of_one: 120, of_all: 1200, at_once: 256 }
    }
}

/// What the guard remembers.
#[derive(Debug)]
pub(crate) struct Guard {
    rates: Rates,
    under_way: Semaphore,
}

impl Guard {
    pub(crate) fn new(quota: Quota) -> Self {
        Self { rates: Rates::new(quota), under_way: Semaphore::new(quota.at_once) }
    }
}

/// Tells nothing about the proxy under a name that a page has made to point here.
pub(crate) async fn own_name(proxy: &Proxy, request: Request, next: Next) -> Response {
    let Config { origins, listen, .. } = proxy.config.as_ref();
    if origins.own_name(request.headers(), *listen).is_err() {
        return Reply::fault(Fault::OriginRefused, locale(request.headers())).into_response();
    }
    next.run(request).await
}

/// Lets a request of the API through, with its principal, or refuses it.
pub(crate) async fn admit(
    proxy: &Proxy,
    Peer(peer): Peer,
    mut request: Request,
    next: Next,
) -> Response {
    let locale = locale(request.headers());
    let refuse = |fault| Reply::fault(fault, locale);
    let config = &proxy.config;
    let Ok(visitor) = config.origins.visitor(request.headers(), config.listen) else {
        return refuse(Fault::OriginRefused).into_response();
    };
    if request.method() == Method::OPTIONS && visitor.is_some() {
        return origin::allow(StatusCode::NO_CONTENT.into_response(), visitor.as_ref());
    }
    let response = async {
        let Some(principal) = config.identity.of(request.headers(), peer.ip()) else {
            let mut response = refuse(Fault::Unauthorized).into_response();
            let bearer = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
            return response;
        };
        let wait =
            |seconds| refuse(Fault::TooManyRequests).retry_after(Some(seconds)).into_response();
        if let Err(seconds) = proxy.guard.rates.take(&principal, Instant::now()) {
            return wait(seconds);
        }
        let Ok(_place) = proxy.guard.under_way.try_acquire() else {
            return wait(1);
        };
        request.extensions_mut().insert(principal);
        next.run(request).await
    };
    let mut response = response.await;
    // A key may look like the name of a file that never changes.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    origin::allow(response, visitor.as_ref())
}

/// Lets the page of a visitor read what anybody may ask for.
pub(crate) async fn show(proxy: &Proxy, request: Request, next: Next) -> Response {
    let config = &proxy.config;
    let visitor = config.origins.visitor(request.headers(), config.listen).ok().flatten();
    let response = if request.method() == Method::OPTIONS && visitor.is_some() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        own_name(proxy, request, next).await
    };
    origin::allow(response, visitor.as_ref())
}
