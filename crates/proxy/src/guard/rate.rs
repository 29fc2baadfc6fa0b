//! How often one may ask, and all together: buckets that fill up again with time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{Principal, Quota};

/// Principals that are remembered; those whose bucket is full need not be.
const MANY: usize = 10_000;

/// The buckets of all.
#[derive(Debug)]
pub(crate) struct Rates {
    quota: Quota,
    buckets: Mutex<Buckets>,
}

#[derive(Debug)]
struct Buckets {
    of_all: Bucket,
    of_one: HashMap<Principal, Bucket>,
}

/// How many requests are left, and since when.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    since: Instant,
}

impl Rates {
    pub(crate) fn new(quota: Quota) -> Self {
        let of_all = Bucket { left: quota.of_all.into(), since: Instant::now() };
        Self { quota, buckets: Mutex::new(Buckets { of_all, of_one: HashMap::new() }) }
    }

    /// Takes a request, or says after how many seconds there is one again.
    pub(crate) fn take(&self, principal: &Principal, now: Instant) -> Result<(), u64> {
        let Quota { of_one, of_all, .. } = self.quota;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.of_one.len() >= MANY {
            buckets.of_one.retain(|_, bucket| bucket.filled(of_one, now).left < of_one.into());
        }
        let full = Bucket { left: of_one.into(), since: now };
        let own = buckets.of_one.get(principal).copied().unwrap_or(full).filled(of_one, now);
        let all = buckets.of_all.filled(of_all, now);
        let wait = own.wait(of_one).max(all.wait(of_all));
        let taken = if wait > 0 { 0.0 } else { 1.0 };
        buckets.of_one.insert(principal.clone(), Bucket { left: own.left - taken, ..own });
        buckets.of_all = Bucket { left: all.left - taken, ..all };
        if wait > 0 { Err(wait) } else { Ok(()) }
    }
}

impl Bucket {
    fn filled(self, a_minute: u32, now: Instant) -> Self {
        let minutes = now.saturating_duration_since(self.since).as_secs_f64() / 60.0;
        let most = f64::from(a_minute);
        Self { left: (self.left + minutes * most).min(most), since: now }
    }

    /// Seconds until there is a request.
    fn wait(self, a_minute: u32) -> u64 {
        if self.left >= 1.0 {
            return 0;
        }
        let seconds = (1.0 - self.left) * 60.0 / f64::from(a_minute.max(1));
        Duration::from_secs_f64(seconds).as_secs() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_its_share_and_all_have_theirs() {
        let rates = Rates::new(Quota { of_one: 2, of_all: 3, at_once: 1 });
        let (alice, bob) = (Principal("alice".into()), Principal("bob".into()));
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!([rates.take(&alice, at(0)), rates.take(&alice, at(0))], [Ok(()), Ok(())]);
        assert_eq!(rates.take(&alice, at(0)), Err(31), "half a minute for one of two");
        assert_eq!(rates.take(&bob, at(0)), Ok(()));
        assert_eq!(rates.take(&bob, at(0)), Err(21), "all together are too many");
        assert_eq!(rates.take(&bob, at(21)), Ok(()));
        assert_eq!(rates.take(&alice, at(61)), Ok(()));
    }
}
