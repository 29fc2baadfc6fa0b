//! Which address does what.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Extension, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use havenask_core::{
    ErrorCode, Locale,
    catalog::SAMPLE,
    operation::{CONTENT_TYPE, INSTANCES},
    pricing::QUOTES,
};
use schemars::JsonSchema;
use serde::Serialize;
use tokio_util::task::TaskTracker;

use crate::{
    audit::Audit,
    buyer::UnderWay,
    config::{Config, Limits},
    guard::{self, Guard},
    instances,
    keys::Keys,
    ledger::Ledger,
    live::Live,
    metrics::{self, Metrics},
    observe::observe,
    openapi::Document,
    paths,
    pricing::{self, Account, AccountInfo, Quotes, Services},
    purchase, relay,
    reply::Reply,
    server::Peer,
    site::Site,
    upstream::Upstream,
};

/// What every request needs.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) config: Arc<Config>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) upstream: Upstream,
    pub(crate) quotes: Quotes,
    pub(crate) account: Account,
    pub(crate) ledger: Ledger,
    pub(crate) guard: Arc<Guard>,
    pub(crate) live: Arc<Live>,
    pub(crate) audit: Arc<Audit>,
    pub(crate) under_way: Arc<UnderWay>,
    /// The purchases that are being made; whoever asked for them may have hung up.
    pub(crate) buying: TaskTracker,
    pub(crate) metrics: Arc<Metrics>,
}

impl Proxy {
    pub(crate) fn new(config: Config, keys: Keys, ledger: Ledger, audit: Audit) -> Self {
        let keys = Arc::new(keys);
        let metrics = Arc::new(Metrics::new(audit.lost.clone()));
        let [upstream, cloud_control, sts, billing] = upstreams(&config, &keys, &metrics);
        let region = config.upstream.region().map(str::to_owned);
        let quotes = Quotes::new(cloud_control, region, Arc::default(), Arc::clone(&metrics));
        let account = Account::new(sts, billing, Arc::default());
        let guard = Arc::new(Guard::new(config.quota));
        let live = Arc::new(Live::new(&config));
        let (under_way, buying) = (Arc::default(), TaskTracker::new());
        let (config, audit) = (Arc::new(config), Arc::new(audit));
        Self {
            config,
            keys,
            upstream,
            quotes,
            account,
            ledger,
            guard,
            live,
            audit,
            under_way,
            buying,
            metrics,
        }
    }

    /// The same proxy for another thread, which shares everything but the connections to the cloud.
    pub(crate) fn with_own_connections(&self) -> Self {
        let [upstream, cloud_control, sts, billing] =
            upstreams(&self.config, &self.keys, &self.metrics);
        Self {
            config: Arc::clone(&self.config),
            keys: Arc::clone(&self.keys),
            upstream,
            quotes: self.quotes.with(cloud_control),
            account: self.account.with(sts, billing),
            ledger: self.ledger.clone(),
            guard: Arc::clone(&self.guard),
            live: Arc::clone(&self.live),
            audit: Arc::clone(&self.audit),
            under_way: Arc::clone(&self.under_way),
            buying: self.buying.clone(),
            metrics: Arc::clone(&self.metrics),
        }
    }
}

/// The ways to the product, its prices, the account and the bill. Prices are not waited for as long as a purchase is.
fn upstreams(config: &Config, keys: &Arc<Keys>, metrics: &Arc<Metrics>) -> [Upstream; 4] {
    let services = Services::of(&config.upstream, config.account_site);
    let quick = Limits { answer: config.limits.answer.min(QUOTE_PATIENCE), ..config.limits };
    let to =
        |endpoint, limits| Upstream::new(endpoint, limits, Arc::clone(keys), Arc::clone(metrics));
    [
        to(config.upstream.clone(), config.limits),
        to(services.cloud_control, quick),
        to(services.sts, quick),
        to(services.billing, quick),
    ]
}

/// The time for a quote to come.
const QUOTE_PATIENCE: Duration = Duration::from_secs(10);

/// Routes that everybody reaches; with the operator's addresses where they have no listener of their own.
pub(crate) fn router(proxy: Arc<Proxy>) -> Router {
    let api = Router::new()
        .route(INSTANCES, get(instances::list).post(purchase::create))
        .route(QUOTES, post(pricing::create))
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
    let files = match &proxy.config.site {
        Some(folder) => {
            let site = Arc::new(Site::new(folder));
            Router::new().fallback(move |request: Request| files(site, request))
        }
        None => Router::new().fallback(not_found),
    };
    let files = files.layer(middleware::from_fn_with_state(Arc::clone(&proxy), told_of_itself));
    let of_the_operator = match proxy.config.operator {
        None => of_the_operator(&proxy),
        Some(_) => Router::new(),
    };
    api.merge(of_the_form)
        .merge(of_the_operator)
        .merge(health(&proxy))
        .merge(files)
        .with_state(proxy)
}

