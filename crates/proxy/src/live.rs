//! Settings that can be read again while the proxy runs: who may ask, and what is sold.

use std::sync::{Arc, PoisonError, RwLock};

use havenask_core::catalog::Catalog;

use crate::{
    config::{Config, ConfigError, Settings},
    guard::Identity,
};

/// Tokens and catalogue of now.
#[derive(Debug)]
pub(crate) struct Live {
    identity: RwLock<Arc<Identity>>,
    catalog: RwLock<Option<Arc<Catalog>>>,
}

impl Live {
    pub(crate) fn new(config: &Config) -> Self {
        let catalog = config.catalog.clone().map(Arc::new);
        let identity = Arc::new(config.identity.clone());
        Self { identity: RwLock::new(identity), catalog: RwLock::new(catalog) }
    }

    /// Returns the way in which a caller is known.
    pub(crate) fn identity(&self) -> Arc<Identity> {
        Arc::clone(&self.identity.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the catalog of what is sold; values that it does not offer are refused.
    pub(crate) fn catalog(&self) -> Option<Arc<Catalog>> {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the files again. What cannot be read stays as it was.
    pub(crate) fn reload(&self, settings: &Settings) -> Vec<ConfigError> {
        let mut errors = Vec::new();
        match settings.identity() {
            Ok(identity) => {
                *self.identity.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(identity);
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
