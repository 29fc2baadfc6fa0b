//! Limits on requests.

/// A limit on requests.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// Requests a minute of one principal; as many at once.
    pub of_one: u32,
    /// Requests a minute of all together; as many at once.
    pub of_all: u32,
    /// Requests a minute of one address of which nobody is known; as many at once.
    pub of_address: u32,
    /// Requests that are under way at the same time.
    pub at_once: usize,
}

impl Default for Quota {
    fn default() -> Self {
        Self { of_one: 120, of_address: 6000, of_all: 1200, at_once: 256 }
    }
}
