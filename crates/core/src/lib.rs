//! Build, check and sign `CreateInstance` of Alibaba Cloud OpenSearch Havenask (product `searchengine`, version
//! `2021-10-25`) and the calls around it, and read what the cloud answers.
//!
//! The crate does no I/O and knows neither the time nor chance: the date and the nonce are arguments. A request
//! travels through it in this order:
//!
//! 1. [`json`]: a JSON or JavaScript value of any shape;
//! 2. [`rules`]: everything that is wrong with it, at once, as [`Problem`]s, and the [`model`] that it says;
//! 3. [`operation`]: the HTTP request that puts it;
//! 4. [`sign`]: the request sealed with [`Credentials`], every stage of the signature a value of its own;
//! 5. [`verify`]: the same steps from the other side;
//! 6. [`response`]: what came back, and whether it may have bought.
//!
//! [`samples`] writes the same request as code in other languages, and [`proxy_api`] is the same towards a signing proxy, which holds the keys of a page.
//!
//! A purchase, whole but for the sending:
//!
//! ```
//! use havenask_core::{
//!     Algorithm, Credentials, Endpoint, Value, Locale, SigningContext, Timestamp, operation, response, rules, sign,
//! };
//!
//! // What somebody wants, as JSON. Everything that is wrong with it is said at once.
//! let wanted: Value<'_> = serde_json::from_str(
//!     r#"{
//!         "chargeType": "PREPAY",
//!         "components": [{"code": "searcherdocsize", "value": "200"}],
//!         "order": {"duration": 1, "pricingCycle": "Month", "autoRenew": false}
//!     }"#,
//! )?;
//! let (request, warnings) = rules::accept(&wanted, &rules::Options::default())
//!     .map_err(|problems| problems[0].message.clone())?;
//! assert!(warnings.is_empty());
//!
//! // The request, signed. A program takes the date from its clock, and the nonce from bytes that nobody can guess.
//! let stamp = SigningContext {
//!     date: Timestamp::parse("2026-03-01T08:00:00Z").ok_or("no date")?,
//!     nonce: sign::nonce(&[7; 16]),
//! };
//! let signed = sign::operation(
//!     operation::create_instance(&request, None),
//!     &Endpoint::public("cn-hangzhou")?,
//!     &Credentials::new("testid", "testsecret"),
//!     Algorithm::Acs3HmacSha256,
//!     &stamp,
//! );
//! assert_eq!(signed.method, "POST");
//! assert_eq!(signed.url, "https://searchengine.cn-hangzhou.aliyuncs.com/openapi/ha3/instances");
//!
//! // What comes back, read. An error says whether it may have bought all the same.
//! let (status, body) = (200, r#"{"requestId": "R-1", "result": {"instanceId": "ha-cn-pl32rf0abcd"}}"#);
//! let body: Option<Value<'_>> = serde_json::from_str(body).ok();
//! match response::parse_created(status, body.as_ref(), Locale::En) {
//!     Ok(created) => assert_eq!(created.instance_id, "ha-cn-pl32rf0abcd"),
//!     Err(failure) => println!("{} {:?}: {}", failure.code, failure.outcome, failure.remedy),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod endpoint;
#[doc(hidden)]
pub mod hex;
mod http_request;
mod locale;
mod sorted;
#[doc(hidden)]
pub mod strings;
mod timestamp;

pub mod catalog;
pub mod credentials;
pub mod failure;
pub mod identity;
pub mod instance;
pub mod json;
pub mod model;
pub mod operation;
pub mod percent;
pub mod pricing;
pub mod proxy_api;
pub mod purchase;
pub mod response;
pub mod rules;
pub mod samples;
pub mod sign;
pub mod verify;

pub use credentials::Credentials;
pub use endpoint::{Endpoint, REGIONS, Region, UnknownRegion};
pub use failure::{ErrorCode, Failure, PurchaseOutcome, Retry};
pub use http_request::HttpRequest;
pub use json::{FromValue, ObjectReader, Property, Schema, SchemaError, Value};
pub use locale::Locale;
pub use operation::Operation;
pub use rules::{Problem, Severity};
pub use sign::{Algorithm, SignedRequest, SigningContext};
pub use timestamp::Timestamp;

/// The version of this crate, which is that of the whole product.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
