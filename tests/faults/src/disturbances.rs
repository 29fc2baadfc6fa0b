//! The disturbances: one after the other a proxy is killed, and now and then their store fails. After each fault of the store
//! every proxy must write down the next purchase that reaches it, without a restart.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use fastrand::Rng;
use tokio::{sync::watch, task::JoinSet, time::Instant};

use crate::{
    CampaignArguments, Result,
    buyer::{Buyer, Told},
    proxies::Proxies,
    store::{self, Store, StoreFault},
};

/// Of so many disturbances one is of the store.
const SHARE: u64 = 5;
/// A fault that nobody has noticed after this time did not happen.
const NOTICED: Duration = Duration::from_secs(30);
/// A proxy that is not ready after this time is stuck.
const READY: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);

/// The disturbances that happened.
#[derive(Debug, Default)]
pub(crate) struct Disturbed {
    pub(crate) kills: u64,
    /// The faults of the mix, and how often each happened.
    pub(crate) faults: BTreeMap<&'static str, u64>,
    /// Refusals of a price above its bound.
    pub(crate) bound_refusals: u64,
    /// Proxies that did not work when a fault was over.
    pub(crate) stuck: Vec<String>,
    /// The answers to purchases after faults.
    pub(crate) answers: Vec<(String, Told)>,
}

/// The one who disturbs.
pub(crate) struct Disturbances {
    rng: Rng,
    seed: u64,
    proxies: Arc<Proxies>,
    store: Arc<Store>,
    disturbed: Disturbed,
    buyers: JoinSet<Result<Vec<(String, Told)>>>,
}

impl Disturbances {
    pub(crate) fn new(
        arguments: &CampaignArguments,
        proxies: Arc<Proxies>,
        store: Arc<Store>,
    ) -> Self {
        let faults = store.faults().into_iter().map(|fault| (fault.name(), 0));
        let skewed = proxies.skewed().map(|skewed| ("skewed clock", skewed));
        let disturbed =
            Disturbed { faults: faults.chain(skewed).collect(), ..Disturbed::default() };
        let (seed, rng) = (arguments.seed, Rng::with_seed(arguments.seed));
        Self { rng, seed, proxies, store, disturbed, buyers: JoinSet::new() }
    }

    /// Disturbs until it is told to end.
    pub(crate) async fn run(mut self, mut ended: watch::Receiver<bool>) -> Result<Disturbed> {
        let faults = self.store.faults();
        let mut next = faults.iter().copied().cycle();
        for number in 1.. {
            let pause = Duration::from_millis(self.rng.u64(200..2000));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = ended.changed() => break,
            }
            if number % SHARE == 0
                && let Some(fault) = next.next()
            {
                self.fail(fault, &ended).await?;
            } else {
                self.proxies.kill_one(&mut self.rng).await?;
                self.disturbed.kills += 1;
            }
        }
        while let Some(bought) = self.buyers.join_next().await {
            self.disturbed.answers.extend(bought??);
        }
        Ok(self.disturbed)
    }

    /// Has the store fail for a moment.
    async fn fail(&mut self, fault: StoreFault, ended: &watch::Receiver<bool>) -> Result<()> {
        // A proxy knows its store again when it has written.
        if !self.become_ready(true, READY, None, ended).await? {
            let stuck = format!("a proxy was not ready before the store was {}", fault.name());
            self.disturbed.stuck.push(stuck);
        }
        let remedy = self.store.inject(fault, self.proxies.processes().await?).await?;
        let filler = remedy.filler();
        let is_noticed = fault == StoreFault::Crashed
            || self.become_ready(false, NOTICED, filler.as_deref(), ended).await?;
        self.store.mend(remedy).await?;
        *self.disturbed.faults.entry(fault.name()).or_default() += u64::from(is_noticed);
        self.buy(fault).await
    }

    /// Waits until all proxies are ready, or none is; whether that came about.
    async fn become_ready(
        &self,
        wanted: bool,
        limit: Duration,
        filler: Option<&Path>,
        ended: &watch::Receiver<bool>,
    ) -> Result<bool> {
        let start = Instant::now();
        while start.elapsed() < limit {
            // Files that were moved may have left room on a full disk.
            filler.map_or(Ok(()), store::fill)?;
            let ready = self.proxies.ready().await;
            if ready.iter().all(|ready| *ready == Some(wanted)) {
                return Ok(true);
            }
            // A full disk is noticed by what is bought.
            if !wanted && *ended.borrow() {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(false)
    }

    /// Buys at each proxy: the first answer must not be that nothing could be written down.
    async fn buy(&mut self, fault: StoreFault) -> Result<()> {
        for (number, address) in self.proxies.addresses().enumerate() {
            let order = format!(
                "campaign-{}-after-{}-{number}-{}",
                self.seed,
                self.disturbed.kills,
                fault.name().replace(' ', "-")
            );
            let buyer = self.rng.u64(..);
            let mut buyer = Buyer::new(self.seed, buyer, Arc::clone(&self.proxies));
            let code = buyer.first_answer(address, &order).await?;
            if code.starts_with("Ledger") {
                self.disturbed.stuck.push(format!("{order} could not be written down"));
            }
            self.buyers.spawn(async move { buyer.buy(&order).await });
        }
        Ok(())
    }
}
