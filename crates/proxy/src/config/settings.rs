//! Settings of the command line and the environment.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf};

use axum::http::HeaderName;
use clap::{
    Args, ValueEnum,
    builder::{
        BoolishValueParser, NonEmptyStringValueParser, RangedU64ValueParser, TypedValueParser,
    },
};
use havenask_core::{
    pricing::{AccountSite, Money},
    purchase::TermsUrl,
};

use super::{origin, own_name};
use crate::{
    access::IpNetwork,
    ledger::{self, LedgerAddress},
    log::LogFormat,
    pricing::Budget,
};

/// Settings of a run, which `havenask-proxy check` tests.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct ProxySettings {
    /// The address to listen on: beyond this machine only with --tokens or --user-header.
    #[arg(
        long,
        value_name = "ADDR",
        default_value = "127.0.0.1:8080",
        env = "HAVENASK_PROXY_LISTEN"
    )]
    pub(crate) listen: SocketAddr,
    /// The address of `/metrics`, `/openapi.json` and `/readyz`, for the operator. By default they are on
    /// --listen where that is a loopback address, and on the next port of 127.0.0.1 otherwise.
    #[arg(long, value_name = "ADDR", env = "HAVENASK_PROXY_OPERATOR_LISTEN")]
    pub(crate) operator_listen: Option<SocketAddr>,
    /// A name by which the proxy is reached, as `shop.example.com`: requests for any other are refused. May be given several
    /// times. A loopback address answers to names of this machine besides.
    #[arg(long, value_name = "HOST", value_delimiter = ',', value_parser = own_name::parse, help_heading = "Who may ask", env = "HAVENASK_PROXY_OWN_NAME")]
    pub(crate) own_name: Vec<String>,
    /// A region to buy in; may be given several times. The first is that of requests which name none.
    #[arg(
        long,
        value_name = "REGION",
        value_delimiter = ',',
        required_unless_present = "upstream",
        value_parser = trimmed(),
        env = "HAVENASK_PROXY_REGION"
    )]
    pub(crate) region: Vec<String>,
    /// The endpoint to send to, in place of a region's own: HTTPS, or HTTP on this machine (an emulator). With its region before it,
    /// as `cn-hangzhou=URL`, it may be given several times.
    #[arg(
        long,
        value_name = "[REGION=]URL",
        value_delimiter = ',',
        value_parser = trimmed(),
        env = "HAVENASK_PROXY_UPSTREAM"
    )]
    pub(crate) upstream: Vec<String>,
    /// The site of Alibaba Cloud that the account belongs to, which quotes its prices. Unless it is said, that of the region.
    #[arg(long, value_enum, value_name = "SITE", env = "HAVENASK_PROXY_ACCOUNT_SITE")]
    pub(crate) account_site: Option<AccountSiteOption>,
    /// The ledger of purchases: sqlite:PATH, or `postgres://USER@HOST/DATABASE` for several proxies. An address
    /// with a password belongs into the environment, where nobody sees it.
    #[arg(long, value_name = "URL", default_value = ledger::DEFAULT_ADDRESS, env = ledger::ENVIRONMENT_VARIABLE, hide_env_values = true)]
    pub(crate) ledger: LedgerAddress,
    /// Seconds for a response of the cloud.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600), env = "HAVENASK_PROXY_UPSTREAM_TIMEOUT")]
    pub(crate) upstream_timeout: u64,
    /// Seconds in which a purchase without an answer is reconciled: its instance is looked up at the cloud.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=1_000_000), env = "HAVENASK_PROXY_RECONCILE_SECONDS")]
    pub(crate) reconcile_seconds: u64,
    /// Purchases that are reconciled in a second, at most, each with one query to the cloud.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = at_least_one(), help_heading = "How much", env = "HAVENASK_PROXY_RECONCILE_RATE")]
    pub(crate) reconcile_rate: u32,
    /// The folder of the page; without it there is none.
    #[arg(long, value_name = "DIR", env = "HAVENASK_PROXY_SITE")]
    pub(crate) site: Option<PathBuf>,
    /// A file with the credentials, lines as `ALIBABA_CLOUD_ACCESS_KEY_ID=…`; it is read again when it changes.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "ram_role",
        help_heading = "Credentials",
        env = "HAVENASK_PROXY_KEYS"
    )]
    pub(crate) keys: Option<PathBuf>,
    /// Credentials of the RAM role of this ECS instance; its name may be left out.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", help_heading = "Credentials", env = "HAVENASK_PROXY_RAM_ROLE")]
    pub(crate) ram_role: Option<String>,
    /// The metadata service that has the credentials of the role.
    #[arg(
        long,
        value_name = "URL",
        value_parser = NonEmptyStringValueParser::new(),
        default_value = "http://100.100.100.200",
        help_heading = "Credentials",
        env = "HAVENASK_PROXY_METADATA"
    )]
    pub(crate) metadata: String,
    /// A JSON file with the RAM role of each principal, which the proxy assumes to buy in the account of that role. It is read again on
    /// SIGHUP.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Credentials",
        env = "HAVENASK_PROXY_ACCOUNTS"
    )]
    pub(crate) accounts: Option<PathBuf>,
    /// A file with a line for everybody who may ask: a name, and the SHA-256 of a bearer token in hexadecimal. The token
    /// is sent as `Authorization: Bearer TOKEN`.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "user_header",
        help_heading = "Who may ask",
        env = "HAVENASK_PROXY_TOKENS"
    )]
    pub(crate) tokens: Option<PathBuf>,
    /// The header in which a proxy in front of this one says who has signed in; needs --trusted-proxy.
    #[arg(
        long,
        value_name = "NAME",
        requires = "trusted_proxy",
        help_heading = "Who may ask",
        env = "HAVENASK_PROXY_USER_HEADER"
    )]
    pub(crate) user_header: Option<HeaderName>,
    /// The address or network of a proxy in front of this one, as `10.0.0.7` or `10.42.0.0/16`; may be given several times.
    #[arg(
        long,
        value_name = "NETWORK",
        value_delimiter = ',',
        requires = "user_header",
        help_heading = "Who may ask",
        env = "HAVENASK_PROXY_TRUSTED_PROXY"
    )]
    pub(crate) trusted_proxy: Vec<IpNetwork>,
    /// Another page that may ask, as `https://console.example.com`; may be given several times.
    #[arg(long, value_name = "ORIGIN", value_delimiter = ',', value_parser = origin::parse, help_heading = "Who may ask", env = "HAVENASK_PROXY_ALLOW_ORIGIN")]
    pub(crate) allow_origin: Vec<String>,
    /// Requests a minute of one who asks.
    #[arg(long, value_name = "N", default_value_t = 120, value_parser = at_least_one(), help_heading = "How much", env = "HAVENASK_PROXY_REQUESTS_PER_MINUTE")]
    pub(crate) requests_per_minute: u32,
    /// Requests a minute of one address of which nobody is known: without a token, for the page, for health. An IPv6
    /// address counts with its whole /64.
    #[arg(long, value_name = "N", default_value_t = 6000, value_parser = at_least_one(), help_heading = "How much", env = "HAVENASK_PROXY_ADDRESS_REQUESTS_PER_MINUTE")]
    pub(crate) address_requests_per_minute: u32,
    /// Connections of one address at the same time, but for those of --trusted-proxy.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = at_least_one(), help_heading = "How much", env = "HAVENASK_PROXY_ADDRESS_CONNECTIONS")]
    pub(crate) address_connections: u32,
    /// Requests a minute of all together.
    #[arg(long, value_name = "N", default_value_t = 1200, value_parser = at_least_one(), help_heading = "How much", env = "HAVENASK_PROXY_ALL_REQUESTS_PER_MINUTE")]
    pub(crate) all_requests_per_minute: u32,
    /// Requests that are served at the same time.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = at_least_one(), help_heading = "How much", env = "HAVENASK_PROXY_MAX_CONCURRENT_REQUESTS")]
    pub(crate) max_concurrent_requests: u32,
    /// Purchases in an hour, of all who buy together.
    #[arg(
        long,
        value_name = "N",
        help_heading = "How much",
        env = "HAVENASK_PROXY_PURCHASES_PER_HOUR"
    )]
    pub(crate) purchases_per_hour: Option<u32>,
    /// The most that one purchase may cost, as "CNY 5000". The order is quoted before it is sent, and an order without a price is
    /// refused.
    #[arg(long, value_name = "MONEY", value_parser = money, help_heading = "How much", env = "HAVENASK_PROXY_MAX_PRICE")]
    pub(crate) max_price: Option<Money>,
    /// The most that all purchases of a ledger may cost in a calendar month (UTC), as "CNY 20000/month". Purchases that are created, pending or
    /// unknown count with their quotes.
    #[arg(
        long,
        value_name = "MONEY/month",
        help_heading = "How much",
        env = "HAVENASK_PROXY_BUDGET"
    )]
    pub(crate) budget: Option<Budget>,
    /// Sends orders of which nobody says what they cost, in spite of --max-price and --budget; they count as nothing.
    #[arg(long, value_parser = BoolishValueParser::new(), help_heading = "How much", env = "HAVENASK_PROXY_ALLOW_UNPRICED")]
    pub(crate) allow_unpriced: bool,
    /// Lets instances renew themselves, and be paid for again, when their term ends.
    #[arg(long, value_parser = BoolishValueParser::new(), help_heading = "How much", env = "HAVENASK_PROXY_ALLOW_AUTO_RENEW")]
    pub(crate) allow_auto_renew: bool,
    /// The longest term of an order, in months. An order whose term cannot be counted is refused.
    #[arg(
        long,
        value_name = "MONTHS",
        help_heading = "How much",
        env = "HAVENASK_PROXY_MAX_TERM_MONTHS"
    )]
    pub(crate) max_term_months: Option<u32>,
    /// A component code that is allowed, and no other; may be given several times.
    #[arg(
        long,
        value_name = "CODE",
        value_delimiter = ',',
        value_parser = trimmed(),
        help_heading = "How much",
        env = "HAVENASK_PROXY_ALLOW_COMPONENT"
    )]
    pub(crate) allow_component: Vec<String>,
    /// A JSON file with the catalogue, from which the form draws its controls: values that it does not offer are refused.
    /// Without one the form takes codes as they are typed, and shows a sample before an emulator.
    #[arg(long, value_name = "FILE", help_heading = "How much", env = "HAVENASK_PROXY_CATALOG")]
    pub(crate) catalog: Option<PathBuf>,
    /// The address of your terms, `https://…`: the form asks for consent to them, and a purchase without `Havenask-Terms` set to that
    /// address is refused. Each purchase is recorded with the address.
    #[arg(long, value_name = "URL", value_parser = terms_url, env = "HAVENASK_PROXY_TERMS_URL")]
    pub(crate) terms_url: Option<TermsUrl>,
    /// The audit log: each purchase as lines of JSON.
    #[arg(long, value_name = "FILE", env = "HAVENASK_PROXY_AUDIT")]
    pub(crate) audit: Option<PathBuf>,
    /// The form of the log: lines of text, or of JSON.
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        env = "HAVENASK_PROXY_LOG_FORMAT"
    )]
    pub(crate) log_format: LogFormat,
    /// Lets POSTPAY through, which the documents of CreateInstance call "not supported".
    #[arg(long, value_parser = BoolishValueParser::new(), env = "HAVENASK_PROXY_ALLOW_POSTPAY")]
    pub(crate) allow_postpay: bool,
    /// Forwards what a page has signed by itself with an STS credential: /relay/HOST/openapi/…. Such a request has its
    /// signature where a bearer token would be, so users are known by --user-header.
    #[arg(
        long,
        value_parser = BoolishValueParser::new(),
        help_heading = "Who may ask",
        env = "HAVENASK_PROXY_RELAY"
    )]
    pub(crate) relay: bool,
}

