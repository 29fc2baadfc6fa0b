//! Parts of the configuration, read from the settings: for a run, and for `havenask-proxy check`.

use std::{
    fs::{self, File},
    io,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use havenask_core::{Locale, SchemaError, catalog::Catalog, pricing::AccountSite};

use super::{AccountsFile, ConfigError, Limits, ProxySettings};
use crate::{
    access::{Authentication, BearerTokens},
    credentials::{self, CredentialSource},
};

impl ProxySettings {
    /// The source of the credentials.
    pub(crate) fn credentials(
        &self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<CredentialSource, ConfigError> {
        if let Some(path) = &self.keys {
            return Ok(CredentialSource::File(path.clone()));
        }
        if let Some(name) = &self.ram_role {
            let name = Some(name.clone()).filter(|name| !name.is_empty());
            return Ok(CredentialSource::Role { name, metadata: self.metadata.clone() });
        }
        credentials::parse(environment)
            .map(CredentialSource::Fixed)
            .map_err(ConfigError::Credential)
    }

    /// Reads the accounts of principals.
    pub(crate) fn accounts(&self) -> Result<Option<AccountsFile>, ConfigError> {
        let Some(path) = &self.accounts else { return Ok(None) };
        if self.relay {
            return Err(ConfigError::RelayWith("--accounts"));
        }
        let invalid = |why: String| ConfigError::Accounts { path: path.clone(), why };
        let text = read_json(path).map_err(|error| invalid(error.to_string()))?;
        AccountsFile::parse(&text).map(Some).map_err(invalid)
    }

    /// The site that the account belongs to, when it is said.
    pub(crate) fn account_site(&self) -> Option<AccountSite> {
        self.account_site.map(Into::into)
    }

    /// The way to authenticate callers; without one, only this machine may call.
    pub(crate) fn authentication(&self) -> Result<Authentication, ConfigError> {
        if let Some(path) = &self.tokens {
            if self.relay {
                return Err(ConfigError::RelayWith("--tokens"));
            }
            let unreadable = |source: io::Error| ConfigError::TokensUnreadable {
                path: path.clone(),
                why: source.to_string(),
            };
            let text = fs::read_to_string(path).map_err(unreadable)?;
            let invalid = |error| ConfigError::TokensInvalid { path: path.clone(), error };
            return Ok(Authentication::BearerTokens(BearerTokens::parse(&text).map_err(invalid)?));
        }
        match &self.user_header {
            Some(name) => Ok(Authentication::UserHeader {
                name: name.clone(),
                trusted: self.trusted_proxy.clone(),
            }),
            None if self.listen.ip().is_loopback() => Ok(Authentication::Anonymous),
            None => Err(ConfigError::NotLoopback(self.listen)),
        }
    }

    /// Returns the address of the operator's listener, when it is not the one of everything else.
    pub(crate) fn operator(&self) -> Option<SocketAddr> {
        match self.operator_listen {
            Some(address) => (address != self.listen).then_some(address),
            None if self.listen.ip().is_loopback() => None,
            None => {
                let port =
                    if self.listen.port() == 0 { 0 } else { self.listen.port().wrapping_add(1) };
                Some((Ipv4Addr::LOCALHOST, port).into())
            }
        }
    }

    /// The folder of the page, which is there.
    pub(crate) fn site(&self) -> Result<Option<&Path>, ConfigError> {
        let Some(site) = &self.site else { return Ok(None) };
        let page = File::open(site.join("index.html")).and_then(|file| file.metadata());
        if page.is_ok_and(|page| page.is_file()) {
            Ok(Some(site))
        } else {
            Err(ConfigError::Site(site.clone()))
        }
    }

    /// Timeouts and sizes.
    pub(crate) fn limits(&self) -> Result<Limits, ConfigError> {
        let limits = Limits {
            upstream_timeout: Duration::from_secs(self.upstream_timeout),
            reconcile_rate: self.reconcile_rate,
            reconcile_deadline: Duration::from_secs(self.reconcile_seconds),
            max_connections_per_address: self.address_connections as usize,
            // As long as the last purchase, and a little for the ledger.
            shutdown_timeout: Duration::from_secs(self.upstream_timeout + 10),
            ..Limits::default()
        };
        // The last attempt to send begins in the first half.
        let least = 2 * (limits.connect_timeout + limits.upstream_timeout).as_secs() + 10;
        if self.reconcile_seconds < least {
            return Err(ConfigError::ReconcileTooShort { least });
        }
        Ok(limits)
    }

    /// Reads the catalog of what is sold, when it makes sense.
    pub(crate) fn catalog(&self) -> Result<Option<Catalog>, ConfigError> {
        let Some(path) = &self.catalog else { return Ok(None) };
        let invalid = |why: String| ConfigError::Catalog { path: path.clone(), why };
        let text = read_json(path).map_err(|error| invalid(error.to_string()))?;
        let catalog: Catalog =
            serde_json::from_str(&text).map_err(|error| invalid(error.to_string()))?;
        match catalog.validate(Locale::En).as_slice() {
            [] => Ok(Some(catalog)),
            flaws => Err(invalid(listed(flaws))),
        }
    }
}

/// The text of a file, without the mark in front of it that some editors write and JSON does not know.
fn read_json(path: &Path) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The first flaws of a catalogue, and how many more there are.
fn listed(flaws: &[SchemaError]) -> String {
    const MOST: usize = 10;
    let mut texts: Vec<_> = flaws.iter().take(MOST).map(SchemaError::to_string).collect();
    if let Some(more) = flaws.len().checked_sub(MOST).filter(|more| *more > 0) {
        texts.push(format!("and {more} more"));
    }
    texts.join(" ").trim_end_matches('.').to_owned()
}
