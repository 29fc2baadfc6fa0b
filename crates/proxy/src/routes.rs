//! Which address does what.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
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
    openapi::Document,
    paths, purchase,
    reply::Reply,
    site,
    upstream::Upstream,
};

/// What every request needs.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) config: Config,
    pub(crate) keys: Arc<Keys>,
    pub(crate) upstream: Upstream,
    pub(crate) ledger: Ledger,
    pub(crate) guard: Guard,
    pub(crate) audit: Audit,
    pub(crate) under_way: UnderWay,
    /// The purchases that are being made; whoever asked for them may have hung up.
    pub(crate) buying: TaskTracker,
    pub(crate) purchases: Purchases,
}

/// How purchases ended since the start.
#[derive(Debug, Default)]
pub(crate) struct Purchases {
    pub(crate) created: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) unknown: AtomicU64,
}

impl Proxy {
    pub(crate) fn new(config: Config, keys: Keys, ledger: Ledger, audit: Audit) -> Self {
        let keys = Arc::new(keys);
        let upstream = Upstream::new(&config, Arc::clone(&keys));
        let guard = Guard::new(config.quota);
        let (under_way, buying) = (UnderWay::default(), TaskTracker::new());
        let purchases = Purchases::default();
        Self { config, keys, upstream, ledger, guard, audit, under_way, buying, purchases }
    }
}

pub(crate) fn router(proxy: Arc<Proxy>) -> Router {
    let document = Document::new(&proxy.config);
    let api = Router::new()
        .route(INSTANCES, get(instances::list).post(purchase::create))
        .route(&paths::instance(), get(instances::one))
        .route(paths::PURCHASE, get(purchase::state))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), guard::admit));
    let router = Router::new()
        .merge(api)
        .route(paths::CONFIG, get(config))
        .route(paths::DOCUMENT, get(|| async move { document }))
        .route(paths::HEALTH, get(|| async { "ok" }))
        .route(paths::READY, get(ready))
        .route(paths::METRICS, get(metrics));
    let router = match &proxy.config.site {
        Some(folder) => router.fallback_service(site::service(folder)),
        None => router.fallback(not_found),
    };
    router
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn(site::with_headers))
        .layer(middleware::from_fn(log))
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
    let Config { region, allow_postpay, .. } = &proxy.config;
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

async fn metrics(State(proxy): State<Arc<Proxy>>) -> String {
    let Purchases { created, refused, unknown } = &proxy.purchases;
    let name = "havenask_proxy_purchases_total";
    let lines = [("created", created), ("refused", refused), ("unknown", unknown)]
        .map(|(outcome, count)| (outcome, count.load(Ordering::Relaxed)))
        .map(|(outcome, count)| format!("{name}{{outcome=\"{outcome}\"}} {count}\n"));
    let head = format!("# HELP {name} Purchases by how they ended.\n# TYPE {name} counter\n");
    [head, lines.concat()].concat()
}

async fn not_found(headers: HeaderMap) -> Response {
    Reply::fault(Fault::NotFound, locale(&headers)).into_response()
}

async fn method_not_allowed(headers: HeaderMap) -> Response {
    Reply::fault(Fault::MethodNotAllowed, locale(&headers)).into_response()
}

async fn log(request: axum::extract::Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let (status, elapsed) = (response.status().as_u16(), started.elapsed());
    tracing::info!(%method, path, status, ?elapsed);
    response
}
