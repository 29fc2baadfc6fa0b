//! Endpoints of the services beside the product's own.

use havenask_core::{Endpoint, pricing::AccountSite};

/// Endpoints of prices, the bill and the account: hosts of the cloud for one of its regions, and the upstream itself for any other,
/// which is an emulator.
#[derive(Clone, Debug)]
pub(crate) struct Services {
    pub(crate) cloud_control: Endpoint,
    pub(crate) billing: Endpoint,
    pub(crate) sts: Endpoint,
}

impl Services {
    pub(crate) fn of(upstream: &Endpoint, site: Option<AccountSite>) -> Self {
        let of_cloud = |host: &str| Endpoint::parse(host).unwrap_or_else(|| upstream.clone());
        match upstream.region() {
            Some(region) => Self {
                cloud_control: of_cloud(AccountSite::cloud_control(site, region)),
                billing: of_cloud(AccountSite::billing(site, region)),
                sts: of_cloud(&AccountSite::sts(Some(region))),
            },
            None => Self {
                cloud_control: upstream.clone(),
                billing: upstream.clone(),
                sts: upstream.clone(),
            },
        }
    }
}
