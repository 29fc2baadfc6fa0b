//! The state that all handlers and tasks share.

use std::{sync::Arc, time::Duration};

use havenask_core::Endpoint;
use tokio_util::task::TaskTracker;

use crate::{
    access::RequestLimiter,
    audit::Audit,
    config::{Config, Endpoints, Limits, RegionEndpoint},
    credentials::CredentialProvider,
    ledger::Ledger,
    metrics::Metrics,
    pricing::{Account, AccountCache, Cache, Quotes, Services},
    purchase::InFlight,
    regions::{RegionClient, Regions},
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
    pub(crate) regions: Regions,
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
        let clients = Clients { config: &config, credentials: &credentials, metrics: &metrics };
        let regions = clients.regions(&Arc::default());
        let [sts, billing] = clients.of_account();
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
            regions,
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
        let Self { config, credentials, metrics, .. } = self;
        let clients = Clients { config, credentials, metrics };
        let [sts, billing] = clients.of_account();
        Self {
            config: Arc::clone(&self.config),
            credentials: Arc::clone(&self.credentials),
            regions: clients.regions(self.regions.default.quotes.cache()),
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

/// Makes clients of the cloud.
struct Clients<'a> {
    config: &'a Config,
    credentials: &'a Arc<CredentialProvider>,
    metrics: &'a Arc<Metrics>,
}

impl Clients<'_> {
    /// Those of each region, with one cache of quotes.
    fn regions(&self, cache: &Arc<Cache>) -> Regions {
        let of = |at: &RegionEndpoint| {
            let services = Services::of(&at.endpoint, self.config.account_site);
            let region = at.region.clone();
            let quotes = Quotes::new(
                self.to(services.cloud_control, self.quick()),
                region.clone(),
                Arc::clone(cache),
                Arc::clone(self.metrics),
            );
            let upstream = self.to(at.endpoint.clone(), self.config.limits);
            Arc::new(RegionClient { region, upstream, quotes })
        };
        let Endpoints { default, others } = &self.config.endpoints;
        Regions { default: of(default), others: others.iter().map(of).collect() }
    }

    /// Those of the account and of the bill, which all regions share.
    fn of_account(&self) -> [Upstream; 2] {
        let endpoint = &self.config.endpoints.default.endpoint;
        let services = Services::of(endpoint, self.config.account_site);
        [services.sts, services.billing].map(|endpoint| self.to(endpoint, self.quick()))
    }

    /// Prices and the account are not waited for as long as a purchase is.
    fn quick(&self) -> Limits {
        let limits = self.config.limits;
        Limits { upstream_timeout: limits.upstream_timeout.min(QUOTE_TIMEOUT), ..limits }
    }

    fn to(&self, endpoint: Endpoint, limits: Limits) -> Upstream {
        Upstream::new(endpoint, limits, Arc::clone(self.credentials), Arc::clone(self.metrics))
    }
}
