//! Check of the ledger.

use super::{machine, report::CheckResult};
use crate::{
    config::Endpoints,
    ledger::{CLOCK_SKEW_WARNING, DryRunReport, LedgerAddress, dry_run},
};

/// Checks that the ledger can be written and belongs to these endpoints, and reports its content.
pub(super) async fn check(address: &LedgerAddress, endpoints: Option<&Endpoints>) -> CheckResult {
    if let Some(file) = address.missing_file() {
        return match machine::can_be_made(file) {
            Ok(()) => CheckResult::warn(format!(
                "{address} is not there: the first run makes it. If this proxy has bought before, its ledger is \
                 somewhere else, and without it a key can buy again."
            )),
            Err(error) => CheckResult::fail(format!(
                "{address} cannot be made: {error}. See whether its folder exists and may be written."
            )),
        };
    }
    let served = endpoints.map(Endpoints::ledger_names);
    match dry_run(address, served.as_deref()).await {
        Ok(report) => found(address, report, endpoints),
        Err(error) => CheckResult::fail(error),
    }
}

fn found(
    address: &LedgerAddress,
    report: DryRunReport,
    endpoints: Option<&Endpoints>,
) -> CheckResult {
    let DryRunReport { version, known, unknown, mut pending, ahead } = report;
    let what = match version {
        0 => format!("{address} is empty: the first run makes its tables"),
        _ if version < known => {
            format!("{address} has version {version}: the next run brings it to {known}")
        }
        _ => format!("{address} is written, version {version}"),
    };
    pending.retain(|region| {
        endpoints.is_some_and(|served| served.regions().all(|name| name != region))
    });
    if !pending.is_empty() {
        return CheckResult::warn(format!(
            "{what}; purchases without an answer are in {}, which this proxy does not serve, and nobody looks for them: add \
             it with --region, or settle each with havenask-proxy ledger resolve.",
            pending.join(", ")
        ));
    }
    if unknown > 0 {
        return CheckResult::warn(format!(
            "{what}; of {unknown} purchases nobody knows whether they were made: see havenask-proxy ledger list \
             --state unknown, and settle each with havenask-proxy ledger resolve."
        ));
    }
    if ahead.abs() >= CLOCK_SKEW_WARNING {
        let way = if ahead > 0 { "ahead of" } else { "behind" };
        let seconds = ahead.abs() / 1000;
        return CheckResult::warn(format!(
            "{what}; the clock of this machine is {seconds} s {way} that of the ledger's server, by which purchases age. Set it, \
             and keep it set with NTP."
        ));
    }
    if address.is_in_clear() {
        return CheckResult::warn(format!(
            "{what}; purchases and the password cross the network in clear. Use sslmode=verify-full."
        ));
    }
    CheckResult::ok(what)
}
