//! Timeouts and sizes.

use std::time::Duration;

/// Bytes of the head of a request, at most: 431 beyond it.
pub(crate) const MAX_HEAD_BYTES: usize = 32 * 1024;

/// Timeouts and sizes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time for the head of a request.
    pub header_timeout: Duration,
    /// The time for the body of a request.
    pub body_timeout: Duration,
    /// The time for a write to a connection.
    pub write_timeout: Duration,
    /// The time for all writes to a connection that had to wait.
    pub total_write_timeout: Duration,
    /// The age at which a connection ends, after the answer in flight.
    pub connection_lifetime: Duration,
    /// The time to connect to the cloud.
    pub connect_timeout: Duration,
    /// The time for the whole response of the cloud.
    pub upstream_timeout: Duration,
    /// The time to find the instance of a purchase without an answer; longer than all of the above together, twice.
    pub reconcile_deadline: Duration,
    /// The pause before a throttled purchase is sent again with its key: longer than an instance is missing in the
    /// list.
    pub resend_delay: Duration,
    /// The pause before a purchase without an answer is reconciled; from then on the pauses grow.
    pub reconcile_interval: Duration,
    /// Purchases that are reconciled in a second, at most.
    pub reconcile_rate: u32,
    /// The time for purchases in flight when the proxy is asked to end.
    pub shutdown_timeout: Duration,
    /// Connections that are open at the same time: as many as the process may have files, but for those that purchases need.
    pub max_connections: usize,
    /// Connections of one address, at most.
    pub max_connections_per_address: usize,
    /// Bytes of a request's body: room for the most components that the rules allow.
    pub max_body_bytes: usize,
    /// Bytes of a response of the cloud, at most.
    pub max_response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            total_write_timeout: Duration::from_mins(1),
            connection_lifetime: Duration::from_mins(5),
            connect_timeout: Duration::from_secs(5),
            upstream_timeout: Duration::from_secs(30),
            reconcile_deadline: Duration::from_hours(1),
            resend_delay: Duration::from_secs(10),
            reconcile_interval: Duration::from_secs(1),
            reconcile_rate: 20,
            shutdown_timeout: Duration::from_secs(40),
            max_connections: connections(),
            max_connections_per_address: 256,
            max_body_bytes: 64 * 1024,
            max_response_bytes: 4 * 1024 * 1024,
        }
    }
}

/// Files that are kept for the cloud and the ledger.
const OWN_FILES: usize = 512;
/// The files that a process may usually have.
const USUAL_FILES: usize = 1024;

/// The files that this process may have open, less its own.
fn connections() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = files.and_then(|line| line.split_whitespace().next()?.parse().ok());
    let files: usize = files.unwrap_or(USUAL_FILES);
    files - OWN_FILES.min(files / 2)
}
