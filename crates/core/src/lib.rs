//! Build, check and sign `CreateInstance` of Alibaba Cloud OpenSearch Havenask (product `searchengine`, version
//! `2021-10-25`) and the calls around it, and read what the cloud answers.
//!
//! The crate does no I/O and knows neither the time nor chance: the date and the nonce are arguments. A request
//! travels through it in this order:
//!
//! 1. [`input`]: a JSON or JavaScript value of any shape;
//! 2. [`rules`]: everything that is wrong with it, at once, as [`Problem`]s, and the [`model`] that it says;
//! 3. [`operation`]: the HTTP request that puts it;
//! 4. [`sign`]: the request sealed with [`Credentials`], every stage of the signature a value of its own;
//! 5. [`verify`]: the same steps from the other side;
//! 6. [`answer`]: what came back, and whether it may have bought.
//!
//! [`mod@sample`] writes the same request as code in other languages, and [`ask`] is the same towards a signing proxy, which holds the keys of a page.
//!
//! ```
//! use havenask_core::{Algorithm, Credentials, Endpoint, Locale, Stamp, Timestamp, model::*, operation, rules, sign};
//!
//! let request = CreateInstanceRequest {
//!     charge_type: Some(ChargeType::Prepay),
//!     components: Some(vec![Component::new("searcherdocsize", "200")]),
//!     order: Some(Order {
//!         auto_renew: Some(true),
//!         duration: Some(1),
//!         pricing_cycle: Some(PricingCycle::Month),
//!     }),
//!     ..CreateInstanceRequest::default()
//! };
//! assert!(rules::check(&request, &rules::Options::default()).is_empty());
//!
//! let stamp = Stamp {
//!     date: Timestamp::parse("2026-03-01T08:00:00Z").expect("a date"),
//!     nonce: "3156853299f313e23d1673dc12e1703d".into(),
//! };
//! let signed = sign::operation(
//!     operation::create_instance(&request, None),
//!     &Endpoint::public("cn-hangzhou").expect("a region"),
//!     &Credentials::new("testid", "testsecret"),
//!     Algorithm::Acs3HmacSha256,
//!     &stamp,
//! );
//! assert_eq!(signed.url, "https://searchengine.cn-hangzhou.aliyuncs.com/openapi/ha3/instances");
//! ```

#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod endpoint;
mod fault;
mod json;
mod locale;
mod order;
mod reading;
mod shape;
#[doc(hidden)]
pub mod text;
mod timestamp;

pub mod answer;
pub mod ask;
pub mod catalog;
pub mod credentials;
pub mod failure;
pub mod input;
pub mod instance;
pub mod model;
pub mod operation;
pub mod purchase;
pub mod rules;
pub mod sample;
pub mod sign;
pub mod verify;

pub use credentials::Credentials;
pub use endpoint::{Endpoint, REGIONS, Region, UnknownRegion};
pub use failure::Failure;
pub use fault::Fault;
pub use input::Input;
pub use locale::Locale;
pub use operation::Operation;
pub use reading::{Fields, FromInput};
pub use rules::{Problem, Severity};
pub use shape::{Field, Mismatch, Shape};
pub use sign::{Algorithm, SignedRequest, Stamp};
pub use timestamp::Timestamp;

/// The version of this crate, which is that of the whole product.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
