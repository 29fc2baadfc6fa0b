//! Times from purchase to READY, as far as somebody waited: the proxy reads the status in the answers that it forwards.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use havenask_core::{instance::READY, purchase::PURCHASE_TAG};
use serde::Deserialize;
use tokio_util::task::TaskTracker;

use crate::ledger::Ledger;

/// The longest pause between two looks at an instance whose time counts: nobody knows when another was READY.
const MAX_PAUSE: Duration = Duration::from_mins(2);
/// Instances that are followed, at most.
const MAX_FOLLOWED: usize = 1000;
/// Purchases whose median is told.
const SAMPLES: i64 = 101;
/// The time for which a median counts.
const MEDIAN_TTL: Duration = Duration::from_mins(10);

/// Instances on their way to READY, and the time that takes.
#[derive(Debug, Default)]
pub(crate) struct Readiness {
    /// When each was seen last.
    followed: Mutex<HashMap<String, Instant>>,
    /// The median in seconds, and when it was read.
    median: Mutex<Option<(Instant, u32)>>,
}

/// An answer to `GetInstance`.
#[derive(Deserialize)]
struct InstanceResponse<'a> {
    #[serde(borrow)]
    result: SeenInstance<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SeenInstance<'a> {
    #[serde(borrow)]
    instance_id: Cow<'a, str>,
    #[serde(borrow)]
    status: Cow<'a, str>,
    #[serde(borrow, default)]
    tags: Vec<SeenTag<'a>>,
}

#[derive(Deserialize)]
struct SeenTag<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Cow<'a, str>,
}

impl Readiness {
    /// Looks at an answer to `GetInstance`; returns whether it is one.
    pub(crate) fn look(&self, ledger: &Ledger, tasks: &TaskTracker, body: &[u8]) -> bool {
        let Ok(InstanceResponse { result }) = serde_json::from_slice(body) else { return false };
        let SeenInstance { instance_id, status, tags } = result;
        // An instance that was bought elsewhere is in no ledger.
        let Some(tag) = tags.into_iter().find(|tag| tag.key == PURCHASE_TAG) else { return true };
        if status != READY {
            self.follow(&instance_id);
        } else if self.was_followed(&instance_id) {
            let (tag, instance_id) = (tag.value.into_owned(), instance_id.into_owned());
            let ledger = ledger.clone();
            tasks.spawn(async move {
                // A time that is lost is one of many.
                let _ = ledger.ready(tag, instance_id).await;
            });
        }
        true
    }

    /// The median of the last times from purchase to READY, in seconds; `None` while there are none.
    pub(crate) async fn expected_seconds(&self, ledger: &Ledger) -> Option<u32> {
        let known = lock(&self.median).filter(|(at, _)| at.elapsed() < MEDIAN_TTL);
        if let Some((_, median)) = known {
            return Some(median);
        }
        let median = median(ledger.times_to_ready(SAMPLES).await.unwrap_or_default())?;
        *lock(&self.median) = Some((Instant::now(), median));
        Some(median)
    }

    fn follow(&self, instance_id: &str) {
        let mut followed = lock(&self.followed);
        if let Some(seen) = followed.get_mut(instance_id) {
            *seen = Instant::now();
            return;
        }
        if followed.len() >= MAX_FOLLOWED {
            followed.retain(|_, seen| seen.elapsed() < MAX_PAUSE);
        }
        if followed.len() < MAX_FOLLOWED {
            followed.insert(instance_id.to_owned(), Instant::now());
        }
    }

    fn was_followed(&self, instance_id: &str) -> bool {
        let seen = lock(&self.followed).remove(instance_id);
        seen.is_some_and(|seen| seen.elapsed() < MAX_PAUSE)
    }
}

/// The median of milliseconds, in seconds.
fn median(mut times: Vec<i64>) -> Option<u32> {
    times.sort_unstable();
    let middle = *times.get(times.len() / 2)?;
    u32::try_from((middle + 500) / 1000).ok()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_in_seconds() {
        for (times, seconds) in [
            (vec![], None),
            (vec![1_499], Some(1)),
            (vec![9_000, 700_000, 2_500], Some(9)),
            (vec![1_000, 2_000, 3_000, 4_000], Some(3)),
            (vec![-5_000], None),
        ] {
            assert_eq!(median(times), seconds);
        }
    }
}
