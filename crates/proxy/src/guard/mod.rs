//! What stands before every request to the API: whose page it comes from, who sends it, and how much that is.

mod host;
mod network;
mod origin;
mod principal;
mod quota;
mod rate;
mod spend;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use havenask_core::{ErrorCode, Failure, Locale};
use tokio::{sync::Semaphore, time::Instant};

pub use self::{
    network::Network,
    origin::Origins,
    principal::{Identity, InvalidTokens, Tokens},
    quota::Quota,
    spend::Spend,
};
pub(crate) use self::{
    network::limited,
    principal::Principal,
    rate::{Rates, Strangers},
};
use crate::{
    config::Config,
    observe::Unremarkable,
    reply::Reply,
    routes::{Proxy, locale},
    server::Peer,
};

/// What the guard remembers.
#[derive(Debug)]
pub(crate) struct Guard {
    rates: Rates,
    strangers: Strangers,
    under_way: Semaphore,
}

impl Guard {
    pub(crate) fn new(quota: Quota) -> Self {
        let under_way = Semaphore::new(quota.at_once);
        Self { rates: Rates::new(quota), strangers: Strangers::new(quota), under_way }
    }
}

/// Answers under a name of the proxy alone, and an address only so often: what anybody may ask for.
pub(crate) async fn own_name(proxy: &Proxy, peer: Peer, request: Request, next: Next) -> Response {
    let locale = locale(request.headers());
    if let Err(refusal) = stranger(proxy, peer, locale) {
        return refusal;
    }
    match host::own_name(&proxy.config, peer, &request, locale) {
        Ok(_) => next.run(request).await,
        Err(failure) => Reply::from(failure).into_response(),
    }
}

/// Answers an address only so often, under any name: probes ask by an address.
pub(crate) async fn any_name(proxy: &Proxy, peer: Peer, request: Request, next: Next) -> Response {
    let locale = locale(request.headers());
    if let Err(refusal) = stranger(proxy, peer, locale) {
        return refusal;
    }
    match host::only_name(&request, locale) {
        Ok(_) => next.run(request).await,
        Err(failure) => Reply::from(failure).into_response(),
    }
}

/// Counts a request of which it is not known who sends it, or refuses it.
fn stranger(proxy: &Proxy, peer: Peer, locale: Locale) -> Result<(), Response> {
    let address = peer.address.ip();
    if proxy.live.identity().trusts(address) {
        return Ok(());
    }
    proxy.guard.strangers.take(address, Instant::now()).map_err(|seconds| {
        let refusal = Reply::fault(ErrorCode::TooManyRequests, locale).retry_after(Some(seconds));
        let mut response = refusal.into_response();
        // The next one has to connect again, and is one of many that the log need not name.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response.extensions_mut().insert(Unremarkable);
        response
    })
}

/// Lets a request of the API through, with its principal, or refuses it.
pub(crate) async fn admit(proxy: &Proxy, peer: Peer, mut request: Request, next: Next) -> Response {
    let locale = locale(request.headers());
    let refuse = |fault| Reply::fault(fault, locale);
    let identity = proxy.live.identity();
    let principal = identity.of(request.headers(), peer.address.ip());
    // A known caller has limits of its own.
    if principal.is_none()
        && let Err(refusal) = stranger(proxy, peer, locale)
    {
        return refusal;
    }
    let visitor = match visitor(&proxy.config, peer, &request, locale) {
        Ok(visitor) => visitor,
        Err(failure) => return Reply::from(failure).into_response(),
    };
    if request.method() == Method::OPTIONS && visitor.is_some() {
        return origin::allow(StatusCode::NO_CONTENT.into_response(), visitor.as_ref());
    }
    let response = async {
        let Some(principal) = principal else {
            let mut response = refuse(ErrorCode::Unauthorized).into_response();
            let bearer = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
            return response;
        };
        let wait =
            |seconds| refuse(ErrorCode::TooManyRequests).retry_after(Some(seconds)).into_response();
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
pub(crate) async fn show(proxy: &Proxy, peer: Peer, request: Request, next: Next) -> Response {
    let visitor = visitor(&proxy.config, peer, &request, Locale::En).ok().flatten();
    let response = if request.method() == Method::OPTIONS && visitor.is_some() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        own_name(proxy, peer, request, next).await
    };
    origin::allow(response, visitor.as_ref())
}

/// The origin of another page that may ask.
fn visitor(
    config: &Config,
    peer: Peer,
    request: &Request,
    locale: Locale,
) -> Result<Option<HeaderValue>, Failure> {
    let host = host::own_name(config, peer, request, locale)?;
    let visitor = config.origins.visitor(request.headers(), host);
    visitor.map_err(|_| Failure::new(ErrorCode::OriginNotAllowed, locale))
}
