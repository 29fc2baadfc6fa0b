//! The command `havenask-emulator`.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, ValueEnum, builder::NonEmptyStringValueParser};
use havenask_emulator::{Emulator, EmulatorConfig, StoreLocation};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A response is mostly allocations, and the allocator of the C library contends.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Local emulator of the OpenSearch Havenask control plane of Alibaba Cloud (product searchengine, version 2021-10-25), and of the
/// prices, the bill and the account beside it.
///
/// Point an SDK, the signing proxy or curl at it and buy instances that cost nothing. It checks signatures
/// (ACS3-HMAC-SHA256, ACS3-HMAC-SM3 and HMAC-SHA1 in the styles ROA and RPC) as the cloud does, and answers errors in the cloud's words. When it
/// listens it writes one line, `listening on http://ADDRESS`, to the standard output; everything else goes to the
/// standard error.
#[derive(Parser)]
#[allow(
    clippy::doc_markdown,
    reason = "these comments are the help, in which backticks would show"
)]
#[command(version, after_long_help = EXAMPLES)]
struct Args {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    listen: String,

    /// Address and port of the admin API, which injects faults (see below); off without this flag
    #[arg(long, value_name = "ADDR")]
    admin: Option<String>,

    /// SQLite file of the instances, created when it does not exist; ":memory:" keeps nothing
    #[arg(long, value_name = "PATH", default_value = ":memory:", value_parser = NonEmptyStringValueParser::new())]
    store: String,

    /// AccessKey id that it accepts; make one up
    #[arg(long, value_name = "ID", env = "HAVENASK_EMULATOR_ACCESS_KEY_ID", hide_env_values = true, value_parser = NonEmptyStringValueParser::new())]
    access_key_id: String,

    /// AccessKey secret; make one up, and never use a real one here
    #[arg(long, value_name = "SECRET", env = "HAVENASK_EMULATOR_ACCESS_KEY_SECRET", hide_env_values = true, value_parser = NonEmptyStringValueParser::new())]
    access_key_secret: String,

    /// Seconds until a new instance is READY; it is INIT for a third of them, then CONFIG_UPDATING
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    ready_after: u32,

    /// Prices of orders, from a sample list; "off" answers PricingNotSupported
    #[arg(long, env = "HAVENASK_EMULATOR_PRICING", default_value = "on")]
    pricing: Switch,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

const EXAMPLES: &str = include_str!("help.txt");

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The standard error may be closed.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let emulator = Emulator::start(EmulatorConfig {
        listen: args.listen,
        admin: args.admin,
        store: StoreLocation::from(args.store.as_str()),
        ready_after: Duration::from_secs(args.ready_after.into()),
        pricing: args.pricing == Switch::On,
        ..EmulatorConfig::new(args.access_key_id, args.access_key_secret)
    })
    .await?;
    let mut out = io::stdout();
    writeln!(out, "listening on {}", emulator.url())?;
    if let Some(url) = emulator.admin_url() {
        writeln!(out, "admin on {url}")?;
    }
    out.flush()?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    emulator.stop().await;
    Ok(())
}
