//! `havenask-proxy check`: whether the proxy would run and buy with these settings. Nothing is bought, made or changed.

use std::{
    io::{self, Write},
    sync::Arc,
};

use havenask_core::operation::{CREATE_INSTANCE, GET_INSTANCE, LIST_INSTANCES};

use super::{
    accounts, cloud, credentials, ledger, machine,
    prices::PriceClients,
    report::{CheckResult, Report},
    settings as options,
};
use crate::{
    config::{Limits, ProxySettings, RegionEndpoint},
    credentials::CredentialProvider,
};

/// Checks that query the cloud.
const CLOUD_CHECKS: [&str; 5] = [LIST_INSTANCES, GET_INSTANCE, "clock", "account", "prices"];

/// Tests everything, writes a line for each test as soon as its end is known, and returns whether nothing failed.
pub async fn run(
    settings: &ProxySettings,
    environment: impl Fn(&str) -> Option<String>,
    out: &mut impl Write,
) -> io::Result<bool> {
    let mut report = Report::new(out);
    let metrics = settings.operator().unwrap_or(settings.listen);
    report.add("listen", machine::listen(settings.listen, metrics).await)?;
    if metrics != settings.listen {
        report.add("operator", machine::listen(metrics, metrics).await)?;
    }
    if settings.shows_a_password(std::env::args_os()) {
        report.add("command line", CheckResult::warn(ProxySettings::SHOWN_PASSWORD))?;
    }
    report.add("callers", options::callers(settings))?;
    report.add("site", options::site(settings))?;
    report.add("catalogue", options::catalogue(settings))?;
    report.add("times", options::times(settings))?;
    report.add("audit log", machine::audit(settings.audit.as_deref()))?;
    if let Some(file) = settings.accounts().transpose() {
        report.add("accounts", accounts::file(file))?;
    }
    let endpoints = settings.endpoints();
    report.add("ledger", ledger::check(&settings.ledger, endpoints.as_ref().ok()).await)?;
    let keys = match settings.credentials(environment) {
        Ok(source) => CredentialProvider::load(source).await.map_err(CheckResult::fail),
        Err(error) => Err(CheckResult::fail(error)),
    };
    report.add("keys", keys.as_ref().map_or_else(Clone::clone, credentials::check))?;
    // An error of the times is said already.
    let limits = settings.limits().unwrap_or_default();
    match endpoints {
        Ok(endpoints) => {
            let keys = keys.ok().map(Arc::new);
            for (index, at) in endpoints.iter().enumerate() {
                report.in_region(at.region.as_deref().filter(|_| index > 0));
                region(settings, at, limits, keys.as_ref(), index == 0, &mut report).await?;
            }
            report.in_region(None);
        }
        Err(error) => {
            report.add("cloud", CheckResult::fail(error))?;
            report.skip(&CLOUD_CHECKS, "the cloud is not reached")?;
        }
    }
    report.add(CREATE_INSTANCE, cloud::buying())?;
    Ok(report.has_passed())
}

/// Checks the cloud in a region; the account once, since it is the same in each.
async fn region(
    settings: &ProxySettings,
    at: &RegionEndpoint,
    limits: Limits,
    keys: Option<&Arc<CredentialProvider>>,
    is_first: bool,
    report: &mut Report<'_, impl Write>,
) -> io::Result<()> {
    let reached = cloud::reach(&at.endpoint, limits).await;
    let is_reached = reached.is_ok();
    report.add("cloud", reached.err().unwrap_or_else(|| cloud::reached(&at.endpoint)))?;
    let Some(credentials) = keys else {
        return report.skip(&CLOUD_CHECKS, "there are no keys to ask with");
    };
    if !is_reached {
        return report.skip(&CLOUD_CHECKS, "the cloud is not reached");
    }
    cloud::check(at.endpoint.clone(), limits, Arc::clone(credentials), report).await?;
    let clients = PriceClients { settings, limits, credentials };
    if is_first {
        clients.account(at, report).await?;
        clients.roles(at, report).await?;
    }
    clients.price(at, report).await
}
