//! The address of a ledger. That of a server may hold a password, which is never shown.

use std::{convert::Infallible, fmt, net::IpAddr, path::Path, str::FromStr};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::error::OpenError;

/// The address of the ledger unless it is said.
pub(crate) const DEFAULT_ADDRESS: &str = "sqlite:havenask-ledger.db";
/// The variable of the environment that says it.
pub(crate) const ENVIRONMENT_VARIABLE: &str = "HAVENASK_PROXY_LEDGER";

/// The way in which the file of a `SQLite` ledger is opened.
#[derive(Clone, Copy, Debug)]
pub(super) enum Open {
    /// A file that is not there is made.
    Create,
    /// A file that is not there is an error: an empty one in its place would know no key.
    Existing,
}

/// `sqlite:PATH`, or `postgres://USER:PASSWORD@HOST/DATABASE`.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerAddress(String);

impl LedgerAddress {
    /// Tests for a password in it.
    pub(crate) fn has_password(&self) -> bool {
        let user = self.0.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@'));
        user.is_some_and(|(user, _)| user.contains(':')) || self.0.contains("password=")
    }

    /// The file of one in `SQLite`; none where there is no path to it, or where it would be in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        let path = self.0.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        (!path.is_empty() && path != ":memory:").then(|| Path::new(path))
    }

    /// The file of one in `SQLite` that is certainly not there.
    pub(crate) fn missing_file(&self) -> Option<&Path> {
        self.file().filter(|file| file.try_exists().is_ok_and(|exists| !exists))
    }

    /// The address as sqlx takes it.
    pub(super) fn location(&self, open: Open) -> Result<String, OpenError> {
        sqlx::any::install_default_drivers();
        if let Some(path) = self.file() {
            let mode = match open {
                Open::Create => "rwc",
                Open::Existing => "rw",
            };
            return Ok(format!("sqlite://{}?mode={mode}", escaped(&path.to_string_lossy())));
        }
        match self.ssl_mode()? {
            Some(PgSslMode::Allow | PgSslMode::Prefer) => Err(OpenError::InClear),
            _ => Ok(self.0.clone()),
        }
    }

    /// Returns whether another machine is reached without TLS because the operator says so.
    pub(crate) fn is_in_clear(&self) -> bool {
        matches!(self.ssl_mode(), Ok(Some(PgSslMode::Disable)))
    }

    /// The mode of TLS towards a server on another machine; none for a ledger on this one.
    fn ssl_mode(&self) -> Result<Option<PgSslMode>, OpenError> {
        if self.file().is_some() {
            return Ok(None);
        }
        if !self.0.starts_with("postgres://") && !self.0.starts_with("postgresql://") {
            return Err(OpenError::Address);
        }
        let options: PgConnectOptions = self.0.parse()?;
        let host = options.get_host().trim_matches(['[', ']']);
        let here = options.get_socket().is_some()
            || host == "localhost"
            || host.starts_with('/')
            || host.parse().is_ok_and(|address: IpAddr| address.to_canonical().is_loopback());
        Ok((!here).then(|| options.get_ssl_mode()))
    }
}

impl From<String> for LedgerAddress {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for LedgerAddress {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for LedgerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = || {
            let (scheme, rest) = self.0.split_once("://")?;
            let (user, host) = rest.rsplit_once('@')?;
            let (name, _) = user.split_once(':')?;
            // The query may name a password too.
            let host = host.split('?').next()?;
            Some(format!("{scheme}://{name}:***@{host}"))
        };
        formatter.write_str(
            &hidden().unwrap_or_else(|| self.0.split('?').next().unwrap_or_default().to_owned()),
        )
    }
}

impl fmt::Debug for LedgerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// A path without what would be read as another part of an address: its beginning as the name of a host, `..` as a step back in the
/// address, its end as a query.
fn escaped(path: &str) -> String {
    let (folder, rest) = path.strip_prefix('/').map_or(("./", path), |rest| ("/", rest));
    let mut escaped = rest.replace('%', "%25");
    for (letter, code) in [
        ('/', "%2F"),
        ('\\', "%5C"),
        ('?', "%3F"),
        ('#', "%23"),
        ('\t', "%09"),
        ('\n', "%0A"),
        ('\r', "%0D"),
    ] {
        escaped = escaped.replace(letter, code);
    }
    format!("{folder}{escaped}")
}

#[cfg(test)]
mod tests {
    use super::{LedgerAddress, Open};

    #[test]
    fn a_password_is_not_shown() {
        for (address, shown) in [
            (
                "postgres://buyer:s3c:r@t@db.example/ledger?sslmode=require",
                "postgres://buyer:***@db.example/ledger",
            ),
            ("postgres://db.example/ledger?password=s3cret", "postgres://db.example/ledger"),
            ("postgres://buyer@db.example/ledger", "postgres://buyer@db.example/ledger"),
            ("sqlite:folder/ledger.db", "sqlite:folder/ledger.db"),
        ] {
            let address = LedgerAddress::from(address.to_owned());
            assert_eq!(address.to_string(), shown);
            assert_eq!(format!("{address:?}"), shown);
        }
    }
    #[test]
    fn a_ledger_has_a_path_and_is_not_read_on_the_way() {
        let other = "postgres://u:secret@db.example/ledger";
        for (address, is_taken, in_clear) in [
            ("sqlite:folder/ledger.db", true, false),
            ("sqlite:my folder/led:ger.db", true, false),
            ("sqlite:", false, false),
            ("sqlite://", false, false),
            ("sqlite::memory:", false, false),
            ("sqlite://:memory:", false, false),
            ("ledger.db", false, false),
            (other, false, false),
            ("postgres://u@10.0.0.1/x", false, false),
            (&format!("{other}?sslmode=prefer"), false, false),
            (&format!("{other}?sslmode=allow"), false, false),
            (&format!("{other}?sslmode=disable"), true, true),
            (&format!("{other}?sslmode=require"), true, false),
            (&format!("{other}?ssl-mode=verify-full"), true, false),
            ("postgres://u@127.0.0.1:5432/x", true, false),
            ("postgres://u@[::1]/x", true, false),
            ("postgres://u@localhost/x", true, false),
            ("postgresql://u@x/y?host=/var/run/postgresql", true, false),
            ("postgresql://u@127.0.0.1/y?host=db.example", false, false),
        ] {
            let address = LedgerAddress::from(address.to_owned());
            let taken = address.location(Open::Existing);
            assert_eq!(taken.is_ok(), is_taken, "{address}: {taken:?}");
            assert_eq!(address.is_in_clear(), in_clear, "{address}");
        }
    }
}
