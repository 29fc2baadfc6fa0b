//! The state that all handlers and tasks share.

use std::sync::Arc;

use havenask_core::{ErrorCode, Failure, Locale};
use tokio_util::task::TaskTracker;

use crate::{
    access::{Principal, RequestLimiter},
    accounts::{AccountChoice, AccountClients, Accounts, ClientFactory},
    audit::Audit,
    config::Config,
    credentials::CredentialProvider,
    ledger::Ledger,
    metrics::Metrics,
    purchase::{InFlight, Readiness},
    reloadable::ReloadableSettings,
};

/// The state that every request shares.
#[derive(Debug)]
pub(crate) struct AppState {
    pub(crate) config: Arc<Config>,
    pub(crate) credentials: Arc<CredentialProvider>,
    /// Clients with the proxy's own credentials.
    pub(crate) own: Arc<AccountClients>,
    /// Clients with the roles of principals, which all threads share.
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) ledger: Ledger,
    pub(crate) request_limiter: Arc<RequestLimiter>,
    pub(crate) reloadable: Arc<ReloadableSettings>,
    pub(crate) audit: Arc<Audit>,
    pub(crate) in_flight: Arc<InFlight>,
    pub(crate) readiness: Arc<Readiness>,
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
        let config = Arc::new(config);
        let factory = ClientFactory { config: Arc::clone(&config), metrics: Arc::clone(&metrics) };
        let own = Arc::new(factory.clients(None, &credentials));
        let accounts = Arc::new(Accounts::new(factory, &credentials));
        let request_limiter = Arc::new(RequestLimiter::new(config.request_limits));
        let reloadable = Arc::new(ReloadableSettings::new(&config));
        let (in_flight, readiness, purchase_tasks) =
            (Arc::default(), Arc::default(), TaskTracker::new());
        let audit = Arc::new(audit);
        Self {
            config,
            credentials,
            own,
            accounts,
            ledger,
            request_limiter,
            reloadable,
            audit,
            in_flight,
            readiness,
            purchase_tasks,
            metrics,
        }
    }

    /// The state for another thread, which shares everything but the connections to the cloud.
    pub(crate) fn with_own_connections(&self) -> Self {
        let factory =
            ClientFactory { config: Arc::clone(&self.config), metrics: Arc::clone(&self.metrics) };
        Self {
            config: Arc::clone(&self.config),
            credentials: Arc::clone(&self.credentials),
            own: Arc::new(factory.with_own_connections(&self.own, &self.credentials)),
            accounts: Arc::clone(&self.accounts),
            ledger: self.ledger.clone(),
            request_limiter: Arc::clone(&self.request_limiter),
            reloadable: Arc::clone(&self.reloadable),
            audit: Arc::clone(&self.audit),
            in_flight: Arc::clone(&self.in_flight),
            readiness: Arc::clone(&self.readiness),
            purchase_tasks: self.purchase_tasks.clone(),
            metrics: Arc::clone(&self.metrics),
        }
    }

    /// The clients with which a principal asks and buys.
    pub(crate) fn clients_of(
        &self,
        principal: &Principal,
        locale: Locale,
    ) -> Result<Arc<AccountClients>, Failure> {
        match self.accounts.choose(&principal.0) {
            AccountChoice::Own => Ok(Arc::clone(&self.own)),
            AccountChoice::Role(clients) => Ok(clients),
            AccountChoice::Unavailable => Err(Failure::new(ErrorCode::AccountUnavailable, locale)),
            AccountChoice::NotConfigured => {
                Err(Failure::new(ErrorCode::AccountNotConfigured, locale))
            }
        }
    }

    /// The clients that see what was bought in an account for a principal; `None` while no role is assumed there.
    pub(crate) fn clients_in(
        &self,
        account: Option<&str>,
        principal: &str,
    ) -> Option<Arc<AccountClients>> {
        match account {
            None => Some(Arc::clone(&self.own)),
            Some(account) => self.accounts.in_account(account, principal),
        }
    }
}
