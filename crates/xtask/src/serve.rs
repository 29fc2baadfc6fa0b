//! `cargo xtask serve`: emulator, proxy and page on this machine.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::error::{Context, Error, Result};
use crate::progress::{note, say};
use crate::project::Project;
use crate::servers::{self, Profile, check_free, local, wait_ready};
use crate::setup::Setup;
use crate::site;
use crate::stop::{self, Running};

/// Made up, and known to nobody but the emulator on this machine.
const KEY_ID: &str = "local-emulator-key";
/// See `KEY_ID`.
const KEY_SECRET: &str = "local-emulator-secret";
/// Seconds until a bought instance is READY: long enough to watch, short enough to wait.
const READY_AFTER: &str = "20";
/// How often the servers are looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// Runs until a signal, or until one of the servers ends.
pub(crate) fn run(project: &Project, port: u16) -> Result<()> {
    let (page, cloud) = (local(port), local(port + 1));
    for port in [port, port + 1] {
        let hint = format!("choose another one: `cargo xtask serve --port {}`", other(port));
        check_free(port).map_err(|error| error.hint(hint))?;
    }
    let binaries = servers::build(project, Profile::Dev)?;
    let site = site::build(&Setup::new(project))?;
    let store = project.target.join("serve");
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
        // One of a real account would be sent along with the made-up key.
        .without_env("ALIBABA_CLOUD_SECURITY_TOKEN")
        .spawn()?;
    wait_ready("proxy", &mut proxy, page)?;

    say(format_args!("emulator: http://{cloud}/ AccessKey {KEY_ID} secret {KEY_SECRET}"));
    say(format_args!("ready: http://{page}/"));
    watch([("emulator", &mut emulator), ("proxy", &mut proxy)])
}

/// A port that is far enough away to have both ports free.
fn other(port: u16) -> u16 {
    port.checked_add(1000).filter(|port| *port < u16::MAX).unwrap_or(8080)
}

fn watch(mut servers: [(&str, &mut Running); 2]) -> Result<()> {
    loop {
        for (name, server) in &mut servers {
            let ended = server.ended().context(|| format!("watching the {name}"))?;
            // A signal has reached the servers too: their end is then no news.
            if stop::requested() {
                note("stopping …");
                return Ok(());
            }
            if let Some(status) = ended {
                return Err(Error::new(format!("the {name}"), format!("it ended with {status}"))
                    .hint("its last messages are above; start again with `cargo xtask serve`"));
            }
        }
        thread::sleep(GLANCE);
    }
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
        let mut alive = Running::start(Command::new("sleep").arg("60")).unwrap();
        let mut dead = Running::start(&mut Command::new("false")).unwrap();
        let error = watch([("emulator", &mut alive), ("proxy", &mut dead)]).unwrap_err();
        assert!(error.to_string().starts_with("the proxy failed: it ended with"), "{error}");
    }
}
