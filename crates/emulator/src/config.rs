//! Configuration of an emulator.

use std::{
    fmt,
    path::PathBuf,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use havenask_core::Credentials;

/// Clock that returns Unix seconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Location of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreLocation {
    /// Memory: the instances are lost when the emulator stops.
    Memory,
    /// `SQLite` file, created when it does not exist.
    File(PathBuf),
}

/// Configuration of an emulator.
#[derive(Clone)]
pub struct EmulatorConfig {
    /// Address to listen on: `127.0.0.1:8081`. Port 0 takes any free one.
    pub listen: String,
    /// Address of the admin API, off by default: it has no authentication.
    pub admin: Option<String>,
    /// Location of the store.
    pub store: StoreLocation,
    /// Credentials that requests are signed with.
    pub credentials: Credentials,
    /// Prices: without them every quote is answered with `PricingNotSupported`.
    pub pricing: bool,
    /// Time until a new instance is `READY`.
    pub ready_after: Duration,
    /// Timeout of the header of a request, and of its body.
    pub read_timeout: Duration,
    /// Clock for the dates of requests and the status of instances.
    pub clock: Clock,
}

impl EmulatorConfig {
    /// Creates a configuration with a free port of the loopback interface, a store in memory, prices, instances that are ready after
    /// 20 seconds, and the clock of the system.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        Self {
            listen: "127.0.0.1:0".to_owned(),
            admin: None,
            store: StoreLocation::Memory,
            credentials: Credentials::new(access_key_id, access_key_secret),
            pricing: true,
            ready_after: Duration::from_secs(20),
            read_timeout: Duration::from_secs(30),
            clock: Arc::new(system_clock),
        }
    }
}

fn system_clock() -> i64 {
    UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs().cast_signed())
}

impl From<&str> for StoreLocation {
    fn from(text: &str) -> Self {
        if text == ":memory:" { Self::Memory } else { Self::File(text.into()) }
    }
}

impl fmt::Debug for EmulatorConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmulatorConfig")
            .field("listen", &self.listen)
            .field("admin", &self.admin)
            .field("store", &self.store)
            .field("credentials", &self.credentials)
            .field("pricing", &self.pricing)
            .field("ready_after", &self.ready_after)
            .field("read_timeout", &self.read_timeout)
            .finish_non_exhaustive()
    }
}
