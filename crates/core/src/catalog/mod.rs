//! The components that a console sells. The API publishes no list of them, so a console brings its own.

mod entry;
mod localized_text;
mod validate;
mod values;

pub use self::{
    entry::{Catalog, CatalogEntry, CatalogPreset, Condition, SAMPLE},
    localized_text::LocalizedText,
    values::{CatalogOption, LabelledOption, Values},
};

/// The address of a proxy's catalogue.
pub const PATH: &str = "/catalog.json";
