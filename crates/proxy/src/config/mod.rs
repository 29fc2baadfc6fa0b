//! What the proxy is told when it starts.

mod arguments;
mod error;
mod origin;
mod own_name;
mod read;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use havenask_core::{Endpoint, catalog::Catalog, pricing::AccountSite};

pub use self::{
    arguments::{Arguments, Command, Settings},
    error::ConfigError,
};
use crate::{
    guard::{Identity, Origins, Quota, Spend},
    keys::Source,
    ledger::Address,
    pricing::PriceLimits,
};

/// What the proxy runs with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address of the operator's listener; `listen` when it is not said.
    pub operator: Option<SocketAddr>,
    /// The names by which the proxy is reached.
    pub own_names: Vec<String>,
    /// The region of the endpoint, when it was named.
    pub region: Option<String>,
    /// Where everything is sent.
    pub upstream: Endpoint,
    /// The site that the account belongs to, when it is said.
    pub account_site: Option<AccountSite>,
    /// The most that purchases may cost.
    pub prices: PriceLimits,
    /// Where purchases are written down.
    pub ledger: Address,
    /// Where the keys come from.
    pub keys: Source,
    /// The folder of the page.
    pub site: Option<PathBuf>,
    /// What is sold; values that it does not offer are refused.
    pub catalog: Option<Catalog>,
    /// Whether `POSTPAY` may be bought.
    pub allow_postpay: bool,
    /// Whether what a page has signed by itself is forwarded.
    pub relay: bool,
    /// How long to wait for what.
    pub limits: Limits,
    /// Which pages may ask.
    pub origins: Origins,
    /// How it is known who asks.
    pub identity: Identity,
    /// How much may be asked.
    pub quota: Quota,
    /// What is sold.
    pub spend: Spend,
    /// Where every purchase is noted, as lines of JSON.
    pub audit: Option<PathBuf>,
}

/// How long the proxy waits, and how much it takes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the head of a request.
    pub head: Duration,
    /// For the body of a request.
    pub body: Duration,
    /// For more of an answer to be taken.
    pub taking: Duration,
    /// For all that is sent on a connection to be taken, as far as it had to be waited for.
    pub slow: Duration,
    /// For a connection, which then ends with the answer that is under way.
    pub connection: Duration,
    /// For the connection to the cloud.
    pub connect: Duration,
    /// For the whole answer of the cloud.
    pub answer: Duration,
    /// For the instance of a purchase to be found when no answer came; longer than all of the above together, twice.
    pub patience: Duration,
    /// Before a purchase that the cloud was too busy for is sent again with its key: longer than an instance is missing in the
    /// list.
    pub resend_pause: Duration,
    /// Before a purchase without an answer is looked for; from then on the pauses grow.
    pub first_look: Duration,
    /// Lost purchases that are looked for in a second, at most.
    pub looks_per_second: u32,
    /// For purchases under way when the proxy is asked to end.
    pub drain: Duration,
    /// Connections that are open at the same time: as many as the process may have files, but for those that purchases need.
    pub connections: usize,
    /// Of these, connections of one address.
    pub connections_of_one: usize,
    /// Bytes of a request's body: room for the most components that the rules allow.
    pub body_bytes: usize,
    /// Bytes of the cloud's answer.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            taking: Duration::from_secs(10),
            slow: Duration::from_mins(1),
            connection: Duration::from_mins(5),
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            patience: Duration::from_hours(1),
            resend_pause: Duration::from_secs(10),
            first_look: Duration::from_secs(1),
            looks_per_second: 20,
            drain: Duration::from_secs(40),
            connections: connections(),
            connections_of_one: 256,
            body_bytes: 64 * 1024,
            answer_bytes: 4 * 1024 * 1024,
        }
    }
}

/// Files that are kept for the cloud and the ledger.
const OWN_FILES: usize = 512;
/// The files that a process may usually have.
const USUAL_FILES: usize = 1024;

