//! Clients of the cloud, one for each region that the proxy serves.

use std::sync::Arc;

use crate::{pricing::Quotes, upstream::Upstream};

/// Clients of a region.
#[derive(Debug)]
pub(crate) struct RegionClient {
    /// The id of the region; none where the operator named an address alone.
    pub(crate) region: Option<String>,
    /// The id of the account whose role signs; none with the proxy's own credentials.
    pub(crate) account: Option<String>,
    pub(crate) upstream: Upstream,
    pub(crate) quotes: Quotes,
}

/// Clients of all regions.
#[derive(Debug)]
pub(crate) struct Regions {
    pub(crate) default: Arc<RegionClient>,
    pub(crate) others: Vec<Arc<RegionClient>>,
}

impl Regions {
    /// The clients of a region; those of the default one when none is named. `None` for a region that is not served.
    pub(crate) fn find(&self, region: Option<&str>) -> Option<&Arc<RegionClient>> {
        let Some(region) = region else { return Some(&self.default) };
        self.iter().find(|it| it.region.as_deref() == Some(region))
    }

    /// All of them, the default one first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<RegionClient>> {
        std::iter::once(&self.default).chain(&self.others)
    }
}
