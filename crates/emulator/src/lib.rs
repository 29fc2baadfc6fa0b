//! A local control plane of Alibaba Cloud OpenSearch Havenask, for whoever builds a console and does not want to pay for
//! it. It speaks the API `searchengine` `2021-10-25` over HTTP, checks signatures as the cloud does, and sells instances
//! that cost nothing and become `READY` after a while. The official SDKs cannot tell it from the cloud.
//!
//! No live endpoint was ever asked. Where the documents and the official SDKs leave something open, this is what it does:
//!
//! * The gateway looks at path and method, action, version, authorization, key, date, signature and nonce, in this order,
//!   and refuses in upper case; the service behind it refuses in lower case.
//! * `CreateInstance` refuses what breaks a documented rule (`havenask_core::rules`) with `InvalidParameter` and the first
//!   problem, pay as you go included.
//! * `dryRun=true` checks everything and creates nothing. It answers an empty `result`: an id that nothing stands behind
//!   would be taken for a purchase.
//! * An STS token is taken for valid unless the emulator's own credentials hold one, with which it then must agree.
//! * Lists begin with the newest instance.
//! * An instance is `INIT` for the first third of the time that it needs, then `CONFIG_UPDATING`, then `READY`.
//! * The [`resource_group`]s of certain names are refused, so that one can see how that looks.
//!
//! ```no_run
//! # async fn example() -> Result<(), havenask_emulator::StartError> {
//! use havenask_emulator::{Config, Emulator};
//!
//! let emulator = Emulator::start(Config::new("testid", "testsecret")).await?;
//! println!("point an SDK at {}", emulator.url());
//! emulator.stop().await;
//! # Ok(())
//! # }
//! ```

mod admin;
mod call;
mod config;
mod delivery;
mod error;
mod exchange;
mod faults;
mod gateway;
mod ids;
mod metrics;
mod plane;
mod refusal;
mod server;
mod service;
mod store;

pub use config::{Clock, Config, Location};
pub use error::StartError;
pub use faults::{Fault, Faults, Format, InvalidRule, Rule, Standing, When};
pub use gateway::convention;
pub use server::{Emulator, Running};
pub use service::resource_group;