/// The files that this process may have open, less its own.
fn connections() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = files.and_then(|line| line.split_whitespace().next()?.parse().ok());
    let files: usize = files.unwrap_or(USUAL_FILES);
    files - OWN_FILES.min(files / 2)
}

impl Config {
    /// From the command line and the environment.
    pub fn new(
        settings: &Settings,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            keys: settings.keys(environment)?,
            upstream: settings.upstream()?,
            identity: settings.identity()?,
            account_site: settings.account_site(),
            prices: PriceLimits {
                one: settings.max_price.clone(),
                month: settings.budget.clone(),
                allow_unpriced: settings.allow_unpriced,
            },
            site: settings.site()?.map(Path::to_owned),
            limits: settings.limits()?,
            catalog: settings.catalog()?,
            listen: settings.listen,
            operator: settings.operator(),
            own_names: settings.own_name.clone(),
            region: settings.region.clone(),
            ledger: settings.ledger.clone(),
            allow_postpay: settings.allow_postpay,
            relay: settings.relay,
            origins: Origins::new(settings.allow_origin.clone()),
            quota: Quota {
                of_one: settings.requests_per_minute,
                of_address: settings.address_requests_per_minute,
                of_all: settings.all_requests_per_minute,
                at_once: settings.requests_at_once as usize,
            },
            spend: Spend {
                an_hour: settings.purchases_per_hour,
                longest_term: settings.longest_term,
                allow_auto_renew: settings.allow_auto_renew,
                components: settings.sell.clone(),
            },
            audit: settings.audit.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn keys(name: &str) -> Option<String> {
        name.starts_with("ALIBABA_CLOUD_ACCESS").then(|| format!("value-of-{name}"))
    }

    fn read(arguments: &[&str]) -> Result<Config, ConfigError> {
        let arguments = [&["havenask-proxy"], arguments].concat();
        Config::new(&Arguments::try_parse_from(arguments).unwrap().settings, keys)
    }

    #[test]
    fn a_region_names_its_endpoint() {
        let config = read(&["--region", "cn-beijing"]).unwrap();
        assert_eq!(config.upstream.to_string(), "https://searchengine.cn-beijing.aliyuncs.com");
    }

    #[test]
    fn what_must_not_start() {
        let clear = "http://searchengine.cn-beijing.aliyuncs.com";
        for host in ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost", "localhost:1"] {
            assert!(read(&["--upstream", &format!("http://{host}")]).is_ok(), "{host}");
        }
        for (arguments, error) in [
            (&["--region", "mars-1"][..], "not a region"),
            (&["--upstream", "x/y"], "no endpoint"),
            (&["--upstream", clear], "in clear"),
            (&["--upstream", "http://10.0.0.1:80"], "in clear"),
            (&["--upstream", "http://localhost.example"], "in clear"),
            (&["--upstream", "ftp://127.0.0.1:1"], "no endpoint"),
            (
                &["--upstream", "http://127.0.0.1:1", "--listen", "0.0.0.0:80"],
                "open to other machines",
            ),
            (&["--upstream", "http://127.0.0.1:1", "--site", "/nowhere"], "no index.html"),
            (&["--region", "cn-beijing", "--look-for", "79"], "Write 80 or more"),
        ] {
            let shown = read(arguments).unwrap_err().to_string();
            assert!(shown.contains(error), "{shown}");
        }
        let arguments = Arguments::try_parse_from(["havenask-proxy", "--region", "cn-beijing"]);
        let error = Config::new(&arguments.unwrap().settings, |_| None).unwrap_err();
        assert!(error.to_string().contains("ALIBABA_CLOUD_ACCESS_KEY_ID is not set"), "{error}");
    }

    #[test]
    fn no_secret_in_what_is_shown() {
        let shown = format!("{:?}", read(&["--region", "cn-beijing"]).unwrap());
        assert!(!shown.contains("value-of-ALIBABA_CLOUD_ACCESS_KEY_SECRET"), "{shown}");
    }
}
