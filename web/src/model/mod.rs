//! Plain values: the form, the request that it makes, and both in words. Nothing here knows the browser.

mod catalog_items;
mod field;
mod form;
mod instance_progress;
mod order_summary;
pub(crate) mod price;
mod problem;
mod proxy_config;
mod request;
mod route;

// They read the sources of the views.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "../../tests/unit/form_laws.rs"]
mod form_laws;
#[cfg(test)]
#[path = "../../tests/unit/form.rs"]
mod form_tests;

pub(crate) use field::{Consent, Field, RowList};
pub(crate) use form::Form;
pub(crate) use instance_progress::{InstanceProgress, StepState, WAIT_CONFIG};
pub(crate) use order_summary::{
    ReviewLine, SummaryEntry, earlier_order, review_lines, summary, term, term_and_renewal,
};
pub(crate) use problem::{FieldProblem, problems};
pub(crate) use proxy_config::{BuyingRegion, ProxyConfig};
pub(crate) use request::BuiltRequest;
pub(crate) use route::Route;