impl ProxySettings {
    /// The reason that a password does not belong on the command line.
    pub const SHOWN_PASSWORD: &str = "a password is on the command line, where every process of this machine can read it: say \
                                      --ledger as HAVENASK_PROXY_LEDGER";

    /// Tests for a password in these arguments of the program.
    pub fn shows_a_password(&self, mut arguments: impl Iterator<Item = OsString>) -> bool {
        let is_address = |it: OsString| it.to_string_lossy().contains("postgres");
        self.ledger.has_password() && arguments.any(is_address)
    }

    /// The form of the log.
    #[must_use]
    pub const fn log_format(&self) -> LogFormat {
        self.log_format
    }
}

/// A site of Alibaba Cloud.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum AccountSiteOption {
    /// `www.aliyun.com`
    China,
    /// `www.alibabacloud.com`
    International,
}

impl From<AccountSiteOption> for AccountSite {
    fn from(site: AccountSiteOption) -> Self {
        match site {
            AccountSiteOption::China => Self::China,
            AccountSiteOption::International => Self::International,
        }
    }
}

/// A value of a list, which may have a space behind its comma.
fn trimmed() -> impl TypedValueParser<Value = String> {
    NonEmptyStringValueParser::new().map(|text| text.trim().to_owned())
}

fn money(text: &str) -> Result<Money, &'static str> {
    Money::parse(text).ok_or("write a currency and an amount, as \"CNY 5000\"")
}

fn terms_url(text: &str) -> Result<TermsUrl, &'static str> {
    TermsUrl::parse(text)
        .ok_or("write an https address, percent-encoded, as https://shop.example.com/terms")
}

fn at_least_one() -> RangedU64ValueParser<u32> {
    RangedU64ValueParser::new().range(1..)
}
