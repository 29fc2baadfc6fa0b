//! Media types.

/// The type of almost every body.
pub(super) const JSON: &str = "application/json";
/// The type of the answers to probes.
pub(super) const TEXT: &str = "text/plain";
