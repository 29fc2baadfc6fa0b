//! `havenask-proxy check`: whether the proxy would run and buy with these settings. Nothing is bought, made or changed.

mod cloud;
mod finding;
mod keys;
mod ledger;
mod machine;
mod money;
mod settings;

use std::{
    io::{self, Write},
    sync::Arc,
};

use self::finding::{Finding, Report};
use crate::{config::Settings, keys::Keys};

/// What is found out by asking the cloud.
const ANSWERS: [&str; 5] = ["ListInstances", "GetInstance", "clock", "account", "prices"];

/// Tests everything, writes a line for each test as soon as its end is known, and returns whether nothing failed.
pub async fn run(
    settings: &Settings,
    environment: impl Fn(&str) -> Option<String>,
    out: &mut impl Write,
) -> io::Result<bool> {
    let mut report = Report::new(out);
    let metrics = settings.operator().unwrap_or(settings.listen);
    report.say("listen", machine::listen(settings.listen, metrics).await)?;
    if metrics != settings.listen {
        report.say("operator", machine::listen(metrics, metrics).await)?;
    }
    if settings.shows_a_password(std::env::args_os()) {
        report.say("command line", Finding::warn(Settings::SHOWN_PASSWORD))?;
    }
    report.say("callers", settings::callers(settings))?;
    report.say("site", settings::site(settings))?;
    report.say("catalogue", settings::catalogue(settings))?;
    report.say("times", settings::times(settings))?;
    report.say("audit log", machine::audit(settings.audit.as_deref()))?;
    report
        .say("ledger", ledger::check(&settings.ledger, settings.upstream().ok().as_ref()).await)?;
    let keys = match settings.keys(environment) {
        Ok(source) => Keys::get(source).await.map_err(Finding::fail),
        Err(error) => Err(Finding::fail(error)),
    };
    report.say("keys", keys.as_ref().map_or_else(Clone::clone, keys::check))?;
    // What is wrong with the times is said already.
    let limits = settings.limits().unwrap_or_default();
    let endpoint = match settings.upstream() {
        Ok(endpoint) => cloud::reach(endpoint, limits).await,
        Err(error) => Err(Finding::fail(error)),
    };
    report.say("cloud", endpoint.as_ref().map_or_else(Clone::clone, cloud::reached))?;
    match (keys, endpoint) {
        (Ok(keys), Ok(endpoint)) => {
            let keys = Arc::new(keys);
            cloud::ask(endpoint.clone(), limits, Arc::clone(&keys), &mut report).await?;
            money::ask(settings, &endpoint, limits, &keys, &mut report).await?;
        }
        (Ok(_), Err(_)) => report.skip(&ANSWERS, "the cloud is not reached")?,
        (Err(_), _) => report.skip(&ANSWERS, "there are no keys to ask with")?,
    }
    report.say("CreateInstance", cloud::buying())?;
    Ok(report.all_is_well())
}
