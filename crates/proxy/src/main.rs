//! The binary: reads the command line and the environment, runs until it is asked to end.

use std::{
    fs::File,
    io::{IsTerminal, Write, stderr},
    os::fd::AsFd,
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
    let arguments = Arguments::parse();
    let result = match start_log() {
        Ok(()) => run(arguments).await,
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("havenask-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Every line is one write, so that threads need not wait for each other as they would for [`std::io::Stderr`].
fn start_log() -> std::io::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(stderr().is_terminal());
    log.with_writer(File::from(stderr().as_fd().try_clone_to_owned()?)).init();
    Ok(())
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
