//! Where a ledger is. The address of a server may hold a password, which is never shown.

use std::{convert::Infallible, fmt, path::Path, str::FromStr};

/// `sqlite:PATH`, or `postgres://USER:PASSWORD@HOST/DATABASE`.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The address with everything in it.
    pub(super) fn whole(&self) -> &str {
        &self.0
    }

    /// Whether a password is in it.
    pub(crate) fn has_password(&self) -> bool {
        let user = self.0.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@'));
        user.is_some_and(|(user, _)| user.contains(':')) || self.0.contains("password=")
    }

    /// The file of one in `SQLite`.
    pub(crate) fn file(&self) -> Option<&Path> {
        let path = self.0.strip_prefix("sqlite:")?;
        Some(Path::new(path.strip_prefix("//").unwrap_or(path)))
    }
}

impl From<String> for Address {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for Address {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = || {
            let (scheme, rest) = self.0.split_once("://")?;
            let (user, host) = rest.rsplit_once('@')?;
            let (name, _) = user.split_once(':')?;
            // What follows may name a password too.
            let host = host.split('?').next()?;
            Some(format!("{scheme}://{name}:***@{host}"))
        };
        formatter.write_str(
            &hidden().unwrap_or_else(|| self.0.split('?').next().unwrap_or_default().to_owned()),
        )
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

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
            let address = Address::from(address.to_owned());
            assert_eq!(address.to_string(), shown);
            assert_eq!(format!("{address:?}"), shown);
        }
    }
}
