//! `cargo xtask faults`: the campaign of `tests/faults`, on both databases.

use std::fs;

use crate::command::Task;
use crate::error::{Context, Result};
use crate::progress::{note, say};
use crate::project::Project;
use crate::servers::{self, Profile};
use crate::setup::{apt, faketime, postgres::Cluster};

/// Size and seed of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Campaign {
    /// Purchases on each database.
    pub(crate) purchases: u32,
    /// The seed.
    pub(crate) seed: u32,
}

/// Campaign of CI.
pub(crate) const SHORT: Campaign = Campaign { purchases: 1500, seed: 1 };

/// Bytes of a disk for the ledger, and for each purchase.
const DISK: u64 = 32 << 20;
const DISK_OF_ONE: u64 = 12 << 10;
/// Mounts a disk of so many bytes at a folder, and runs the rest.
const WITH_DISK: &str = r#"mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@""#;

/// One proxy on SQLite, then two on PostgreSQL. Returns whether a disk was filled, for which something must be mounted.
pub(crate) fn run(project: &Project, campaign: Campaign) -> Result<bool> {
    let proxy = servers::build(project, Profile::Dev)?.proxy;
    let Campaign { purchases, seed } = campaign;
    let build = project.cargo("building the campaign");
    build.args(["build", "--quiet", "--package", "havenask-faults"]).run()?;
    let buy = |task: Task, ledger: &str, proxies: &str| {
        let task = task.arg("--proxy").arg(&proxy).args(["--ledger", ledger, "--proxies", proxies]);
        task.args(["--purchases", &purchases.to_string(), "--seed", &seed.to_string()])
    };
    let campaign = project.target.join("debug/havenask-faults");
    let folder = project.target.join("faults");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).context(|| format!("making {}", folder.display()))?;
    note(format_args!("faults: {purchases} purchases, one proxy on SQLite …"));
    let ledger = format!("sqlite:{}", folder.join("ledger.db").display());
    let namespace = namespace(project);
    let fills_a_disk = namespace.is_some();
    if let Some(namespace) = namespace {
        let size = DISK + DISK_OF_ONE * u64::from(purchases);
        let task = namespace.args(["--", "sh", "-c", WITH_DISK, "sh", &size.to_string()]);
        buy(task.arg(&folder).arg(&campaign), &ledger, "1").arg("--own-disk").run()?;
    } else {
        note("nothing may be mounted here: no disk is filled");
        buy(project.task("the campaign", &campaign), &ledger, "1").run()?;
    }
    let faketime = faketime::library(project)?;
    let cluster = Cluster::start(project)?;
    note(format_args!("faults: {purchases} purchases, two proxies on PostgreSQL …"));
    let task = project.task("the campaign", &campaign);
    buy(task, &cluster.url, "2").arg("--faketime").arg(faketime).run()?;
    say("no purchase was made twice or lost");
    Ok(fills_a_disk)
}

/// A namespace of mounts, which end with it; none where that is not allowed.
fn namespace(project: &Project) -> Option<Task> {
    let task = |rest: &[&str]| {
        let task = project.task("the campaign", "unshare").arg("--mount");
        task.args((!apt::is_root()).then_some("--map-root-user")).args(rest)
    };
    let mounts = ["sh", "-c", "mount -t tmpfs tmpfs /tmp"];
    task(&mounts).quiet().is_ok().then(|| task(&[]))
}
