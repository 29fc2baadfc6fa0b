//! The binary: reads the command line and the environment, runs until it is asked to end.

use std::{
    io::{IsTerminal, Write, stderr},
    process::ExitCode,
};

use clap::Parser;
use havenask_proxy::{
    Config, books,
    config::{Arguments, Command},
    start,
};
use tokio::signal::unix::{SignalKind, signal};

/// A request allocates some fifty times.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    log.with_ansi(stderr().is_terminal()).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("havenask-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(Command::Ledger(arguments)) = &arguments.command {
        let said = books::run(arguments).await?;
        return Ok(std::io::stdout().write_all(said.as_bytes())?);
    }
    let config = Config::new(arguments, |name| std::env::var(name).ok())?;
    let running = start(config).await?;
    let mut terminate = signal(SignalKind::terminate())?;
    writeln!(std::io::stdout(), "listening on {}", running.url())?;
    tokio::select! {
        _ = terminate.recv() => {}
        result = tokio::signal::ctrl_c() => result?,
    }
    running.stop().await;
    Ok(())
}
