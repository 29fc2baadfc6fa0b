//! Admission of requests: their host, the origin of their page, their principal, and rate limits.

use std::sync::Arc;

use axum::{
    extract::{Extension, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use havenask_core::{ErrorCode, Failure, Locale};
use tokio::time::Instant;

use super::{
    host::{check_host, single_host},
    locale::RequestLocale,
    peer::Peer,
    request_log::{Unlogged, log_request},
};
use crate::{
    access::{Principal, add_cors_headers},
    response::JsonResponse,
    state::AppState,
};

/// The conditions under which a request is admitted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Admission {
    /// A principal, within its limits; also from pages of allowed origins.
    Api,
    /// Everybody, also from pages of allowed origins.
    Page,
    /// Everybody who names a host of the proxy.
    Operator,
    /// Everybody, under any host: probes ask by an address.
    Public,
}

/// Admits and logs a request, as one layer: each further one costs as much as the signature.
pub(super) async fn admit(
    State((state, admission)): State<(Arc<AppState>, Admission)>,
    Extension(peer): Extension<Peer>,
    RequestLocale(locale): RequestLocale,
    request: Request,
    next: Next,
) -> Response {
    let context = AdmissionContext { state: &state, peer, locale };
    log_request(&state, peer, request, |request| async {
        match admission {
            Admission::Api => context.api_layer(request, next).await,
            Admission::Page => context.page_layer(request, next).await,
            Admission::Operator => context.operator_layer(request, next).await,
            Admission::Public => context.public_layer(request, next).await,
        }
    })
    .await
}

/// A request that is to be admitted, beside itself.
#[derive(Clone, Copy)]
struct AdmissionContext<'a> {
    state: &'a AppState,
    peer: Peer,
    locale: Locale,
}

impl AdmissionContext<'_> {
    async fn api_layer(self, request: Request, next: Next) -> Response {
        let authentication = self.state.reloadable.authentication();
        let principal = authentication.authenticate(request.headers(), self.peer.address.ip());
        // A known caller has limits of its own.
        if principal.is_none()
            && let Err(refusal) = self.limit_address()
        {
            return refusal;
        }
        let origin = match self.cross_origin(&request) {
            Ok(origin) => origin,
            Err(failure) => return JsonResponse::from(failure).into_response(),
        };
        if request.method() == Method::OPTIONS && origin.is_some() {
            return add_cors_headers(StatusCode::NO_CONTENT.into_response(), origin.as_ref());
        }
        let mut response = self.for_principal(principal, request, next).await;
        // A key may look like the name of a file that never changes.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        add_cors_headers(response, origin.as_ref())
    }

    async fn page_layer(self, mut request: Request, next: Next) -> Response {
        let origin = self.cross_origin(&request).ok().flatten();
        let authentication = self.state.reloadable.authentication();
        let principal = authentication.authenticate(request.headers(), self.peer.address.ip());
        if let Some(principal) = principal {
            request.extensions_mut().insert(principal);
        }
        let response = if request.method() == Method::OPTIONS && origin.is_some() {
            StatusCode::NO_CONTENT.into_response()
        } else {
            self.operator_layer(request, next).await
        };
        add_cors_headers(response, origin.as_ref())
    }

    async fn operator_layer(self, request: Request, next: Next) -> Response {
        let host = check_host(&self.state.config, self.peer, &request, self.locale).map(drop);
        self.anonymous(host, request, next).await
    }

    async fn public_layer(self, request: Request, next: Next) -> Response {
        let host = single_host(&request, self.locale).map(drop);
        self.anonymous(host, request, next).await
    }

    /// Answers within the limits of a principal.
    async fn for_principal(
        self,
        principal: Option<Principal>,
        mut request: Request,
        next: Next,
    ) -> Response {
        let refuse = |code| JsonResponse::failure(code, self.locale);
        let Some(principal) = principal else {
            let mut response = refuse(ErrorCode::Unauthorized).into_response();
            let bearer = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
            return response;
        };
        let wait =
            |seconds| refuse(ErrorCode::TooManyRequests).retry_after(Some(seconds)).into_response();
        let limiter = &self.state.request_limiter;
        if let Err(seconds) = limiter.principals.try_acquire(&principal, Instant::now()) {
            return wait(seconds);
        }
        let Ok(_permit) = limiter.concurrent.try_acquire() else {
            return wait(1);
        };
        request.extensions_mut().insert(principal);
        next.run(request).await
    }

    /// Answers within the rate of an address, when the host of the request is right.
    async fn anonymous(self, host: Result<(), Failure>, request: Request, next: Next) -> Response {
        if let Err(refusal) = self.limit_address() {
            return refusal;
        }
        match host {
            Ok(()) => next.run(request).await,
            Err(failure) => JsonResponse::from(failure).into_response(),
        }
    }

    /// Counts a request without a principal, or refuses it.
    fn limit_address(self) -> Result<(), Response> {
        let address = self.peer.address.ip();
        if self.state.reloadable.authentication().trusts(address) {
            return Ok(());
        }
        let limiter = &self.state.request_limiter.addresses;
        limiter.try_acquire(address, Instant::now()).map_err(|seconds| {
            let refusal = JsonResponse::failure(ErrorCode::TooManyRequests, self.locale);
            let mut response = refusal.retry_after(Some(seconds)).into_response();
            // The next one has to connect again, and is one of many that the log need not name.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            response.extensions_mut().insert(Unlogged);
            response
        })
    }

    /// The origin of a page that is not the proxy's own, when it is allowed.
    fn cross_origin(self, request: &Request) -> Result<Option<HeaderValue>, Failure> {
        let host = check_host(&self.state.config, self.peer, request, self.locale)?;
        let origin = self.state.config.origins.cross_origin(request.headers(), host);
        origin.map_err(|_| Failure::new(ErrorCode::OriginNotAllowed, self.locale))
    }
}
