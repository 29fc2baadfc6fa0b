//! Check of the credentials, of which only the id is shown.

use super::report::CheckResult;
use crate::{
    clock,
    credentials::{CredentialProvider, CredentialSource, is_world_readable},
};

/// Checks the source of the credentials, and how long they are valid.
pub(super) fn check(keys: &CredentialProvider) -> CheckResult {
    let credentials = keys.current();
    let id = credentials.access_key_id();
    let temporary = credentials.security_token().is_some();
    match keys.source() {
        CredentialSource::Fixed(_) if temporary => CheckResult::warn(format!(
            "{id} of the environment is an STS credential: when it expires, nothing is bought until the proxy is started \
             anew. Use --keys, whose file is read again, or --ram-role."
        )),
        CredentialSource::Fixed(_) => {
            CheckResult::ok(format!("{id} of the environment; it does not expire"))
        }
        CredentialSource::File(path) if is_world_readable(path) => CheckResult::warn(format!(
            "everybody on this machine can read {}: chmod o= {}",
            path.display(),
            path.display()
        )),
        CredentialSource::File(path) if temporary => CheckResult::ok(format!(
            "{id} of {}, an STS credential: whoever writes the file must renew it in time",
            path.display()
        )),
        CredentialSource::File(path) => {
            CheckResult::ok(format!("{id} of {}; it does not expire", path.display()))
        }
        CredentialSource::Role { .. } => {
            let seconds = keys.expires_at().unwrap_or_default() - clock::now() / 1000;
            if keys.is_valid() {
                return CheckResult::ok(format!(
                    "{id} of the RAM role; good for {seconds} s, and renewed before"
                ));
            }
            CheckResult::fail(format!(
                "{id} of the RAM role has expired. See whether the metadata service renews it, and the clock of this machine."
            ))
        }
    }
}
