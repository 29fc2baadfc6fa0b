//! A campaign: buyers who click twice, hang up and try again, proxies that are killed and started again, a cloud that
//! misbehaves. Afterwards every key and every order has at most one instance, every instance has its key, and every buyer's
//! last answer is true. `cargo xtask faults` runs it.

mod buyer;
mod cloud;
mod disturbances;
mod http;
mod order;
mod proxies;
mod store;
mod verdict;

use std::{
    io::Write,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use clap::Parser;
use tokio::{sync::watch, task::JoinSet};

use self::{
    buyer::Buyer,
    cloud::Cloud,
    disturbances::Disturbances,
    proxies::Proxies,
    store::Store,
    verdict::{Paid, Verdict},
};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Error>;

/// Buys through proxies that are killed, from a cloud that misbehaves.
#[derive(Clone, Debug, Parser)]
struct CampaignArguments {
    /// The program to put to the test
    #[arg(long, value_name = "FILE")]
    proxy: PathBuf,
    /// Its ledger: sqlite:PATH, or the address of a PostgreSQL database
    #[arg(long, value_name = "URL")]
    ledger: String,
    /// Proxies that share it
    #[arg(long, default_value_t = 1)]
    proxies: usize,
    /// Number of orders that are bought
    #[arg(long, default_value_t = 2000)]
    purchases: usize,
    /// Seed of the clicks, faults and kills
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The library libfaketime: clocks of the proxies are off
    #[arg(long, value_name = "FILE")]
    faketime: Option<PathBuf>,
    /// The ledger is alone on its disk, which may be filled
    #[arg(long)]
    own_disk: bool,
    /// Buyers at the same time
    #[arg(long, default_value_t = 128)]
    buyers: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(CampaignArguments::parse()).await {
        Ok(verdict) => {
            let _ = writeln!(std::io::stdout(), "{verdict}");
            if verdict.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "the campaign broke off: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: CampaignArguments) -> Result<Verdict> {
    let start = Instant::now();
    let [first, other] = order::REGIONS;
    let clouds =
        [Cloud::start(first, arguments.seed).await?, Cloud::start(other, !arguments.seed).await?];
    let upstreams = clouds.each_ref().map(Cloud::upstream).join(",");
    let proxies = Arc::new(Proxies::open(&arguments, &upstreams).await?);
    let (done, closing) = watch::channel(false);
    let store = Arc::new(Store::open(&arguments.ledger, arguments.own_disk).await?);
    let disturbances = Disturbances::new(&arguments, Arc::clone(&proxies), Arc::clone(&store));
    let disturbances = tokio::spawn(disturbances.run(closing));
    let next = Arc::new(AtomicUsize::new(0));
    let mut buyers = JoinSet::new();
    for number in 0..arguments.buyers {
        let (next, proxies) = (Arc::clone(&next), Arc::clone(&proxies));
        let (seed, purchases) = (arguments.seed, arguments.purchases);
        buyers.spawn(async move {
            let mut answers = Vec::new();
            let mut buyer = Buyer::new(seed, number as u64, proxies);
            loop {
                let purchase = next.fetch_add(1, Ordering::Relaxed);
                if purchase >= purchases {
                    return Ok(answers);
                }
                answers.extend(buyer.buy(&format!("campaign-{seed}-{purchase}")).await?);
            }
        });
    }
    let mut answers = Vec::new();
    while let Some(bought) = buyers.join_next().await {
        let bought: Result<Vec<_>> = bought?;
        answers.extend(bought?);
    }
    let _ = done.send(true);
    let mut disturbed = disturbances.await??;
    answers.append(&mut disturbed.answers);
    let pending = store.settled().await?;
    let [mut instances, others] = [clouds[0].instances().await?, clouds[1].instances().await?];
    instances.extend(others);
    let paid = Paid { prices: store.prices().await?, budget: order::budget(arguments.purchases) };
    let mut faults = clouds[0].faults();
    for ((_, sum), (_, times)) in faults.iter_mut().zip(clouds[1].faults()) {
        *sum += times;
    }
    disturbed.bound_refusals = proxies.bound_refusals();
    proxies.close().await?;
    Ok(Verdict::of(&answers, &instances, &faults, pending, disturbed, &paid, start.elapsed()))
}
