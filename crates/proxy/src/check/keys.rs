//! The keys, of which only the id is shown.

use super::Finding;
use crate::{
    keys::{Keys, Source, is_open},
    stamp,
};

/// Where the keys are from, and how long they are good.
pub(super) fn check(keys: &Keys) -> Finding {
    let credentials = keys.current();
    let id = credentials.access_key_id();
    let temporary = credentials.security_token().is_some();
    match keys.source() {
        Source::Fixed(_) if temporary => Finding::warn(format!(
            "{id} of the environment is an STS credential: when it expires, nothing is bought until the proxy is started \
             anew. Use --keys, whose file is read again, or --ram-role."
        )),
        Source::Fixed(_) => Finding::ok(format!("{id} of the environment; it does not expire")),
        Source::File(path) if is_open(path) => Finding::warn(format!(
            "everybody on this machine can read {}: chmod o= {}",
            path.display(),
            path.display()
        )),
        Source::File(path) if temporary => Finding::ok(format!(
            "{id} of {}, an STS credential: whoever writes the file must renew it in time",
            path.display()
        )),
        Source::File(path) => {
            Finding::ok(format!("{id} of {}; it does not expire", path.display()))
        }
        Source::Role { .. } => {
            let seconds = keys.expire().unwrap_or_default() - stamp::now() / 1000;
            if keys.are_good() {
                return Finding::ok(format!(
                    "{id} of the RAM role; good for {seconds} s, and renewed before"
                ));
            }
            Finding::fail(format!(
                "{id} of the RAM role has expired. See whether the metadata service renews it, and the clock of this machine."
            ))
        }
    }
}
