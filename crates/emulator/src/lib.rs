//! Local emulator of the control plane of Alibaba Cloud OpenSearch Havenask, with fault injection. It implements the API
//! `searchengine` `2021-10-25` over HTTP, verifies signatures as the cloud does, and creates instances that cost nothing and
//! become `READY` after a while. Beside it stand what `CloudControl`, `BssOpenApi` and `Sts` say of prices, the bill and the account.
//! The official SDKs run against it unchanged.
//!
//! No live endpoint was tried. Where the documents and the official SDKs leave something open, the emulator does this:
//!
//! * The gateway checks path and method, action, version, authorization, AccessKey, date, token, signature and nonce, in this
//!   order. Its errors are in upper case, those of the service behind it in lower case.
//! * The nonce is optional with ROA, as the legacy SDKs send none, and required with V3.
//! * `CreateInstance` returns `InvalidParameter` with the first violation of a documented rule (`havenask_core::rules`),
//!   pay-as-you-go included.
//! * `dryRun=true` checks everything and creates nothing. Its `result` is empty: an id without an instance would be taken for a
//!   purchase.
//! * Any STS token is valid, unless the emulator's own credentials have one, which it must equal. Some AccessKeys and tokens
//!   have a fixed error: [`magic_values`].
//! * Some [`resource_group`]s have a fixed error.
//! * Lists begin with the newest instance; `description` finds the texts that contain it.
//! * An instance is `INIT` for the first third of its time, then `CONFIG_UPDATING`, then `READY`; after a change of its
//!   components it is `CONFIG_UPDATING` for as long again.
//! * `UpdateInstance` accepts `UPGRADE`, as in the English document, and `UPGRAGE`, as in the examples. It replaces the values of
//!   components of the same code.
//! * A deleted instance is gone at once. `TagResources` tags all instances or, when one does not exist, none.
//! * `GetApiPrice` quotes `CreateInstance` from a sample price list, in the newest envelope, and buys nothing. It refuses what
//!   `CreateInstance` would refuse, and with `COMMODITY.INVALID_COMPONENT` what the sample catalogue does not offer.
//! * Failures of prices and billing have the status 200 and `success: false`, lower case and upper case.
//! * Signatures of RPC style may stand among the parameters (HMAC-SHA1), in the query or in a form.
//! * Account, balance and products are samples. `AssumeRole` hands out credentials of any role, in memory until they expire; an
//!   account sees its own instances alone.
//! * Node specifications, networks and versions of instances are samples, and named so where possible.
//!
//! Other failures of the cloud are injected: [`Faults`], by [`RunningEmulator::faults`] or over [`EmulatorConfig::admin`].
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use havenask_emulator::{Emulator, EmulatorConfig, Fault, FaultRule};
//!
//! let emulator = Emulator::start(EmulatorConfig::new("testid", "testsecret")).await?;
//! println!("point an SDK at {}", emulator.url());
//!
//! // The next instance is created, and the response is lost.
//! let rule = FaultRule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1);
//! emulator.faults().add(rule)?;
//! emulator.stop().await;
//! # Ok(())
//! # }
//! ```

mod admin;
mod caller;
mod config;
mod control_plane;
mod error;
mod faults;
mod gateway;
mod http;
mod ids;
mod metrics;
mod operation;
mod product;
mod response_body;
mod server;
mod service;
mod store;
mod temporary_credentials;

pub use config::{Clock, EmulatorConfig, StoreLocation};
pub use error::EmulatorError;
pub use faults::{ErrorFormat, Fault, FaultRule, Faults, InvalidRule, RequestFilter, RuleStatus};
pub use gateway::magic_values;
pub use server::{Emulator, RunningEmulator};
pub use service::resource_group;
