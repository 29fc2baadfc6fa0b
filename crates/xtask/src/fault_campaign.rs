//! `cargo xtask faults`: the campaign of `tests/faults`, on both databases.

use std::fs;

use crate::error::{Context, Result};
use crate::progress::{note, say};
use crate::project::Project;
use crate::servers::{self, Profile};
use crate::setup::postgres::Cluster;

/// Size and seed of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Campaign {
    /// Purchases on each database.
    pub(crate) purchases: u32,
    /// The seed.
    pub(crate) seed: u32,
}

/// Campaign of CI.
pub(crate) const SHORT: Campaign = Campaign { purchases: 2000, seed: 1 };

/// One proxy on SQLite, then two on PostgreSQL.
pub(crate) fn run(project: &Project, campaign: Campaign) -> Result<()> {
    let proxy = servers::build(project, Profile::Dev)?.proxy;
    let Campaign { purchases, seed } = campaign;
    let buy = |ledger: &str, proxies: &str| {
        let task = project.cargo("the campaign");
        let task = task.args(["run", "--quiet", "--package", "havenask-faults", "--", "--proxy"]);
        let task = task.arg(&proxy).args(["--ledger", ledger, "--proxies", proxies]);
        let task = task.args(["--purchases", &purchases.to_string(), "--seed", &seed.to_string()]);
        task.run()
    };
    let folder = project.target.join("faults");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).context(|| format!("making {}", folder.display()))?;
    note(format_args!("faults: {purchases} purchases, one proxy on SQLite …"));
    buy(&format!("sqlite:{}", folder.join("ledger.db").display()), "1")?;
    let cluster = Cluster::start(project)?;
    note(format_args!("faults: {purchases} purchases, two proxies on PostgreSQL …"));
    buy(&cluster.url, "2")?;
    say("no purchase was made twice or lost");
    Ok(())
}