/// Routes that the operator reaches, on a listener of its own.
pub(crate) fn operator_router(proxy: Arc<Proxy>) -> Router {
    let nothing = Router::new()
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(Arc::clone(&proxy), told_of_itself));
    of_the_operator(&proxy).merge(health(&proxy)).merge(nothing).with_state(proxy)
}

fn of_the_operator(proxy: &Arc<Proxy>) -> Router<Arc<Proxy>> {
    let document = Document::new(&proxy.config);
    let told = Router::new()
        .route(paths::DOCUMENT, get(|| async move { document }))
        .route(paths::METRICS, get(told))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(proxy), told_of_itself));
    let ready = Router::new()
        .route(paths::READY, get(ready))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(proxy), probed));
    told.merge(ready)
}

fn health(proxy: &Arc<Proxy>) -> Router<Arc<Proxy>> {
    Router::new()
        .route(paths::HEALTH, get(|| async { "ok" }))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(proxy), probed))
}

/// What a request of the API goes through, as one layer: each further one costs as much as the signature.
async fn guarded(
    State(proxy): State<Arc<Proxy>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    observe(&proxy, peer, request, |request| guard::admit(&proxy, peer, request, next)).await
}

/// What a request for what the form must know goes through.
async fn shown(
    State(proxy): State<Arc<Proxy>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    observe(&proxy, peer, request, |request| guard::show(&proxy, peer, request, next)).await
}

/// Checks a request for what the proxy tells of itself, and for the page.
async fn told_of_itself(
    State(proxy): State<Arc<Proxy>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    observe(&proxy, peer, request, |request| guard::own_name(&proxy, peer, request, next)).await
}

/// Checks the request of a probe.
async fn probed(
    State(proxy): State<Arc<Proxy>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    observe(&proxy, peer, request, |request| guard::any_name(&proxy, peer, request, next)).await
}

/// The language of a caller's messages.
pub(crate) fn locale(headers: &HeaderMap) -> Locale {
    let tag = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::from_tag(tag.unwrap_or_default())
}

/// Settings of this proxy that a page must know.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    /// The region that it buys in; null when its endpoint is of none.
    region: Option<String>,
    /// Whether `POSTPAY` may be bought.
    allow_postpay: bool,
    /// Whether an instance may renew itself.
    allow_auto_renew: bool,
    /// Whether everything is bought at an emulator on this machine.
    test: bool,
    /// Whether the cloud may be asked for prices.
    pricing: bool,
    /// The account that pays, where the cloud tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<AccountInfo>,
    /// What the account can pay with, where its credentials may see it: `CNY 1234.50`.
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<String>,
}

async fn config(State(proxy): State<Arc<Proxy>>) -> Json<Settings> {
    let Config { region, allow_postpay, spend, upstream, .. } = proxy.config.as_ref();
    // With its own credentials the proxy knows nothing of an account that signs in the page.
    let (account, balance) = if proxy.config.relay {
        (None, None)
    } else {
        tokio::join!(proxy.account.info(), proxy.account.balance())
    };
    Json(Settings {
        region: region.clone(),
        allow_postpay: *allow_postpay,
        allow_auto_renew: spend.allow_auto_renew,
        test: upstream.scheme() == "http",
        pricing: !proxy.config.relay,
        account,
        balance,
    })
}

/// What is sold, for the form; a sample where the operator has said nothing.
async fn catalog(State(proxy): State<Arc<Proxy>>) -> Response {
    let json = HeaderValue::from_static(CONTENT_TYPE);
    let own = proxy.live.catalog().as_deref().map(serde_json::to_string);
    let text = own.and_then(Result::ok).unwrap_or_else(|| SAMPLE.to_owned());
    ([(header::CONTENT_TYPE, json)], text).into_response()
}

async fn ready(State(proxy): State<Arc<Proxy>>) -> (StatusCode, &'static str) {
    if !proxy.keys.are_good() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the keys have expired and could not be renewed");
    }
    if proxy.ledger.is_writable().await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be written")
    }
}

/// The metrics, with what the ledger knows; when it cannot be read, without that.
async fn told(State(proxy): State<Arc<Proxy>>) -> impl IntoResponse {
    let is_writable = proxy.ledger.is_writable().await;
    let open = proxy.ledger.open_purchases().await.ok();
    let text = proxy.metrics.text(open, is_writable, proxy.keys.expire());
    ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text)
}

/// A file of the page.
async fn files(site: Arc<Site>, request: Request) -> Response {
    let headers = request.headers().clone();
    match site.answer(request).await {
        Some(response) => response,
        None => not_found(headers).await,
    }
}

async fn not_found(headers: HeaderMap) -> Response {
    Reply::fault(ErrorCode::NotFound, locale(&headers)).into_response()
}

async fn method_not_allowed(headers: HeaderMap) -> Response {
    Reply::fault(ErrorCode::MethodNotAllowed, locale(&headers)).into_response()
}
