//! Credentials from names and values: the environment, or a file that has the same names.

use std::{fs, io::ErrorKind, os::unix::fs::PermissionsExt, path::Path};

use havenask_core::Credentials;
use zeroize::Zeroizing;

use super::{
    CredentialError, InvalidCredential,
    parse::{credentials, trimmed},
};

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Parses the credentials of these names.
pub(crate) fn parse(
    value: impl Fn(&str) -> Option<String>,
) -> Result<Credentials, InvalidCredential> {
    credentials([ID, SECRET, TOKEN].map(|name| (name, value(name))))
}

/// Tests for a file that everybody on this machine can read. A group may: a credential that systemd hands to a service shows the mode
/// 0440 where an access list names its user.
pub(crate) fn is_world_readable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o007 != 0)
}

/// Reads the credentials in a file.
pub(super) fn read(path: &Path) -> Result<Credentials, CredentialError> {
    let failed = |why: String| CredentialError(format!("--keys {}: {why}", path.display()));
    let text = fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|error| match error.kind() {
        ErrorKind::InvalidData => failed("it is no text. Save it as UTF-8.".to_owned()),
        _ => failed(format!("{error}. See whether the proxy may read it.")),
    })?;
    if is_world_readable(path) {
        tracing::warn!(path = %path.display(), "others can read the keys: chmod o=");
    }
    let assigned = || {
        let lines = (1_usize..).zip(text.lines());
        lines
            .flat_map(|(number, line)| line.split('\r').map(move |line| (number, line)))
            .filter_map(|(number, line)| {
                let (known, value) = trimmed(line).split_once('=')?;
                let exported =
                    known.strip_prefix("export").filter(|it| it.starts_with([' ', '\t']));
                Some((exported.unwrap_or(known).trim(), value, number))
            })
    };
    for name in [ID, SECRET, TOKEN] {
        if let Some((_, _, line)) = assigned().filter(|(known, ..)| *known == name).nth(1) {
            return Err(failed(format!(
                "line {line} sets {name} a second time. Leave one of them."
            )));
        }
    }
    let value = |name: &str| {
        assigned().find(|(known, ..)| *known == name).map(|(_, value, _)| value.to_owned())
    };
    parse(value).map_err(|error| match error {
        InvalidCredential::Missing(name) => {
            failed(format!("there is no line {name}=…, or nothing in it."))
        }
        foreign @ InvalidCredential::InvalidCharacter { .. } => failed(format!("{foreign}.")),
    })
}
