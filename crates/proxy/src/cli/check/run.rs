//! `havenask-proxy check`: whether the proxy would run and buy with these settings. Nothing is bought, made or changed.

use std::{
    io::{self, Write},
    sync::Arc,
};

use super::{
    cloud, credentials, ledger, machine, prices,
    report::{CheckResult, Report},
    settings as options,
};
use crate::{config::ProxySettings, credentials::CredentialProvider};

/// Checks that query the cloud.
const CLOUD_CHECKS: [&str; 5] = ["ListInstances", "GetInstance", "clock", "account", "prices"];

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
    report
        .add("ledger", ledger::check(&settings.ledger, settings.upstream().ok().as_ref()).await)?;
    let keys = match settings.credentials(environment) {
        Ok(source) => CredentialProvider::load(source).await.map_err(CheckResult::fail),
        Err(error) => Err(CheckResult::fail(error)),
    };
    report.add("keys", keys.as_ref().map_or_else(Clone::clone, credentials::check))?;
    // An error of the times is said already.
    let limits = settings.limits().unwrap_or_default();
    let endpoint = match settings.upstream() {
        Ok(endpoint) => cloud::reach(endpoint, limits).await,
        Err(error) => Err(CheckResult::fail(error)),
    };
    report.add("cloud", endpoint.as_ref().map_or_else(Clone::clone, cloud::reached))?;
    match (keys, endpoint) {
        (Ok(keys), Ok(endpoint)) => {
            let keys = Arc::new(keys);
            cloud::check(endpoint.clone(), limits, Arc::clone(&keys), &mut report).await?;
            prices::check(settings, &endpoint, limits, &keys, &mut report).await?;
        }
        (Ok(_), Err(_)) => report.skip(&CLOUD_CHECKS, "the cloud is not reached")?,
        (Err(_), _) => report.skip(&CLOUD_CHECKS, "there are no keys to ask with")?,
    }
    report.add("CreateInstance", cloud::buying())?;
    Ok(report.has_passed())
}
