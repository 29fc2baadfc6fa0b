//! What the proxy is told when it starts.

use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Parser, Subcommand};
use havenask_core::{Credentials, Endpoint};

use crate::ledger;

/// The command line of `havenask-proxy`.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    about = "Serves the purchase form and signs what it buys",
    long_about = "Serves the purchase form, checks and signs what it buys, and sends it to one endpoint of Alibaba Cloud \
                  OpenSearch.\n\nThe keys come from the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, \
                  ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for an STS credential, ALIBABA_CLOUD_SECURITY_TOKEN."
)]
pub struct Arguments {
    /// What to do in place of listening.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Where to listen: a loopback address.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The region to buy in.
    #[arg(
        long,
        value_name = "REGION",
        required_unless_present = "upstream",
        conflicts_with = "upstream"
    )]
    region: Option<String>,
    /// The endpoint to send to, in place of a region's own: HTTPS, or HTTP on this machine (an emulator).
    #[arg(long, value_name = "URL")]
    upstream: Option<String>,
    /// Where purchases are written down: sqlite:PATH, or `postgres://USER@HOST/DATABASE` for several proxies.
    #[arg(long, value_name = "URL", default_value = ledger::DEFAULT)]
    ledger: String,
    /// Seconds to wait for an answer of the cloud.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    answer_timeout: u64,
    /// Seconds for which the instance of a purchase is looked for when no answer came.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    look_for: u64,
    /// The folder of the page; without it there is none.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Lets POSTPAY through, which the documents of CreateInstance call "not supported".
    #[arg(long)]
    allow_postpay: bool,
    /// Sends a dry run on to the cloud with `dryRun=true`. If the cloud ignores that, a dry run buys.
    #[arg(long)]
    forward_dry_run: bool,
}

/// What can be done in place of listening.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Looks into the ledger, and settles what only a person can find out
    Ledger(crate::books::Arguments),
}

/// What the proxy runs with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The region of the endpoint, when it was named.
    pub region: Option<String>,
    /// Where everything is sent.
    pub upstream: Endpoint,
    /// Where purchases are written down.
    pub ledger: String,
    /// The keys.
    pub credentials: Credentials,
    /// The folder of the page.
    pub site: Option<PathBuf>,
    /// Whether `POSTPAY` may be bought.
    pub allow_postpay: bool,
    /// Whether a dry run is sent on.
    pub forward_dry_run: bool,
    /// How long to wait for what.
    pub limits: Limits,
}

/// How long the proxy waits, and how much it takes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the head of a request.
    pub head: Duration,
    /// For the body of a request.
    pub body: Duration,
    /// For the connection to the cloud.
    pub connect: Duration,
    /// For the whole answer of the cloud.
    pub answer: Duration,
    /// For the instance of a purchase to be found when no answer came; longer than all of the above together, twice.
    pub patience: Duration,
    /// Before a purchase without an answer is looked for; from then on the pauses grow.
    pub first_look: Duration,
    /// For purchases under way when the proxy is asked to end.
    pub drain: Duration,
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
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            patience: Duration::from_hours(1),
            first_look: Duration::from_secs(1),
            drain: Duration::from_secs(40),
            body_bytes: 64 * 1024,
            answer_bytes: 4 * 1024 * 1024,
        }
    }
}

