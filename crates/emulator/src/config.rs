//! What an emulator needs to know before it starts.

use std::{
    fmt,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use havenask_core::Credentials;

/// What time it is, in seconds since 1970-01-01T00:00:00Z.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Where the instances are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// Nowhere: they are gone when the emulator stops.
    Memory,
    /// In this `SQLite` file, which is made when it is not there.
    File(PathBuf),
}

/// How an emulator is started.
#[derive(Clone)]
pub struct Config {
    /// Where it listens: `127.0.0.1:8081`. Port 0 takes any free one.
    pub listen: String,
    /// Where faults are ordered over HTTP. Nowhere unless it is set: whoever reaches it can break everything.
    pub admin: Option<String>,
    /// Where the instances are kept.
    pub store: Location,
    /// The one key that it knows.
    pub credentials: Credentials,
    /// How long a new instance takes until it is `READY`.
    pub ready_after: Duration,
    /// How long the head of a request may take to arrive, and how long its body.
    pub read_timeout: Duration,
    /// The clock, by which dates are judged and instances grow ready.
    pub clock: Clock,
}

impl Config {
    /// A free port of this machine, nothing kept, 20 seconds until an instance is ready, the clock of the system.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        Self {
            listen: "127.0.0.1:0".to_owned(),
            admin: None,
            store: Location::Memory,
            credentials: Credentials::new(access_key_id, access_key_secret),
            ready_after: Duration::from_secs(20),
            read_timeout: Duration::from_secs(30),
            clock: Arc::new(system_clock),
        }
    }
}

fn system_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

impl From<&str> for Location {
    fn from(text: &str) -> Self {
        if text == ":memory:" { Self::Memory } else { Self::File(text.into()) }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Config")
            .field("listen", &self.listen)
            .field("admin", &self.admin)
            .field("store", &self.store)
            .field("credentials", &self.credentials)
            .field("ready_after", &self.ready_after)
            .field("read_timeout", &self.read_timeout)
            .finish_non_exhaustive()
    }
}
