//! The requests of the API, as Rust values.

mod limits;
mod request;

pub(crate) use self::request::write_tags;
pub use self::{
    limits::{DURATIONS, MAX_COMPONENTS, MAX_PAGE_SIZE, MAX_TAG_LENGTH, MAX_TAGS},
    request::{
        ChargeType, Component, CreateInstanceRequest, ListInstancesRequest, Order, PricingCycle,
        Tag,
    },
};
