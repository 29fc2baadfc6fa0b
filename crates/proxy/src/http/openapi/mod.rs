//! The OpenAPI document.

mod document;
mod media_types;
mod operations;
mod parameters;
mod responses;
mod schemas;

pub(super) use self::document::Document;
