//! Which address does what.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Extension, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use havenask_core::{
    Fault, Locale,
    catalog::SAMPLE,
    operation::{CONTENT_TYPE, INSTANCES},
};
use schemars::JsonSchema;
use serde::Serialize;
use tokio_util::task::TaskTracker;

use crate::{
    audit::Audit,
    buyer::UnderWay,
    config::Config,
    guard::{self, Guard},
    instances,
    keys::Keys,
    ledger::Ledger,
    metrics::{self, Metrics},
    observe::observe,
    openapi::Document,
    paths, purchase, relay,
    reply::Reply,
    server::Peer,
    site,
    upstream::Upstream,
};

/// What every request needs.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) config: Arc<Config>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) upstream: Upstream,
    pub(crate) ledger: Ledger,
    pub(crate) guard: Arc<Guard>,
    pub(crate) audit: Arc<Audit>,
    pub(crate) under_way: Arc<UnderWay>,
    /// The purchases that are being made; whoever asked for them may have hung up.
    pub(crate) buying: TaskTracker,
    pub(crate) metrics: Arc<Metrics>,
}

impl Proxy {
    pub(crate) fn new(config: Config, keys: Keys, ledger: Ledger, audit: Audit) -> Self {
        let keys = Arc::new(keys);
        let metrics = Arc::new(Metrics::new());
        let upstream = Upstream::new(
            config.upstream.clone(),
            config.limits,
            Arc::clone(&keys),
            Arc::clone(&metrics),
        );
        let guard = Arc::new(Guard::new(config.quota));
        let (under_way, buying) = (Arc::default(), TaskTracker::new());
        let (config, audit) = (Arc::new(config), Arc::new(audit));
        Self { config, keys, upstream, ledger, guard, audit, under_way, buying, metrics }
    }

    /// The same proxy for another thread, which shares everything but the connections to the cloud.
    pub(crate) fn with_own_connections(&self) -> Self {
        Self {
            config: Arc::clone(&self.config),
            keys: Arc::clone(&self.keys),
            upstream: Upstream::new(
                self.config.upstream.clone(),
                self.config.limits,
                Arc::clone(&self.keys),
                Arc::clone(&self.metrics),
            ),
            ledger: self.ledger.clone(),
            guard: Arc::clone(&self.guard),
            audit: Arc::clone(&self.audit),
            under_way: Arc::clone(&self.under_way),
            buying: self.buying.clone(),
            metrics: Arc::clone(&self.metrics),
        }
    }
}

pub(crate) fn router(proxy: Arc<Proxy>) -> Router {
    let document = Document::new(&proxy.config);
    let api = Router::new()
        .route(INSTANCES, get(instances::list).post(purchase::create))
        .route(&paths::instance(), get(instances::one))
        .route(&paths::purchase(), get(purchase::state))
        .merge(if proxy.config.relay { relay::router() } else { Router::new() })
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), guarded));
    let of_the_form = Router::new()
        .route(paths::CONFIG, get(config))
        .route(paths::CATALOG, get(catalog))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), shown));
    let of_the_proxy = Router::new()
        .route(paths::DOCUMENT, get(|| async move { document }))
        .route(paths::METRICS, get(told))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), told_of_itself));
    let open =
        Router::new().route(paths::HEALTH, get(|| async { "ok" })).route(paths::READY, get(ready));
    let open = match &proxy.config.site {
        Some(folder) => open.fallback_service(site::service(folder)),
        None => open.fallback(not_found),
    };
    let open = open
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), unguarded));
    api.merge(of_the_form).merge(of_the_proxy).merge(open).with_state(proxy)
}

/// What a request of the API goes through, as one layer: each further one costs as much as the signature.
async fn guarded(
    State(proxy): State<Arc<Proxy>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    observe(&proxy, request, |request| guard::admit(&proxy, peer, request, next)).await
}

/// What a request for what the form must know goes through.
async fn shown(State(proxy): State<Arc<Proxy>>, request: Request, next: Next) -> Response {
    observe(&proxy, request, |request| guard::show(&proxy, request, next)).await
}

/// What a request for what the proxy tells of itself goes through.
async fn told_of_itself(State(proxy): State<Arc<Proxy>>, request: Request, next: Next) -> Response {
    observe(&proxy, request, |request| guard::own_name(&proxy, request, next)).await
}

/// What every other request goes through.
async fn unguarded(State(proxy): State<Arc<Proxy>>, request: Request, next: Next) -> Response {
    observe(&proxy, request, |request| next.run(request)).await
}

/// The language of a caller's messages.
pub(crate) fn locale(headers: &HeaderMap) -> Locale {
    let tag = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::from_tag(tag.unwrap_or_default())
}

/// What a page must know of this proxy.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    /// The region that it buys in; null when its endpoint is of none.
    region: Option<String>,
    /// Whether `POSTPAY` may be bought.
    allow_postpay: bool,
}

async fn config(State(proxy): State<Arc<Proxy>>) -> Json<Settings> {
    let Config { region, allow_postpay, .. } = proxy.config.as_ref();
    Json(Settings { region: region.clone(), allow_postpay: *allow_postpay })
}

/// What is sold, for the form; a sample where the operator has said nothing.
async fn catalog(State(proxy): State<Arc<Proxy>>) -> Response {
    let json = HeaderValue::from_static(CONTENT_TYPE);
    let own = proxy.config.catalog.as_ref().map(serde_json::to_string);
    let text = own.and_then(Result::ok).unwrap_or_else(|| SAMPLE.to_owned());
    ([(header::CONTENT_TYPE, json)], text).into_response()
}

async fn ready(State(proxy): State<Arc<Proxy>>) -> (StatusCode, &'static str) {
    if !proxy.keys.are_good() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the keys have expired and could not be renewed");
    }
    match proxy.ledger.probe().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be written"),
    }
}

/// The metrics, with what the ledger knows; when it cannot be read, without that.
async fn told(State(proxy): State<Arc<Proxy>>) -> impl IntoResponse {
    let is_writable = proxy.ledger.probe().await.is_ok();
    let open = proxy.ledger.open_purchases().await.ok();
    let text = proxy.metrics.text(open, is_writable, proxy.keys.expire());
    ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text)
}

async fn not_found(headers: HeaderMap) -> Response {
    Reply::fault(Fault::NotFound, locale(&headers)).into_response()
}

async fn method_not_allowed(headers: HeaderMap) -> Response {
    Reply::fault(Fault::MethodNotAllowed, locale(&headers)).into_response()
}
