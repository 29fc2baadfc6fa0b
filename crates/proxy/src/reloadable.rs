//! Settings that are read again while the proxy runs: tokens and catalogue.

use std::sync::{Arc, PoisonError, RwLock};

use havenask_core::catalog::Catalog;

use crate::{
    access::Authentication,
    config::{Config, ConfigError, ProxySettings},
};

/// The current tokens and catalogue.
#[derive(Debug)]
pub(crate) struct ReloadableSettings {
    authentication: RwLock<Arc<Authentication>>,
    catalog: RwLock<Option<Arc<Catalog>>>,
}

impl ReloadableSettings {
    pub(crate) fn new(config: &Config) -> Self {
        let catalog = config.catalog.clone().map(Arc::new);
        let authentication = Arc::new(config.authentication.clone());
        Self { authentication: RwLock::new(authentication), catalog: RwLock::new(catalog) }
    }

    /// Returns the way in which a caller is known.
    pub(crate) fn authentication(&self) -> Arc<Authentication> {
        Arc::clone(&self.authentication.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the catalog of what is sold; values that it does not offer are refused.
    pub(crate) fn catalog(&self) -> Option<Arc<Catalog>> {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the files again. A file that cannot be read changes nothing.
    pub(crate) fn reload(&self, settings: &ProxySettings) -> Vec<ConfigError> {
        let mut errors = Vec::new();
        match settings.authentication() {
            Ok(authentication) => {
                *self.authentication.write().unwrap_or_else(PoisonError::into_inner) =
                    Arc::new(authentication);
            }
            Err(error) => errors.push(error),
        }
        match settings.catalog() {
            Ok(catalog) => {
                let catalog = catalog.map(Arc::new);
                *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = catalog;
            }
            Err(error) => errors.push(error),
        }
        errors
    }
}
