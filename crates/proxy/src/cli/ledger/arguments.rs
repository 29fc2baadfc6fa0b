//! The command line of `havenask-proxy ledger`.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand};
use havenask_core::Endpoint;

use crate::config::RegionEndpoint;
use crate::ledger::{
    DEFAULT_ADDRESS, ENVIRONMENT_VARIABLE, LedgerAddress, PurchaseState, is_instance_id,
};

/// Seconds in a day.
const DAY: u64 = 86_400;

/// Arguments of `havenask-proxy ledger`.
#[derive(Debug, Parser)]
pub struct LedgerArguments {
    /// The ledger: sqlite:PATH, or `postgres://USER@HOST/DATABASE`
    #[arg(long, value_name = "URL", default_value = DEFAULT_ADDRESS, env = ENVIRONMENT_VARIABLE, hide_env_values = true, global = true)]
    pub(super) ledger: LedgerAddress,
    #[command(subcommand)]
    pub(super) action: LedgerAction,
}

#[derive(Debug, Subcommand)]
pub(super) enum LedgerAction {
    /// Lists purchases, the newest first
    List {
        /// Only those in this state: pending, created, failed or unknown
        #[arg(long, value_parser = state)]
        state: Option<PurchaseState>,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Shows the purchases of a key as JSON
    Show {
        #[command(flatten)]
        purchase: PurchaseSelector,
    },
    /// Writes all purchases as JSON lines, the newest first
    Export,
    /// Takes over purchases from JSON: what `export` writes, or answers of `ListInstances`
    ///
    /// After a restore, instances that carry the tag of a purchase which the ledger does not know are written down as bought, so
    /// that their keys buy nothing more. A key that is known stays as it is.
    Import {
        /// The file; without one, the standard input
        file: Option<PathBuf>,
    },
    /// Forgets what is settled and old; what is pending or unknown stays
    ///
    /// A key that is forgotten can buy again. Export first.
    Prune {
        /// Only what has not changed for so long: 90d, 12w; a day at least
        #[arg(long, value_name = "AGE", value_parser = age)]
        older_than: Duration,
    },
    /// Moves the ledger to other endpoints, when all of its purchases will be looked for there
    Bind {
        #[command(flatten)]
        place: BindTarget,
        /// Also when purchases are pending, which are looked for at the endpoint that it leaves
        #[arg(long)]
        with_pending: bool,
    },
    /// Settles an unknown purchase, after somebody has found out how it ended
    Resolve {
        #[command(flatten)]
        purchase: PurchaseSelector,
        #[command(flatten)]
        resolution: Resolution,
        /// The name of the person who has found out
        #[arg(long, value_name = "NAME", env = "USER")]
        by: String,
        /// The audit log of the proxy, which gets a line of it
        #[arg(long, value_name = "FILE")]
        audit: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct PurchaseSelector {
    /// Its key
    pub(super) key: String,
    /// Its principal, where several have one of this key
    #[arg(long, value_name = "NAME")]
    pub(super) principal: Option<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Resolution {
    /// It was made: this is the instance
    #[arg(long, value_name = "ID", value_parser = instance)]
    pub(super) created: Option<String>,
    /// It was not made
    #[arg(long)]
    pub(super) not_created: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct BindTarget {
    /// A region, as the proxy has it
    #[arg(long, value_name = "REGION", value_delimiter = ',', value_parser = region)]
    pub(super) region: Vec<RegionEndpoint>,
    /// An endpoint, as the proxy has it
    #[arg(long, value_name = "[REGION=]URL", value_delimiter = ',')]
    pub(super) upstream: Vec<RegionEndpoint>,
}

fn state(text: &str) -> Result<PurchaseState, String> {
    PurchaseState::parse(text).ok_or_else(|| "write pending, created, failed or unknown".to_owned())
}

fn instance(text: &str) -> Result<String, String> {
    let valid = is_instance_id(text).then(|| text.to_owned());
    valid.ok_or_else(|| "write the id of an instance: ha-cn-…".to_owned())
}

fn region(text: &str) -> Result<RegionEndpoint, String> {
    Endpoint::public(text).map(RegionEndpoint::new).map_err(|error| error.to_string())
}

fn age(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "h" => 3600,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => 0,
    };
    let seconds = digits.parse().ok().and_then(|count: u64| count.checked_mul(unit));
    // Long past, a signed time still has room for it.
    let seconds = seconds.filter(|seconds| (DAY..=100 * 365 * DAY).contains(seconds));
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| "write days or weeks, as 90d or 12w: a day at least".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_a_day_at_least() {
        for (text, days) in [("1d", Some(1)), ("24h", Some(1)), ("2w", Some(14)), ("90d", Some(90))]
        {
            assert_eq!(age(text).ok(), days.map(|days| Duration::from_secs(days * DAY)), "{text}");
        }
        for text in [
            "",
            "d",
            "90",
            "23h",
            "0d",
            "-1d",
            "1.5d",
            "1 d",
            "1dd",
            "99999999999999999999d",
            "9999999999d",
        ] {
            assert!(age(text).is_err(), "{text}");
        }
    }
}
