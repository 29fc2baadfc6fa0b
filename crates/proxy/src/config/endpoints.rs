//! The endpoints of the cloud that the proxy sends to: a fixed set of the operator's, one for each region.

use std::{net::SocketAddr, str::FromStr};

use havenask_core::Endpoint;

use super::{ConfigError, ProxySettings};

/// The most letters of the name of a region.
const MAX_REGION: usize = 64;

/// The endpoint of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionEndpoint {
    /// The id of the region; none where the operator named an address alone.
    pub region: Option<String>,
    /// The endpoint.
    pub endpoint: Endpoint,
}

/// The endpoints of all regions.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// The one of requests that name no region.
    pub default: RegionEndpoint,
    /// Those of the other regions.
    pub others: Vec<RegionEndpoint>,
}

impl RegionEndpoint {
    /// An endpoint, in the region that it is the cloud's own one of.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        Self { region: endpoint.region().map(str::to_owned), endpoint }
    }

    /// The name by which a ledger remembers it: its region, whether it is reached from a VPC or not, or else its address.
    pub(crate) fn ledger_name(&self) -> String {
        match (self.endpoint.region(), &self.region) {
            (Some(region), _) => region.to_owned(),
            (None, Some(region)) => format!("{region}={}", self.endpoint),
            (None, None) => self.endpoint.to_string(),
        }
    }
}

impl Endpoints {
    /// The one endpoint of a proxy that serves no other.
    #[must_use]
    pub const fn single(default: RegionEndpoint) -> Self {
        Self { default, others: Vec::new() }
    }

    /// All of them, the default one first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &RegionEndpoint> {
        std::iter::once(&self.default).chain(&self.others)
    }

    /// The regions that have a name.
    pub(crate) fn regions(&self) -> impl Iterator<Item = &str> {
        self.iter().filter_map(|it| it.region.as_deref())
    }

    /// The names by which a ledger remembers them.
    pub(crate) fn ledger_names(&self) -> Vec<String> {
        self.iter().map(RegionEndpoint::ledger_name).collect()
    }

    fn new(all: Vec<RegionEndpoint>) -> Result<Self, ConfigError> {
        for (index, one) in all.iter().enumerate() {
            let others = &all[..index];
            if others.iter().any(|other| other.region == one.region) {
                return Err(match &one.region {
                    Some(region) => ConfigError::RegionTwice(region.clone()),
                    None => ConfigError::UpstreamWithoutRegion,
                });
            }
        }
        if all.len() > 1 && all.iter().any(|it| it.region.is_none()) {
            return Err(ConfigError::UpstreamWithoutRegion);
        }
        let mut all = all.into_iter();
        let default = all.next().ok_or_else(|| ConfigError::Region("no region".to_owned()))?;
        Ok(Self { default, others: all.collect() })
    }
}

impl ProxySettings {
    /// The endpoints of the cloud.
    pub(crate) fn endpoints(&self) -> Result<Endpoints, ConfigError> {
        if !self.upstream.is_empty() && !self.region.is_empty() {
            return Err(ConfigError::RegionAndUpstream);
        }
        let upstreams = self.upstream.iter().map(|text| text.parse());
        let regions = self.region.iter().map(|region| {
            let endpoint = Endpoint::public(region);
            endpoint
                .map(RegionEndpoint::new)
                .map_err(|error| ConfigError::Region(error.to_string()))
        });
        Endpoints::new(upstreams.chain(regions).collect::<Result<_, _>>()?)
    }
}

/// Reads `URL`, or `REGION=URL`.
impl FromStr for RegionEndpoint {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let Some((region, url)) = text.split_once('=') else {
            return Ok(Self::new(endpoint(text)?));
        };
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let endpoint = endpoint(url)?;
        let is_name = (1..=MAX_REGION).contains(&region.len()) && region.bytes().all(plain);
        if is_name && endpoint.region().is_none_or(|own| own == region) {
            Ok(Self { region: Some(region.to_owned()), endpoint })
        } else {
            Err(ConfigError::Upstream(text.to_owned()))
        }
    }
}

fn endpoint(text: &str) -> Result<Endpoint, ConfigError> {
    let endpoint = Endpoint::parse(text).ok_or_else(|| ConfigError::Upstream(text.to_owned()))?;
    let host = endpoint.host();
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(ConfigError::Upstream(text.to_owned()));
    }
    let on_this_machine =
        host.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback())
            || host == "localhost"
            || host.starts_with("localhost:");
    if endpoint.scheme() == "http" && !on_this_machine {
        return Err(ConfigError::UpstreamInClear(text.to_owned()));
    }
    Ok(endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_knows_an_endpoint_by_its_region() {
        for (text, named) in [
            ("searchengine.cn-hangzhou.aliyuncs.com", "cn-hangzhou"),
            ("https://searchengine-vpc.cn-hangzhou.aliyuncs.com:443/", "cn-hangzhou"),
            ("cn-hangzhou=https://searchengine-vpc.cn-hangzhou.aliyuncs.com", "cn-hangzhou"),
            ("https://gateway.example.com", "https://gateway.example.com"),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
            ("cn-beijing=http://127.0.0.1:8081", "cn-beijing=http://127.0.0.1:8081"),
        ] {
            assert_eq!(text.parse::<RegionEndpoint>().unwrap().ledger_name(), named);
        }
        for text in [
            "=http://127.0.0.1:1",
            "CN=http://127.0.0.1:1",
            "http://127.0.0.1:99999",
            "cn-beijing=searchengine.cn-hangzhou.aliyuncs.com",
        ] {
            assert!(text.parse::<RegionEndpoint>().is_err(), "{text}");
        }
    }
}
