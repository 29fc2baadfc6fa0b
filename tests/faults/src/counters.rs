//! The proxies: each a process on a port of its own, killed now and then, and started again.

use std::{net::TcpListener, process::Stdio, sync::Arc, time::Duration};

use fastrand::Rng;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::{Mutex, watch},
};

use crate::{
    Arguments, Result,
    cloud::{KEY, SECRET},
};

const MANY: &str = "1000000";

/// The proxies, of which any may be away for a moment.
pub(crate) struct Counters {
    all: Vec<Counter>,
}

struct Counter {
    address: String,
    arguments: Arguments,
    upstream: String,
    process: Mutex<Child>,
}

impl Counters {
    pub(crate) async fn open(arguments: &Arguments, upstream: &str) -> Result<Self> {
        let mut all = Vec::new();
        for _ in 0..arguments.proxies {
            let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
            let address = free.to_string();
            let process = Mutex::new(start(arguments, upstream, &address).await?);
            let (arguments, upstream) = (arguments.clone(), upstream.to_owned());
            all.push(Counter { address, arguments, upstream, process });
        }
        Ok(Self { all })
    }

    /// The address of one of them.
    pub(crate) fn any(&self, rng: &mut Rng) -> &str {
        &self.all[rng.usize(..self.all.len())].address
    }

    /// Kills one after the other until it is told to stop; how many.
    pub(crate) async fn kill_now_and_then(
        self: Arc<Self>,
        seed: u64,
        mut closing: watch::Receiver<bool>,
    ) -> Result<u64> {
        let mut rng = Rng::with_seed(seed);
        let mut kills = 0;
        loop {
            let pause = Duration::from_millis(rng.u64(200..2000));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = closing.changed() => return Ok(kills),
            }
            let Counter { address, arguments, upstream, process } =
                &self.all[rng.usize(..self.all.len())];
            let mut process = process.lock().await;
            // SIGKILL: it runs no code of its own after this.
            process.kill().await?;
            kills += 1;
            tokio::time::sleep(Duration::from_millis(rng.u64(..300))).await;
            *process = start(arguments, upstream, address).await?;
        }
    }

    pub(crate) async fn close(&self) -> Result<()> {
        for counter in &self.all {
            counter.process.lock().await.kill().await?;
        }
        Ok(())
    }
}

async fn start(arguments: &Arguments, upstream: &str, address: &str) -> Result<Child> {
    let mut process = Command::new(&arguments.proxy)
        .args(["--listen", address, "--upstream", upstream, "--ledger", &arguments.ledger])
        .args(["--answer-timeout", "2", "--look-for", "30"])
        // How much may be asked is not what is looked at here.
        .args(["--requests-per-minute", MANY, "--all-requests-per-minute", MANY])
        .args(["--requests-at-once", MANY])
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY)
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)
        .env_remove("ALIBABA_CLOUD_SECURITY_TOKEN")
        .env("RUST_LOG", "error")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut line = String::new();
    let out = process.stdout.take().ok_or("the proxy has no output")?;
    BufReader::new(out).read_line(&mut line).await?;
    if line.starts_with("listening on ") {
        Ok(process)
    } else {
        Err("the proxy does not start".into())
    }
}
