//! The components that a console sells. The API publishes no list of them, so a console brings its own.

mod entry;
mod validate;

pub use self::entry::{Catalog, CatalogEntry, Condition, LocalizedText, SAMPLE, Values};

/// Where a proxy hands out what it sells.
pub const PATH: &str = "/catalog.json";
