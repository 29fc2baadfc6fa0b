//! Which address does what.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use havenask_core::{Fault, Locale, operation::INSTANCES};
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
        let upstream = Upstream::new(&config, Arc::clone(&keys), Arc::clone(&metrics));
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
                &self.config,
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
        .route(paths::PURCHASE, get(purchase::state))
        .merge(if proxy.config.relay { relay::router() } else { Router::new() })
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), guard::admit));
    let of_the_proxy = Router::new()
        .route(paths::CONFIG, get(config))
        .route(paths::DOCUMENT, get(|| async move { document }))
        .route(paths::METRICS, get(told))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), guard::own_name));
    let router = Router::new()
        .merge(api)
        .merge(of_the_proxy)
        .route(paths::HEALTH, get(|| async { "ok" }))
        .route(paths::READY, get(ready));
    let router = match &proxy.config.site {
        Some(folder) => router.fallback_service(site::service(folder)),
        None => router.fallback(not_found),
    };
    router
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn(site::with_headers))
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), observe))
        .with_state(proxy)
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

async fn ready(State(proxy): State<Arc<Proxy>>) -> (StatusCode, &'static str) {
    if !proxy.keys.are_good() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the keys have expired and could not be renewed");
    }
    match proxy.ledger.find("").await {
        Ok(_) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be read"),
    }
}

/// The metrics, with what the ledger knows; when it cannot be read, without that.
async fn told(State(proxy): State<Arc<Proxy>>) -> impl IntoResponse {
    let open = proxy.ledger.open_purchases().await.unwrap_or_default();
    let text = proxy.metrics.text(&open, proxy.keys.expire());
    ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text)
}

async fn not_found(headers: HeaderMap) -> Response {
    Reply::fault(Fault::NotFound, locale(&headers)).into_response()
}

async fn method_not_allowed(headers: HeaderMap) -> Response {
    Reply::fault(Fault::MethodNotAllowed, locale(&headers)).into_response()
}
