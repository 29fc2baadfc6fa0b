//! A signing proxy: it takes unsigned purchases from a page, checks them, signs them with keys that never leave it, and
//! sends them to Alibaba Cloud OpenSearch, to one endpoint for each region that it serves.
//!
//! It builds each request anew from the typed one: no byte, header or host of a client reaches the cloud.
//!
//! In a test of a console, with an emulator behind it:
//!
//! ```
//! # use clap::Parser;
//! # use havenask_emulator::{EmulatorConfig as Cloud, Emulator};
//! use havenask_proxy::{Config, cli::Cli, start};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let cloud = Emulator::start(Cloud::new("testid", "testsecret")).await?;
//!
//! let ledger = std::env::temp_dir().join(format!("ledger-of-a-test-{}.sqlite", std::process::id()));
//!
//! // The same command line as that of the program, and keys that are not those of the environment.
//! let arguments = Cli::try_parse_from([
//!     "havenask-proxy",
//!     "--listen=127.0.0.1:0",
//!     &format!("--upstream={}", cloud.url()),
//!     &format!("--ledger=sqlite:{}", ledger.display()),
//! ])?;
//! let config = Config::new(&arguments.settings, |name| match name {
//!     "ALIBABA_CLOUD_ACCESS_KEY_ID" => Some("testid".to_owned()),
//!     "ALIBABA_CLOUD_ACCESS_KEY_SECRET" => Some("testsecret".to_owned()),
//!     _ => None,
//! })?;
//! let proxy = start(config).await?;
//! println!("point a form or a `Client` at {}", proxy.url());
//!
//! proxy.stop().await;
//! cloud.stop().await;
//! std::fs::remove_file(ledger)?;
//! # Ok(())
//! # }
//! ```

pub mod access;
mod accounts;
mod audit;
pub mod cli;
mod clock;
pub mod config;
pub mod credentials;
mod http;
pub mod ledger;
pub mod log;
mod metrics;
pub mod pricing;
pub mod purchase;
mod regions;
mod reloadable;
mod response;
mod server;
mod sha256;
mod state;
mod upstream;

pub use config::{Config, ConfigError};
pub use server::{Running, StartError, start};
