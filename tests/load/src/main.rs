//! Load that the emulator and the proxy bear, beside nginx on the same machine, all asked by wrk. `cargo xtask bench load`
//! runs it.
//!
//! Both sides of a comparison get the same requests from the same script, so that the client costs both the same. One answer
//! that is no success, and there are no figures.

mod commits;
mod emulator;
mod nginx;
mod process;
mod proxy;
mod server;
mod sign;
mod table;
mod wrk;

use std::{fmt::Write as _, fs, io::Write as _, path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};
use havenask_core::{
    model::CreateInstanceRequest,
    operation::{self, Operation},
};

use self::wrk::Wrk;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Rounds of a comparison; who is compared takes turns in each.
const ROUNDS: usize = 3;
/// Seconds of a measurement.
const SECONDS: u32 = 8;
/// Connections of wrk.
const CONNECTIONS: u32 = 64;

const PURCHASE: &str = r#"{
    "chargeType": "PREPAY",
    "components": [{"code": "searcherdocsize", "value": "200"}],
    "order": {"autoRenew": true, "duration": 1, "pricingCycle": "Month"},
    "resourceGroupId": "rg-1",
    "tags": [{"key": "team", "value": "search"}, {"key": "env", "value": "prod"}]
}"#;

/// Measures what the emulator and the proxy bear, beside nginx.
#[derive(Clone, Debug, Parser)]
struct BenchArguments {
    /// The emulator
    #[arg(long, value_name = "FILE", required_unless_present = "proxy")]
    emulator: Option<PathBuf>,
    /// The proxy
    #[arg(long, value_name = "FILE")]
    proxy: Option<PathBuf>,
    /// The server to compare with
    #[arg(long, value_name = "FILE", default_value = "nginx")]
    nginx: PathBuf,
    /// The client
    #[arg(long, value_name = "FILE", default_value = "wrk")]
    wrk: PathBuf,
    /// A script for Node that is a proxy, to compare the proxy with
    #[arg(long, value_name = "FILE")]
    node_proxy: Option<PathBuf>,
    /// Part to measure, of both programs; all of them when it is left out
    #[arg(long, value_enum, value_name = "WHAT")]
    only: Vec<Measurement>,
    /// An empty folder for what is written, on a disk: the one for temporary files may be memory
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
}

/// A part of the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measurement {
    /// `GetInstance`
    Reads,
    /// Quotes of a moment ago
    Quotes,
    /// `CreateInstance`
    Purchases,
    /// Memory that the proxy holds
    Memory,
}

/// Tools and folders of the measurements.
#[derive(Debug)]
struct Bench {
    nginx: PathBuf,
    wrk: Wrk,
    folder: PathBuf,
    node_proxy: Option<PathBuf>,
    only: Vec<Measurement>,
}

impl Bench {
    fn wants(&self, measurement: Measurement) -> bool {
        self.only.is_empty() || self.only.contains(&measurement)
    }
}

fn main() -> ExitCode {
    let written = run(BenchArguments::parse())
        .and_then(|tables| Ok(write!(std::io::stdout(), "{tables}")?))
        .inspect_err(|error| eprintln!("the load could not be measured: {error}"));
    written.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn run(arguments: BenchArguments) -> Result<String> {
    let BenchArguments { emulator, proxy, nginx, wrk, folder, node_proxy, only } = arguments;
    fs::create_dir_all(&folder)?;
    let bench = Bench { nginx, wrk: Wrk::new(wrk), folder, node_proxy, only };
    let mut text = String::new();
    if let Some(program) = emulator {
        write!(text, "The emulator\n{}", emulator::measure(&bench, &program)?)?;
    }
    if let Some(program) = proxy {
        write!(text, "The proxy\n{}", proxy::measure(&bench, &program)?)?;
    }
    Ok(text)
}

fn purchase() -> Result<Operation> {
    let request: CreateInstanceRequest = serde_json::from_str(PURCHASE)?;
    Ok(operation::create_instance(&request, None))
}

fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
