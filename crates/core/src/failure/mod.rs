//! Failures: their form, their error codes, what they leave open, and whether the request may be sent again.

mod cloud_code;
mod code;
mod outcome;
mod report;
mod retry;
mod texts;
mod unexpected_response;

pub(crate) use self::{
    cloud_code::purchase_remedy, texts::LOOK_FIRST, unexpected_response::unexpected_response,
};
pub use self::{
    cloud_code::{CLOUD_CODES, CloudCode, remedy},
    code::ErrorCode,
    outcome::PurchaseOutcome,
    report::{Failure, Quote},
    retry::Retry,
};
