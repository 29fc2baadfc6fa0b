//! Keys from names and values: the environment, or a file that has the same names.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use havenask_core::Credentials;
use zeroize::Zeroizing;

use super::NoKeys;

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// The keys that these names have; the error is the name that is missing.
pub(crate) fn parse(value: impl Fn(&str) -> Option<String>) -> Result<Credentials, &'static str> {
    let given = |name: &'static str| value(name).filter(|value| !value.is_empty()).ok_or(name);
    let credentials = Credentials::new(given(ID)?, given(SECRET)?);
    Ok(match given(TOKEN) {
        Ok(token) => credentials.with_security_token(token),
        Err(_) => credentials,
    })
}

/// Whether everybody on this machine can read a file. A group may: a credential that systemd hands to a service shows the mode
/// 0440 where an access list names its user.
pub(crate) fn is_open(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o007 != 0)
}

/// The keys in a file.
pub(super) fn read(path: &Path) -> Result<Credentials, NoKeys> {
    let failed = |why: String| NoKeys(format!("--keys {}: {why}", path.display()));
    let text = fs::read_to_string(path).map(Zeroizing::new);
    let text =
        text.map_err(|error| failed(format!("{error}. See whether the proxy may read it.")))?;
    if is_open(path) {
        tracing::warn!(path = %path.display(), "others can read the keys: chmod o=");
    }
    let value = |name: &str| {
        let lines = text.lines().filter_map(|line| line.trim().split_once('='));
        let mut values = lines.filter(|(known, _)| known.trim() == name);
        values.next().map(|(_, value)| value.trim().trim_matches('"').to_owned())
    };
    parse(value).map_err(|name| failed(format!("there is no line {name}=….")))
}
