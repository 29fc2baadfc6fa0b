//! Clients of the cloud with the credentials of one account.

use std::{sync::Arc, time::Duration};

use havenask_core::Endpoint;

use crate::{
    config::{Config, Endpoints, Limits, RegionEndpoint},
    credentials::CredentialProvider,
    metrics::Metrics,
    pricing::{Account, AccountCache, Cache, Quotes, Services},
    regions::{RegionClient, Regions},
    upstream::Upstream,
};

/// The time for a quote to come.
const QUOTE_TIMEOUT: Duration = Duration::from_secs(10);

/// Clients of an account.
#[derive(Debug)]
pub(crate) struct AccountClients {
    pub(crate) regions: Regions,
    pub(crate) account: Account,
}

/// Makes clients of the cloud.
#[derive(Clone, Debug)]
pub(crate) struct ClientFactory {
    pub(crate) config: Arc<Config>,
    pub(crate) metrics: Arc<Metrics>,
}

impl ClientFactory {
    /// Clients that sign with these credentials: those of a role in this account, or the proxy's own.
    pub(crate) fn clients(
        &self,
        account: Option<&str>,
        credentials: &Arc<CredentialProvider>,
    ) -> AccountClients {
        let known = Arc::new(AccountCache::default());
        let renewed = Arc::downgrade(&known);
        credentials.on_change(move || {
            if let Some(known) = renewed.upgrade() {
                known.renew();
            }
        });
        let [sts, billing] = self.of_account(credentials);
        AccountClients {
            regions: self.regions(account, credentials, &Arc::default()),
            account: Account::new(sts, billing, known),
        }
    }

    /// The same clients for another thread, over connections of its own.
    pub(crate) fn with_own_connections(
        &self,
        own: &AccountClients,
        credentials: &Arc<CredentialProvider>,
    ) -> AccountClients {
        let [sts, billing] = self.of_account(credentials);
        AccountClients {
            regions: self.regions(None, credentials, own.regions.default.quotes.cache()),
            account: own.account.with_connections(sts, billing),
        }
    }

    /// The client of STS for these credentials.
    pub(crate) fn sts(&self, credentials: &Arc<CredentialProvider>) -> Upstream {
        let [sts, _] = self.of_account(credentials);
        sts
    }

    /// Those of each region, with one cache of quotes.
    fn regions(
        &self,
        account: Option<&str>,
        credentials: &Arc<CredentialProvider>,
        cache: &Arc<Cache>,
    ) -> Regions {
        let of = |at: &RegionEndpoint| {
            let services = Services::of(&at.endpoint, self.config.account_site);
            let region = at.region.clone();
            let quotes = Quotes::new(
                self.to(services.cloud_control, self.quick(), credentials),
                region.clone(),
                Arc::clone(cache),
                Arc::clone(&self.metrics),
            );
            let upstream = self.to(at.endpoint.clone(), self.config.limits, credentials);
            let account = account.map(str::to_owned);
            Arc::new(RegionClient { region, account, upstream, quotes })
        };
        let Endpoints { default, others } = &self.config.endpoints;
        Regions { default: of(default), others: others.iter().map(of).collect() }
    }

    /// Those of the account and of the bill, which all regions share.
    fn of_account(&self, credentials: &Arc<CredentialProvider>) -> [Upstream; 2] {
        let endpoint = &self.config.endpoints.default.endpoint;
        let services = Services::of(endpoint, self.config.account_site);
        [services.sts, services.billing]
            .map(|endpoint| self.to(endpoint, self.quick(), credentials))
    }

    /// Prices and the account are not waited for as long as a purchase is.
    fn quick(&self) -> Limits {
        let limits = self.config.limits;
        Limits { upstream_timeout: limits.upstream_timeout.min(QUOTE_TIMEOUT), ..limits }
    }

    fn to(
        &self,
        endpoint: Endpoint,
        limits: Limits,
        credentials: &Arc<CredentialProvider>,
    ) -> Upstream {
        Upstream::new(endpoint, limits, Arc::clone(credentials), Arc::clone(&self.metrics))
    }
}
