//! The binary: reads the command line and the environment, runs until it is asked to end.

use std::{
    fs::File,
    io::{IsTerminal, Write, stderr},
    os::fd::AsFd,
    process::ExitCode,
};

use clap::Parser;
use havenask_proxy::{
    Config, books, check,
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
    // A check says by itself what it finds.
    let level =
        if let Some(Command::Check(_)) = arguments.command { "off" } else { "info,sqlx=warn" };
    let result = match start_log(level) {
        Ok(()) => run(arguments).await,
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("havenask-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Every line is one write, so that threads need not wait for each other as they would for [`std::io::Stderr`].
fn start_log(level: &str) -> std::io::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(stderr().is_terminal());
    log.with_writer(File::from(stderr().as_fd().try_clone_to_owned()?)).init();
    Ok(())
}

async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    // What is no UTF-8 is not missing: it is refused as what it is.
    let environment = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
    let mut out = std::io::stdout();
    match &arguments.command {
        Some(Command::Ledger(arguments)) => {
            // Many rows, few writes.
            let mut out = std::io::BufWriter::new(out.lock());
            books::run(arguments, &mut out).await?;
            out.flush()?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Check(settings)) => {
            let well = check::run(settings, environment, &mut out).await?;
            return Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        None => {}
    }
    let config = Config::new(&arguments.settings, environment)?;
    let running = start(config).await?;
    let mut terminate = signal(SignalKind::terminate())?;
    writeln!(out, "listening on {}", running.url())?;
    tokio::select! {
        _ = terminate.recv() => {}
        result = tokio::signal::ctrl_c() => result?,
    }
    running.stop().await;
    Ok(ExitCode::SUCCESS)
}
