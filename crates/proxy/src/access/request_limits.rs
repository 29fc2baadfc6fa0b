//! Limits on requests.

/// A limit on requests.
#[derive(Clone, Copy, Debug)]
pub struct RequestLimits {
    /// Requests a minute of one principal; as many at once.
    pub per_principal: u32,
    /// Requests a minute of all together; as many at once.
    pub total: u32,
    /// Requests a minute of one address of which nobody is known; as many at once.
    pub per_address: u32,
    /// Requests that are under way at the same time.
    pub concurrent: usize,
}

impl Default for RequestLimits {
    fn default() -> Self {
        Self { per_principal: 120, per_address: 6000, total: 1200, concurrent: 256 }
    }
}
