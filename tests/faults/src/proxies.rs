//! The proxies: each a process on a port of its own, killed now and then, and started again.

use std::{
    net::TcpListener,
    path::PathBuf,
    process::Stdio,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use fastrand::Rng;
use rustix::process::Pid;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::Mutex,
};

use crate::{
    CampaignArguments, Result,
    cloud::{KEY, SECRET},
    http, order,
};

const MANY: &str = "1000000";
/// Seconds by which clocks are off, one ahead and the next behind.
const SKEW: i64 = 240;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// The proxies, of which any may be away for a moment.
pub(crate) struct Proxies {
    all: Vec<ProxyProcess>,
    bound_refusals: AtomicU64,
}

struct ProxyProcess {
    settings: ProxyCommand,
    process: Mutex<Child>,
    is_skewed: bool,
}

/// The way in which a proxy is started.
struct ProxyCommand {
    address: String,
    program: PathBuf,
    ledger: String,
    /// The regions, with commas between them.
    upstreams: String,
    /// The budget of a month.
    budget: String,
    /// The library that has a clock run ahead by so many seconds.
    skew: Option<(PathBuf, i64)>,
}

impl Proxies {
    pub(crate) async fn open(arguments: &CampaignArguments, upstreams: &str) -> Result<Self> {
        let mut all = Vec::new();
        for seconds in [SKEW, -SKEW].into_iter().cycle().take(arguments.proxies) {
            let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
            let settings = ProxyCommand {
                address: free.to_string(),
                program: arguments.proxy.clone(),
                ledger: arguments.ledger.clone(),
                upstreams: upstreams.to_owned(),
                budget: format!("CNY {}/month", order::budget(arguments.purchases) / 100),
                skew: arguments.faketime.clone().map(|library| (library, seconds)),
            };
            let process = Mutex::new(settings.start().await?);
            let is_skewed = settings.is_skewed().await?;
            all.push(ProxyProcess { settings, process, is_skewed });
        }
        Ok(Self { all, bound_refusals: AtomicU64::new(0) })
    }

    /// Counts a refusal of a price above its bound.
    pub(crate) fn count_bound_refusal(&self) {
        self.bound_refusals.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn bound_refusals(&self) -> u64 {
        self.bound_refusals.load(Ordering::Relaxed)
    }

    /// The address of one of them.
    pub(crate) fn any(&self, rng: &mut Rng) -> &str {
        &self.all[rng.usize(..self.all.len())].settings.address
    }

    /// Kills one of them, and starts it again.
    pub(crate) async fn kill_one(&self, rng: &mut Rng) -> Result<()> {
        let proxy = &self.all[rng.usize(..self.all.len())];
        let mut process = proxy.process.lock().await;
        // SIGKILL: it runs no code of its own after this.
        process.kill().await?;
        tokio::time::sleep(Duration::from_millis(rng.u64(..300))).await;
        *process = proxy.settings.start().await?;
        Ok(())
    }

    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|proxy| proxy.settings.address.as_str())
    }

    /// The processes that run.
    pub(crate) async fn processes(&self) -> Result<Vec<Pid>> {
        let mut processes = Vec::new();
        for proxy in &self.all {
            let id = proxy.process.lock().await.id().ok_or("a proxy has ended")?;
            processes.extend(Pid::from_raw(i32::try_from(id)?));
        }
        Ok(processes)
    }

    /// Tells of each whether it is ready; none where it does not answer.
    pub(crate) async fn ready(&self) -> Vec<Option<bool>> {
        let mut ready = Vec::new();
        for address in self.addresses() {
            let answer = http::send("GET", &format!("http://{address}/readyz"), &[], "").await;
            ready.push(answer.ok().map(|answer| answer.status == 200));
        }
        ready
    }

    /// The number of proxies whose clocks are off, where some should be.
    pub(crate) fn skewed(&self) -> Option<u64> {
        let skewed = self.all.iter().filter(|proxy| proxy.is_skewed).count();
        self.all.iter().any(|proxy| proxy.settings.skew.is_some()).then_some(skewed as u64)
    }

    pub(crate) async fn close(&self) -> Result<()> {
        for proxy in &self.all {
            proxy.process.lock().await.kill().await?;
        }
        Ok(())
    }
}

impl ProxyCommand {
    async fn start(&self) -> Result<Child> {
        // A file that may not grow is an error, and not the end of the process.
        let mut process = Command::new("env");
        process.arg("--ignore-signal=XFSZ").arg(&self.program);
        if let Some((library, seconds)) = &self.skew {
            process.env("LD_PRELOAD", library).env("FAKETIME", format!("{seconds:+}"));
            process.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("FAKETIME_DISABLE_SHM", "1");
        }
        let mut process = process
            .args(["--listen", &self.address, "--upstream", &self.upstreams])
            .args([
                "--ledger",
                &self.ledger,
                "--upstream-timeout",
                "2",
                "--reconcile-seconds",
                "30",
            ])
            .args(["--budget", &self.budget])
            // Rate limits are not tested here.
            .args(["--requests-per-minute", MANY, "--all-requests-per-minute", MANY])
            .args(["--max-concurrent-requests", MANY])
            .env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY)
            .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)
            .env_remove("ALIBABA_CLOUD_SECURITY_TOKEN")
            // That the store fails is no news here.
            .env("RUST_LOG", "off")
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

    /// Tests that the clock of the proxy is as far off as it should be.
    async fn is_skewed(&self) -> Result<bool> {
        let Some((_, skew)) = &self.skew else { return Ok(false) };
        let url = format!("http://{}/healthz", self.address);
        let here = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_secs())?;
        let there = http::send("GET", &url, &[], "").await?.date;
        let there = there.as_deref().and_then(second_of_day).ok_or("the proxy tells no time")?;
        let off = (there - here - skew).rem_euclid(DAY);
        Ok(off.min(DAY - off) < SKEW / 2)
    }
}

/// The second of the day in a date as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn second_of_day(date: &str) -> Option<i64> {
    let mut parts = date.split(' ').nth(4)?.split(':');
    let mut part = || parts.next()?.parse::<i64>().ok();
    Some((part()? * 60 + part()?) * 60 + part()?)
}
