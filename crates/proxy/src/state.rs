//! The state that all handlers and tasks share.

use std::{sync::Arc, time::Duration};

use tokio_util::task::TaskTracker;

use crate::{
    access::RequestLimiter,
    audit::Audit,
    config::{Config, Limits},
    credentials::CredentialProvider,
    ledger::Ledger,
    metrics::Metrics,
    pricing::{Account, AccountCache, Quotes, Services},
    purchase::InFlight,
    reloadable::ReloadableSettings,
    upstream::Upstream,
};

/// The time for a quote to come.
const QUOTE_TIMEOUT: Duration = Duration::from_secs(10);

/// The state that every request shares.
#[derive(Debug)]
pub(crate) struct AppState {
    pub(crate) config: Arc<Config>,
    pub(crate) credentials: Arc<CredentialProvider>,
    pub(crate) upstream: Upstream,
    pub(crate) quotes: Quotes,
    pub(crate) account: Account,
    pub(crate) ledger: Ledger,
    pub(crate) request_limiter: Arc<RequestLimiter>,
    pub(crate) reloadable: Arc<ReloadableSettings>,
    pub(crate) audit: Arc<Audit>,
    pub(crate) in_flight: Arc<InFlight>,
    /// Tasks of the purchases in flight, which do not end with their callers.
    pub(crate) purchase_tasks: TaskTracker,
    pub(crate) metrics: Arc<Metrics>,
}

impl AppState {
    pub(crate) fn new(
        config: Config,
        credentials: CredentialProvider,
        ledger: Ledger,
        audit: Audit,
    ) -> Self {
        let credentials = Arc::new(credentials);
        let metrics = Arc::new(Metrics::new(audit.lost.clone()));
        let [upstream, cloud_control, sts, billing] = upstreams(&config, &credentials, &metrics);
        let region = config.upstream.region().map(str::to_owned);
        let quotes = Quotes::new(cloud_control, region, Arc::default(), Arc::clone(&metrics));
        let known = Arc::new(AccountCache::default());
        let renewed = Arc::downgrade(&known);
        credentials.on_change(move || {
            if let Some(known) = renewed.upgrade() {
                known.renew();
            }
        });
        let account = Account::new(sts, billing, known);
        let request_limiter = Arc::new(RequestLimiter::new(config.request_limits));
        let reloadable = Arc::new(ReloadableSettings::new(&config));
        let (in_flight, purchase_tasks) = (Arc::default(), TaskTracker::new());
        let (config, audit) = (Arc::new(config), Arc::new(audit));
        Self {
            config,
            credentials,
            upstream,
            quotes,
            account,
            ledger,
            request_limiter,
            reloadable,
            audit,
            in_flight,
            purchase_tasks,
            metrics,
        }
    }

    /// The state for another thread, which shares everything but the connections to the cloud.
    pub(crate) fn with_own_connections(&self) -> Self {
        let [upstream, cloud_control, sts, billing] =
            upstreams(&self.config, &self.credentials, &self.metrics);
        Self {
            config: Arc::clone(&self.config),
            credentials: Arc::clone(&self.credentials),
            upstream,
            quotes: self.quotes.with_connections(cloud_control),
            account: self.account.with_connections(sts, billing),
            ledger: self.ledger.clone(),
            request_limiter: Arc::clone(&self.request_limiter),
            reloadable: Arc::clone(&self.reloadable),
            audit: Arc::clone(&self.audit),
            in_flight: Arc::clone(&self.in_flight),
            purchase_tasks: self.purchase_tasks.clone(),
            metrics: Arc::clone(&self.metrics),
        }
    }
}

/// Clients of the product, its prices, the account and the bill. Prices are not waited for as long as a purchase is.
fn upstreams(
    config: &Config,
    credentials: &Arc<CredentialProvider>,
    metrics: &Arc<Metrics>,
) -> [Upstream; 4] {
    let services = Services::of(&config.upstream, config.account_site);
    let quick = Limits {
        upstream_timeout: config.limits.upstream_timeout.min(QUOTE_TIMEOUT),
        ..config.limits
    };
    let to = |endpoint, limits| {
        Upstream::new(endpoint, limits, Arc::clone(credentials), Arc::clone(metrics))
    };
    [
        to(config.upstream.clone(), config.limits),
        to(services.cloud_control, quick),
        to(services.sts, quick),
        to(services.billing, quick),
    ]
}