/// Why the proxy does not start.
#[derive(Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// A key is not in the environment.
    KeyMissing(&'static str),
    /// The region is not known.
    Region(String),
    /// The upstream is no endpoint.
    Upstream(String),
    /// The upstream would get signed requests in clear over a network.
    UpstreamInClear(String),
    /// A purchase would be given up while it may still be sent.
    LookForTooShort {
        /// Seconds, at least.
        least: u64,
    },
    /// The address is open to others.
    NotLoopback(SocketAddr),
    /// The folder of the page holds no page.
    Site(PathBuf),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyMissing(name) => {
                write!(formatter, "{name} is not set. Set it in the environment of the proxy.")
            }
            Self::Region(text) => write!(formatter, "--region: {text}"),
            Self::Upstream(text) => {
                write!(
                    formatter,
                    "--upstream {text:?} is no endpoint. Write https://HOST or http://127.0.0.1:PORT."
                )
            }
            Self::UpstreamInClear(text) => {
                write!(
                    formatter,
                    "--upstream {text:?} would carry signed requests in clear. Use https://."
                )
            }
            Self::LookForTooShort { least } => write!(
                formatter,
                "--look-for is shorter than a purchase may be under way. Write {least} or more."
            ),
            Self::NotLoopback(address) => write!(
                formatter,
                "--listen {address} is open to other machines, and anybody there could buy. Use a loopback address such \
                 as 127.0.0.1:8080."
            ),
            Self::Site(path) => {
                write!(
                    formatter,
                    "--site {}: there is no index.html. Build the page first.",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// From the command line and the environment.
    pub fn new(
        arguments: Arguments,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let credentials = credentials(environment)?;
        let upstream = match (&arguments.upstream, &arguments.region) {
            (Some(upstream), _) => checked_upstream(upstream)?,
            (None, region) => {
                let region = region.as_deref().unwrap_or_default();
                Endpoint::public(region).map_err(|error| ConfigError::Region(error.to_string()))?
            }
        };
        if !arguments.listen.ip().is_loopback() {
            return Err(ConfigError::NotLoopback(arguments.listen));
        }
        if let Some(site) = &arguments.site
            && !site.join("index.html").is_file()
        {
            return Err(ConfigError::Site(site.clone()));
        }
        let limits = Limits {
            answer: Duration::from_secs(arguments.answer_timeout),
            patience: Duration::from_secs(arguments.look_for),
            // As long as the last purchase, and a little for the ledger.
            drain: Duration::from_secs(arguments.answer_timeout + 10),
            ..Limits::default()
        };
        // The last attempt to send begins in the first half.
        let least = 2 * (limits.connect + limits.answer).as_secs() + 10;
        if arguments.look_for < least {
            return Err(ConfigError::LookForTooShort { least });
        }
        Ok(Self {
            listen: arguments.listen,
            region: arguments.region,
            upstream,
            ledger: arguments.ledger,
            credentials,
            site: arguments.site,
            allow_postpay: arguments.allow_postpay,
            forward_dry_run: arguments.forward_dry_run,
            limits,
        })
    }
}

fn credentials(environment: impl Fn(&str) -> Option<String>) -> Result<Credentials, ConfigError> {
    let key = |name: &'static str| {
        environment(name).filter(|value| !value.is_empty()).ok_or(ConfigError::KeyMissing(name))
    };
    let id = key("ALIBABA_CLOUD_ACCESS_KEY_ID")?;
    let credentials = Credentials::new(id, key("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?);
    Ok(match key("ALIBABA_CLOUD_SECURITY_TOKEN") {
        Ok(token) => credentials.with_security_token(token),
        Err(_) => credentials,
    })
}

fn checked_upstream(text: &str) -> Result<Endpoint, ConfigError> {
    let endpoint = Endpoint::parse(text).ok_or_else(|| ConfigError::Upstream(text.to_owned()))?;
    let host = endpoint.host();
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

    fn keys(name: &str) -> Option<String> {
        name.starts_with("ALIBABA_CLOUD_ACCESS").then(|| format!("value-of-{name}"))
    }

    fn read(arguments: &[&str]) -> Result<Config, ConfigError> {
        let arguments = [&["havenask-proxy"], arguments].concat();
        Config::new(Arguments::try_parse_from(arguments).unwrap(), keys)
    }

    #[test]
    fn a_region_names_its_endpoint() {
        let config = read(&["--region", "cn-beijing"]).unwrap();
        assert_eq!(config.upstream.to_string(), "https://searchengine.cn-beijing.aliyuncs.com");
    }

    #[test]
    fn what_must_not_start() {
        let clear = "http://searchengine.cn-beijing.aliyuncs.com";
        for (arguments, error) in [
            (&["--region", "mars-1"][..], "not a region"),
            (&["--upstream", "x/y"], "no endpoint"),
            (&["--upstream", clear], "in clear"),
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
        let error = Config::new(arguments.unwrap(), |_| None).unwrap_err();
        assert_eq!(error, ConfigError::KeyMissing("ALIBABA_CLOUD_ACCESS_KEY_ID"));
    }

    #[test]
    fn no_secret_in_what_is_shown() {
        let shown = format!("{:?}", read(&["--region", "cn-beijing"]).unwrap());
        assert!(!shown.contains("value-of-ALIBABA_CLOUD_ACCESS_KEY_SECRET"), "{shown}");
    }
}
