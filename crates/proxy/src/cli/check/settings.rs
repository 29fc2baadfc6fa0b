//! Checks of the options, and of the files that they name.

use std::fs;

use super::report::CheckResult;
use crate::{access::Authentication, config::ProxySettings};

/// Checks the authentication.
pub(super) fn callers(settings: &ProxySettings) -> CheckResult {
    match settings.authentication() {
        Ok(Authentication::Anonymous) => CheckResult::ok("whoever is on this machine"),
        Ok(Authentication::BearerTokens(tokens)) if tokens.len() == 0 => CheckResult::warn(
            "--tokens names nobody: every request of the API is refused. Add a line for each caller.",
        ),
        Ok(Authentication::BearerTokens(tokens)) => {
            CheckResult::ok(format!("known by a token, {}", tokens.len()))
        }
        Ok(Authentication::UserHeader { name, trusted }) => {
            CheckResult::ok(format!("named in {name} by a proxy at {trusted:?}"))
        }
        Err(error) => CheckResult::fail(error),
    }
}

/// Checks the page. Its policy refuses scripts that stand in it, as plain `trunk build` leaves one.
pub(super) fn site(settings: &ProxySettings) -> CheckResult {
    match settings.site() {
        Ok(Some(folder)) => {
            let page = fs::read_to_string(folder.join("index.html")).unwrap_or_default();
            let mut scripts = page.split("<script").skip(1).filter_map(|it| it.split('>').next());
            if scripts.any(|attributes| !attributes.contains("src=")) {
                return CheckResult::fail(format!(
                    "{}/index.html holds a script, which its policy refuses: nothing would be shown. Build the page with \
                     `cargo xtask build`.",
                    folder.display()
                ));
            }
            CheckResult::ok(format!("{} has a page", folder.display()))
        }
        Ok(None) => CheckResult::ok("none: the API alone is served"),
        Err(error) => CheckResult::fail(error),
    }
}

/// Limits on purchases.
pub(super) fn catalogue(settings: &ProxySettings) -> CheckResult {
    match settings.catalog() {
        Ok(Some(catalog)) => CheckResult::ok(format!("{} components", catalog.components.len())),
        Ok(None) => CheckResult::warn(
            "none: the form offers no codes, and takes what is typed; before an emulator it shows a sample. Say what you sell with --catalog.",
        ),
        Err(error) => CheckResult::fail(error),
    }
}

/// Checks the timeouts.
pub(super) fn times(settings: &ProxySettings) -> CheckResult {
    match settings.limits() {
        Ok(limits) => CheckResult::ok(format!(
            "an answer is waited for {} s, a lost purchase is looked for {} s",
            limits.upstream_timeout.as_secs(),
            limits.reconcile_deadline.as_secs()
        )),
        Err(error) => CheckResult::fail(error),
    }
}
