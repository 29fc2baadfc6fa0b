//! The mark of an order, which all its keys share.

/// The tag that tells an order from every other.
pub(crate) const ORDER: &str = "campaign-order";
