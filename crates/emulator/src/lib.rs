//! A local control plane of Alibaba Cloud OpenSearch Havenask, for whoever builds a console and does not want to pay for
//! it. It speaks the API `searchengine` `2021-10-25` over HTTP, checks signatures as the cloud does, and sells instances
//! that cost nothing and become `READY` after a while. The official SDKs cannot tell it from the cloud.
//!
//! No live endpoint was ever asked. Where the documents and the official SDKs leave something open, this is what it does:
//!
//! * The gateway looks at path and method, action, version, authorization, key, date, token, signature and nonce, in this order,
//!   and refuses in upper case; the service behind it refuses in lower case.
//! * A nonce may be left out with ROA, as the legacy SDKs do; with V3 it is needed.
//! * `CreateInstance` refuses what breaks a documented rule (`havenask_core::rules`) with `InvalidParameter` and the first
//!   problem, pay as you go included.
//! * `dryRun=true` checks everything and creates nothing. It answers an empty `result`: an id that nothing stands behind
//!   would be taken for a purchase.
//! * An STS token is taken for valid unless the emulator's own credentials hold one, with which it then must agree. Some
//!   keys and tokens are refused by their names: [`convention`].
//! * The [`resource_group`]s of certain names are refused, so that one can see how that looks.
//! * Lists begin with the newest instance; `description` finds the texts that contain it.
//! * An instance is `INIT` for the first third of the time that it needs, then `CONFIG_UPDATING`, then `READY`; after a
//!   change of its components it is `CONFIG_UPDATING` for as long again.
//! * `UpdateInstance` takes `UPGRADE`, which the English document says, and `UPGRAGE`, which the examples say. Components of
//!   the same code get the new value.
//! * A deleted instance is gone at once. `TagResources` labels all instances or, when one does not exist, none.
//! * The sizes that `ListInstanceSpecs` answers, and what an instance says of its network and versions, are made up and say
//!   so where they can.
//!
//! What else the cloud may do happens on command: [`Faults`], from [`Running::faults`] or over [`Config::admin`].
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use havenask_emulator::{Config, Emulator, Fault, Rule};
//!
//! let emulator = Emulator::start(Config::new("testid", "testsecret")).await?;
//! println!("point an SDK at {}", emulator.url());
//!
//! // The next instance is created, and nobody is told.
//! let rule = Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1);
//! emulator.faults().add(rule)?;
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
