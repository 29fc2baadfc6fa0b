//! The keys that sign: where they come from, and how they are kept fresh. A new key is used from the next request on; no
//! restart is needed.

mod clean;
mod file;
mod role;

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use havenask_core::Credentials;
use tokio::sync::watch;

use crate::stamp;

pub use clean::UnusableCredential;
pub(crate) use file::{is_open, parse};

/// Where keys come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// They stay as they are.
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

/// Between two looks at the source.
const LOOK: Duration = Duration::from_secs(2);
/// Seconds before it expires in which a key is replaced. The official SDK leaves 15 minutes (`provider/refreshable.py`).
const HEADROOM: i64 = 15 * 60;
/// After the source has failed.
const AGAIN: Duration = Duration::from_secs(5);

/// The keys of now.
pub(crate) struct Keys {
    source: Source,
    held: RwLock<Held>,
    /// Functions that forget the old keys when there are new ones.
    forget: Mutex<Vec<Forget>>,
}

/// Drops what may hold a copy of keys that were used.
type Forget = Box<dyn Fn() + Send + Sync>;

/// Keys, and until when they are good, in Unix seconds.
#[derive(Clone, Debug)]
struct Held {
    credentials: Arc<Credentials>,
    expires: Option<i64>,
}

/// Why there are no keys. It says nothing of what stands in them.
#[derive(Debug)]
pub struct NoKeys(String);

impl Keys {
    /// Gets the first keys.
    pub(crate) async fn get(source: Source) -> Result<Self, NoKeys> {
        let held = RwLock::new(load(&source).await?);
        Ok(Self { source, held, forget: Mutex::default() })
    }

    /// Has this done whenever there are new keys.
    pub(crate) fn on_change(&self, forget: impl Fn() + Send + Sync + 'static) {
        self.forget.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(forget));
    }

    /// Where they come from.
    pub(crate) const fn source(&self) -> &Source {
        &self.source
    }

    /// The keys to sign with.
    pub(crate) fn current(&self) -> Arc<Credentials> {
        Arc::clone(&self.held().credentials)
    }

    /// When they expire, in Unix seconds; `None` when they do not.
    pub(crate) fn expire(&self) -> Option<i64> {
        self.held().expires
    }

    /// Whether they are good now.
    pub(crate) fn are_good(&self) -> bool {
        self.expire().is_none_or(|expires| expires > stamp::now() / 1000)
    }

    /// Keeps them fresh until it is told to end.
    pub(crate) async fn keep_fresh(self: Arc<Self>, mut ended: watch::Receiver<bool>) {
        let mut pause = LOOK;
        loop {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = ended.changed() => return,
            }
            pause = LOOK;
            if !self.is_due() {
                continue;
            }
            if !self.renew().await {
                pause = AGAIN;
            }
        }
    }

    /// Reads the keys again. What cannot be read leaves the old ones.
    pub(crate) async fn renew(&self) -> bool {
        match load(&self.source).await {
            Ok(held) => {
                self.replace(held);
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
            Source::Fixed(_) => false,
            Source::File(_) => true,
            Source::Role { .. } => {
                let soon = stamp::now() / 1000 + HEADROOM;
                self.held().expires.is_some_and(|expires| expires < soon)
            }
        }
    }

    fn replace(&self, held: Held) {
        let mut current = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let same = current.credentials.access_key_id() == held.credentials.access_key_id()
            && current.credentials.access_key_secret() == held.credentials.access_key_secret()
            && current.credentials.security_token() == held.credentials.security_token();
        if !same {
            tracing::info!(access_key_id = held.credentials.access_key_id(), "new keys are used");
        }
        *current = held;
        drop(current);
        if !same {
            let forget = self.forget.lock().unwrap_or_else(PoisonError::into_inner);
            forget.iter().for_each(|forget| forget());
        }
    }

    fn held(&self) -> Held {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn load(source: &Source) -> Result<Held, NoKeys> {
    let (credentials, expires) = match source {
        Source::Fixed(credentials) => (credentials.clone(), None),
        Source::File(path) => (file::read(path)?, None),
        Source::Role { name, metadata } => role::fetch(metadata, name.as_deref()).await?,
    };
    Ok(Held { credentials: Arc::new(credentials), expires })
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keys").field("source", &self.source).finish_non_exhaustive()
    }
}

impl fmt::Display for NoKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NoKeys {}
