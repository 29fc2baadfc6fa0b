//! Provider of credentials, which keeps them fresh.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use havenask_core::Credentials;
use tokio::sync::watch;

use super::{CredentialError, ecs_ram_role, file};
use crate::clock;

/// Sources of credentials.
#[derive(Clone, Debug)]
pub enum CredentialSource {
    /// Fixed ones.
    Fixed(Credentials),
    /// A file of lines `NAME=VALUE`, with the names of the environment. It is read again when it changes.
    File(PathBuf),
    /// The RAM role of the ECS instance on which the proxy runs.
    Role {
        /// The role; the one that the instance has unless it is said.
        name: Option<String>,
        /// The metadata service: `http://100.100.100.200`.
        metadata: String,
    },
}

/// The pause between two reads of the source.
pub(crate) const REFRESH_INTERVAL: Duration = Duration::from_secs(2);
/// Seconds before it expires in which a key is replaced. The official SDK leaves 15 minutes (`provider/refreshable.py`).
const REFRESH_BEFORE_EXPIRY: i64 = 15 * 60;
/// The pause after the source has failed.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// A provider of credentials.
pub(crate) struct CredentialProvider {
    source: CredentialSource,
    cached: RwLock<CachedCredentials>,
    /// Listeners for new credentials.
    listeners: Mutex<Vec<ChangeListener>>,
}

/// A listener that drops copies of old credentials.
type ChangeListener = Box<dyn Fn() + Send + Sync>;

/// Credentials, and the time at which they expire, in Unix seconds.
#[derive(Clone, Debug)]
struct CachedCredentials {
    credentials: Arc<Credentials>,
    expires: Option<i64>,
}

impl CachedCredentials {
    fn expiring(credentials: Credentials, expires: i64) -> Self {
        Self { credentials: Arc::new(credentials), expires: Some(expires) }
    }
}

impl CredentialProvider {
    /// Loads the first credentials.
    pub(crate) async fn load(source: CredentialSource) -> Result<Self, CredentialError> {
        let cached = RwLock::new(load(&source).await?);
        Ok(Self { source, cached, listeners: Mutex::default() })
    }

    /// A provider of credentials that somebody else renews.
    pub(crate) fn issued(credentials: Credentials, expires: i64) -> Self {
        let source = CredentialSource::Fixed(credentials.clone());
        let cached = CachedCredentials::expiring(credentials, expires);
        Self { source, cached: RwLock::new(cached), listeners: Mutex::default() }
    }

    /// Takes renewed credentials.
    pub(crate) fn renew(&self, credentials: Credentials, expires: i64) {
        self.replace(CachedCredentials::expiring(credentials, expires));
    }

    /// Adds a listener for new credentials.
    pub(crate) fn on_change(&self, listener: impl Fn() + Send + Sync + 'static) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// The source.
    pub(crate) const fn source(&self) -> &CredentialSource {
        &self.source
    }

    /// The credentials to sign with.
    pub(crate) fn current(&self) -> Arc<Credentials> {
        Arc::clone(&self.cached().credentials)
    }

    /// The time at which they expire, in Unix seconds; `None` when they do not.
    pub(crate) fn expires_at(&self) -> Option<i64> {
        self.cached().expires
    }

    /// Tests that they have not expired.
    pub(crate) fn is_valid(&self) -> bool {
        self.expires_at().is_none_or(|expires| expires > clock::now() / 1000)
    }

    /// Refreshes them until the end.
    pub(crate) async fn run_refresh(self: Arc<Self>, mut ended: watch::Receiver<bool>) {
        let mut pause = REFRESH_INTERVAL;
        loop {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = ended.changed() => return,
            }
            pause = REFRESH_INTERVAL;
            if !self.is_due() {
                continue;
            }
            if !self.refresh().await {
                pause = RETRY_DELAY;
            }
        }
    }

    /// Loads the credentials again; when that fails, the old ones stay.
    pub(crate) async fn refresh(&self) -> bool {
        match load(&self.source).await {
            Ok(cached) => {
                self.replace(cached);
                true
            }
            Err(error) => {
                tracing::error!(%error, "the keys could not be renewed; the old ones are used on");
                false
            }
        }
    }

    fn is_due(&self) -> bool {
        match self.source {
            CredentialSource::Fixed(_) => false,
            CredentialSource::File(_) => true,
            CredentialSource::Role { .. } => self.expires_soon(),
        }
    }

    /// Tests for credentials that have to be replaced.
    pub(crate) fn expires_soon(&self) -> bool {
        let soon = clock::now() / 1000 + REFRESH_BEFORE_EXPIRY;
        self.expires_at().is_some_and(|expires| expires < soon)
    }

    fn replace(&self, cached: CachedCredentials) {
        let mut current = self.cached.write().unwrap_or_else(PoisonError::into_inner);
        let same = current.credentials.access_key_id() == cached.credentials.access_key_id()
            && current.credentials.access_key_secret() == cached.credentials.access_key_secret()
            && current.credentials.security_token() == cached.credentials.security_token();
        if !same {
            tracing::info!(access_key_id = cached.credentials.access_key_id(), "new keys are used");
        }
        *current = cached;
        drop(current);
        if !same {
            let listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
            listeners.iter().for_each(|listener| listener());
        }
    }

    fn cached(&self) -> CachedCredentials {
        self.cached.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn load(source: &CredentialSource) -> Result<CachedCredentials, CredentialError> {
    let (credentials, expires) = match source {
        CredentialSource::Fixed(credentials) => (credentials.clone(), None),
        CredentialSource::File(path) => (file::read(path)?, None),
        CredentialSource::Role { name, metadata } => {
            ecs_ram_role::fetch(metadata, name.as_deref()).await?
        }
    };
    Ok(CachedCredentials { credentials: Arc::new(credentials), expires })
}

impl fmt::Debug for CredentialProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CredentialProvider")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}
