//! The template of a sample.

use super::dialect::Dialect;

/// A sample before the request is in it.
pub(super) struct Template {
    /// Dialect in which the language writes the request; without one, it is the body, for a shell.
    pub(super) dialect: Option<&'static Dialect>,
    /// The code, with places such as `«host»`.
    pub(super) text: &'static str,
}
