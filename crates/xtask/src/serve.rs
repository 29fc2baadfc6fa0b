//! `cargo xtask serve`: emulator, proxy and page on this machine.

use std::fs;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::error::{Context, Result, TaskError};
use crate::freshness;
use crate::process::{self, ChildProcess};
use crate::progress::{note, say};
use crate::project::Project;
use crate::servers::{self, Profile, check_free, local, wait_ready};
use crate::setup::Setup;
use crate::site;

/// AccessKey id of the emulator.
const KEY_ID: &str = "local-emulator-key";
/// AccessKey secret of the emulator: made up.
const KEY_SECRET: &str = "local-emulator-secret";
/// Seconds until a bought instance is READY: long enough to watch, short enough to wait.
const READY_AFTER: &str = "20";
/// Interval of polling the servers and, with `--watch`, the sources.
const POLL: Duration = Duration::from_millis(50);
/// Sources of the servers and the page.
const SOURCES: [&str; 6] =
    ["crates", "web", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

/// Emulator and proxy.
type Servers = [(&'static str, ChildProcess); 2];

/// Serves until a signal arrives, or one of the servers ends.
pub(crate) fn run(project: &Project, port: u16) -> Result<()> {
    check_ports(port)?;
    let mut servers = start(project, port)?;
    while running(&mut servers)? {
        thread::sleep(POLL);
    }
    Ok(())
}

/// Serves, and builds and starts again when a source changes. A build that fails waits for the next change.
pub(crate) fn watch(project: &Project, port: u16) -> Result<()> {
    check_ports(port)?;
    let sources = SOURCES.map(|path| project.root.join(path));
    while !process::stop_requested() {
        let began = SystemTime::now();
        let mut servers =
            start(project, port).map_err(|error| note(format_args!("xtask: {error}")));
        note("watching the sources …");
        loop {
            let serving = match &mut servers {
                Ok(servers) => running(servers)?,
                Err(()) => !process::stop_requested(),
            };
            if !serving {
                return Ok(());
            }
            thread::sleep(POLL * 10);
            let changed = freshness::newest(&sources).context(|| "watching the sources".into())?;
            if changed > began {
                note("a source has changed");
                break;
            }
        }
    }
    Ok(())
}

/// The folder of what is bought: each port has its own, so that two runs do not meet.
pub(crate) fn store(project: &Project, port: u16) -> PathBuf {
    project.target.join("serve").join(port.to_string())
}

fn check_ports(port: u16) -> Result<()> {
    for taken in [port, port + 1] {
        let hint = format!("choose another one: `cargo xtask serve --port {}`", other(port));
        check_free(taken).map_err(|error| error.hint(hint))?;
    }
    Ok(())
}

/// Builds and starts the servers.
fn start(project: &Project, port: u16) -> Result<Servers> {
    let (page, cloud) = (local(port), local(port + 1));
    let setup = Setup::new(project);
    let (binaries, site) = thread::scope(|scope| {
        let servers = scope.spawn(|| servers::build(project, Profile::Dev));
        let site = site::build(&setup);
        (servers.join(), site)
    });
    let binaries = binaries.unwrap_or_else(|panic| resume_unwind(panic))?;
    let site = site?;
    let store = store(project, port);
    fs::create_dir_all(&store).context(|| format!("making {}", store.display()))?;

    let mut emulator = project
        .task("starting the emulator", binaries.emulator)
        .args(["--listen", &cloud.to_string(), "--store"])
        .arg(store.join("emulator.sqlite"))
        .args(["--access-key-id", KEY_ID, "--access-key-secret", KEY_SECRET])
        .args(["--ready-after", READY_AFTER])
        .spawn()?;
    wait_ready("emulator", &mut emulator, cloud)?;
    let ledger = format!("sqlite:{}", store.join("ledger.sqlite").display());
    let upstream = format!("http://{cloud}");
    // The emulator of an earlier run may have had another port.
    let bind = project.task("binding the ledger", &binaries.proxy);
    let bind = bind.args(["ledger", "bind", "--with-pending", "--upstream", &upstream]);
    bind.args(["--ledger", &ledger]).quiet()?;
    let mut proxy = project
        .task("starting the proxy", binaries.proxy)
        .args(["--listen", &page.to_string(), "--upstream", &upstream, "--site"])
        .arg(site)
        .args(["--allow-auto-renew", "--ledger", &ledger])
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY_ID)
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", KEY_SECRET)
        // One of a real account would be sent along with the made-up AccessKey.
        .without_env("ALIBABA_CLOUD_SECURITY_TOKEN")
        .spawn()?;
    wait_ready("proxy", &mut proxy, page)?;

    say(format_args!("emulator: http://{cloud}/ AccessKey {KEY_ID} secret {KEY_SECRET}"));
    say(format_args!("ready: http://{page}/"));
    Ok([("emulator", emulator), ("proxy", proxy)])
}

/// Suggests a port that is far enough away to have both ports free.
fn other(port: u16) -> u16 {
    port.checked_add(1000).filter(|port| *port < u16::MAX).unwrap_or(8080)
}

/// Returns false when a signal has stopped the servers; one that has ended by itself is an error.
fn running(servers: &mut Servers) -> Result<bool> {
    for (name, server) in servers {
        let ended = server.ended().context(|| format!("watching the {name}"))?;
        // A signal reaches the servers too.
        if process::stop_requested() {
            note("stopping …");
            return Ok(false);
        }
        if let Some(status) = ended {
            return Err(TaskError::new(format!("the {name}"), format!("it ended with {status}"))
                .hint("its last messages are above; start again with `cargo xtask serve`"));
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn suggests_a_port_that_exists() {
        assert_eq!(other(8080), 9080);
        assert_eq!(other(65535), 8080);
        assert_eq!(other(64535), 8080);
    }

    #[test]
    fn says_which_server_has_died() {
        let alive = ChildProcess::start(Command::new("sleep").arg("60")).unwrap();
        let dead = ChildProcess::start(&mut Command::new("false")).unwrap();
        let mut servers = [("emulator", alive), ("proxy", dead)];
        servers[1].1.wait(None).unwrap();
        let error = running(&mut servers).unwrap_err();
        assert!(error.to_string().starts_with("the proxy failed: it ended with"), "{error}");
    }
}
