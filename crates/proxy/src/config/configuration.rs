//! The configuration that the proxy runs with.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use havenask_core::{catalog::Catalog, pricing::AccountSite, purchase::TermsUrl};

use super::{AccountsFile, ConfigError, Endpoints, Limits, ProxySettings};
use crate::{
    access::{AllowedOrigins, Authentication, RequestLimits},
    credentials::CredentialSource,
    ledger::LedgerAddress,
    pricing::PriceLimits,
    purchase::PurchasePolicy,
};

/// The configuration that the proxy runs with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The address of the operator's listener; `listen` when it is not said.
    pub operator: Option<SocketAddr>,
    /// The names by which the proxy is reached.
    pub own_names: Vec<String>,
    /// The endpoints of the cloud, one for each region.
    pub endpoints: Endpoints,
    /// The accounts of principals; without it all buy with the proxy's own credentials.
    pub accounts: Option<AccountsFile>,
    /// The site that the account belongs to, when it is said.
    pub account_site: Option<AccountSite>,
    /// The most that purchases may cost.
    pub prices: PriceLimits,
    /// The address of the ledger.
    pub ledger: LedgerAddress,
    /// The source of the credentials.
    pub credentials: CredentialSource,
    /// The folder of the page.
    pub site: Option<PathBuf>,
    /// The catalogue; values that it does not offer are refused.
    pub catalog: Option<Catalog>,
    /// True if `POSTPAY` is allowed.
    pub allow_postpay: bool,
    /// True if requests that a page has signed are relayed.
    pub relay: bool,
    /// Timeouts and sizes.
    pub limits: Limits,
    /// Origins of pages that may use the API.
    pub origins: AllowedOrigins,
    /// The way to authenticate callers.
    pub authentication: Authentication,
    /// Limits on requests.
    pub request_limits: RequestLimits,
    /// Limits on purchases.
    pub policy: PurchasePolicy,
    /// The address of the terms that buyers must accept.
    pub terms_url: Option<TermsUrl>,
    /// The audit log: each purchase as lines of JSON.
    pub audit: Option<PathBuf>,
}

impl Config {
    /// Tests for emulators on this machine in all regions: nothing else may be reached over HTTP.
    pub(crate) fn is_test(&self) -> bool {
        self.endpoints.iter().all(|at| at.endpoint.scheme() == "http")
    }

    /// Reads the settings and the environment.
    pub fn new(
        settings: &ProxySettings,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            credentials: settings.credentials(environment)?,
            endpoints: settings.endpoints()?,
            accounts: settings.accounts()?,
            authentication: settings.authentication()?,
            account_site: settings.account_site(),
            prices: PriceLimits {
                per_purchase: settings.max_price.clone(),
                per_month: settings.budget.clone(),
                allow_unpriced: settings.allow_unpriced,
            },
            site: settings.site()?.map(Path::to_owned),
            limits: settings.limits()?,
            catalog: settings.catalog()?,
            listen: settings.listen,
            operator: settings.operator(),
            own_names: settings.own_name.clone(),
            ledger: settings.ledger.clone(),
            allow_postpay: settings.allow_postpay,
            relay: settings.relay,
            origins: AllowedOrigins::new(settings.allow_origin.clone()),
            request_limits: RequestLimits {
                per_principal: settings.requests_per_minute,
                per_address: settings.address_requests_per_minute,
                total: settings.all_requests_per_minute,
                concurrent: settings.max_concurrent_requests as usize,
            },
            policy: PurchasePolicy {
                purchases_per_hour: settings.purchases_per_hour,
                max_term_months: settings.max_term_months,
                allow_auto_renew: settings.allow_auto_renew,
                allowed_components: settings.allow_component.clone(),
            },
            terms_url: settings.terms_url.clone(),
            audit: settings.audit.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    fn keys(name: &str) -> Option<String> {
        name.starts_with("ALIBABA_CLOUD_ACCESS").then(|| format!("value-of-{name}"))
    }

    fn read(arguments: &[&str]) -> Result<Config, ConfigError> {
        let arguments = [&["havenask-proxy"], arguments].concat();
        Config::new(&Cli::try_parse_from(arguments).unwrap().settings, keys)
    }

    #[test]
    fn a_region_names_its_endpoint() {
        let config = read(&["--region", "cn-beijing"]).unwrap();
        let endpoint = config.endpoints.default.endpoint.to_string();
        assert_eq!(endpoint, "https://searchengine.cn-beijing.aliyuncs.com");
        let regions = ["--region", "cn-shanghai, cn-beijing", "--region", "cn-hangzhou"];
        let config = read(&regions).unwrap();
        let regions: Vec<_> = config.endpoints.regions().collect();
        assert_eq!(regions, ["cn-shanghai", "cn-beijing", "cn-hangzhou"]);
    }

    #[test]
    fn invalid_configurations_are_refused() {
        let clear = "http://searchengine.cn-beijing.aliyuncs.com";
        for host in ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost", "localhost:1"] {
            assert!(read(&["--upstream", &format!("http://{host}")]).is_ok(), "{host}");
        }
        for (arguments, error) in [
            (&["--region", "mars-1"][..], "not a region"),
            (&["--region", "cn-beijing", "--upstream", "http://127.0.0.1:1"], "_REGION"),
            (&["--region", "cn-beijing", "--relay", "--tokens", "x"], "with --tokens"),
            (&["--region", "cn-beijing", "--relay", "--accounts", "x"], "with --accounts"),
            (&["--upstream", "x/y"], "no endpoint"),
            (&["--upstream", clear], "in clear"),
            (&["--upstream", "cn-beijing=http://10.0.0.1:80"], "in clear"),
            (&["--region", "cn-beijing,cn-beijing"], "twice"),
            (
                &["--upstream", "a=http://127.0.0.1:1", "--upstream", "http://127.0.0.1:2"],
                "each needs its region",
            ),
            (&["--upstream", "http://10.0.0.1:80"], "in clear"),
            (&["--upstream", "http://localhost.example"], "in clear"),
            (&["--upstream", "ftp://127.0.0.1:1"], "no endpoint"),
            (
                &["--upstream", "http://127.0.0.1:1", "--listen", "0.0.0.0:80"],
                "open to other machines",
            ),
            (&["--upstream", "http://127.0.0.1:1", "--site", "/nowhere"], "no index.html"),
            (&["--region", "cn-beijing", "--reconcile-seconds", "79"], "Write 80 or more"),
        ] {
            let shown = read(arguments).unwrap_err().to_string();
            assert!(shown.contains(error), "{shown}");
        }
        let arguments = Cli::try_parse_from(["havenask-proxy", "--region", "cn-beijing"]);
        let error = Config::new(&arguments.unwrap().settings, |_| None).unwrap_err();
        assert!(error.to_string().contains("ALIBABA_CLOUD_ACCESS_KEY_ID is not set"), "{error}");
    }

    #[test]
    fn no_secret_in_what_is_shown() {
        let shown = format!("{:?}", read(&["--region", "cn-beijing"]).unwrap());
        assert!(!shown.contains("value-of-ALIBABA_CLOUD_ACCESS_KEY_SECRET"), "{shown}");
    }
}
