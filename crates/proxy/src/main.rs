//! The binary: reads the command line and the environment, runs until it is asked to end.

use std::{io::Write, process::ExitCode};

use havenask_proxy::{
    Config, Running,
    cli::{Cli, Command, catalog, check, ledger},
    config::ProxySettings,
    log, start,
};
use mimalloc::MiMalloc;
use rustix::{
    fs::Mode,
    process::{DumpableBehavior, set_dumpable_behavior, umask},
};
use tokio::signal::unix::{SignalKind, signal};
use zeroizing_alloc::ZeroAlloc;

/// A request allocates some fifty times. Freed memory is overwritten: keys and tokens pass through buffers of libraries, which
/// do not do so.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Cli::read();
    // A check says by itself what it finds.
    let level = if let Some(Command::Check(_) | Command::Catalog(_)) = arguments.command {
        "off"
    } else {
        "info,sqlx=warn"
    };
    // Ledger and audit log are for their owner alone, and neither a dump nor another process of the user shows the memory.
    umask(Mode::RWXG | Mode::RWXO);
    let hidden = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let result = match log::start(arguments.settings.log_format(), level) {
        Ok(log) => {
            if let Err(error) = hidden {
                tracing::warn!(%error, "a core dump would hold the keys: ulimit -c 0");
            }
            let result = run(arguments).await;
            drop(log);
            result
        }
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

async fn run(arguments: Cli) -> Result<ExitCode, Box<dyn std::error::Error>> {
    // A value that is no UTF-8 is not missing: it is refused as what it is.
    let environment = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
    let mut out = std::io::stdout();
    match &arguments.command {
        Some(Command::Ledger(arguments)) => {
            // Many rows, few writes.
            let mut out = std::io::BufWriter::new(out.lock());
            ledger::run(arguments, &mut out).await?;
            out.flush()?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Catalog(arguments)) => {
            catalog::run(arguments, environment, &mut out).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Check(settings)) => {
            let well = check::run(settings, environment, &mut out).await?;
            return Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        None => {}
    }
    let config = Config::new(&arguments.settings, environment)?;
    if arguments.settings.shows_a_password(std::env::args_os()) {
        tracing::warn!("{}", ProxySettings::SHOWN_PASSWORD);
    }
    let running = start(config).await?;
    writeln!(out, "listening on {}", running.url())?;
    if let Some(url) = running.operator_url() {
        writeln!(out, "operator on {url}")?;
    }
    until_the_end(&running, &arguments.settings).await?;
    running.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Reads files again on SIGHUP, and returns on SIGTERM and SIGINT.
async fn until_the_end(running: &Running, settings: &ProxySettings) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    loop {
        tokio::select! {
            _ = hangup.recv() => running.reload(settings).await,
            _ = terminate.recv() => return Ok(()),
            result = tokio::signal::ctrl_c() => return result,
        }
    }
}
