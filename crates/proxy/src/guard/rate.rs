//! How often one may ask, and all together: buckets that fill up again with time.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{Principal, Quota, network::limited};

/// Buckets that are remembered; those that are full need not be.
const MANY: usize = 10_000;

/// The buckets of all who are known.
#[derive(Debug)]
pub(crate) struct Rates(Mutex<(Bucket, Buckets<Principal>)>);

/// The buckets of addresses of which nobody is known.
#[derive(Debug)]
pub(crate) struct Strangers(Mutex<Buckets<IpAddr>>);

/// A bucket for each.
#[derive(Debug)]
struct Buckets<K> {
    a_minute: u32,
    all: HashMap<K, Bucket>,
}

/// How many requests are left, and since when.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    a_minute: u32,
    left: f64,
    since: Instant,
}

impl Rates {
    pub(crate) fn new(quota: Quota) -> Self {
        Self(Mutex::new((Bucket::full(quota.of_all, Instant::now()), Buckets::new(quota.of_one))))
    }

    /// Takes a request, or says after how many seconds there is one again.
    pub(crate) fn take(&self, principal: &Principal, now: Instant) -> Result<(), u64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *buckets;
        let (own, all) = (each.of(principal, now), all.filled(now));
        let wait = own.wait().max(all.wait());
        if wait > 0 {
            return Err(wait);
        }
        own.left -= 1.0;
        all.left -= 1.0;
        Ok(())
    }
}

impl Strangers {
    pub(crate) fn new(quota: Quota) -> Self {
        Self(Mutex::new(Buckets::new(quota.of_address)))
    }

    /// Takes a request, or says after how many seconds there is one again.
    pub(crate) fn take(&self, address: IpAddr, now: Instant) -> Result<(), u64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = buckets.of(&limited(address), now);
        match own.wait() {
            0 => {
                own.left -= 1.0;
                Ok(())
            }
            wait => Err(wait),
        }
    }
}

impl<K: Clone + Eq + Hash> Buckets<K> {
    fn new(a_minute: u32) -> Self {
        Self { a_minute, all: HashMap::new() }
    }

    /// The bucket of one, filled up.
    fn of(&mut self, key: &K, now: Instant) -> &mut Bucket {
        if self.all.len() >= MANY && !self.all.contains_key(key) {
            self.all.retain(|_, bucket| bucket.filled(now).left < bucket.a_minute.into());
            // So many at once are no callers; whoever looked through them again and again would do nothing else.
            if self.all.len() >= MANY / 2 {
                self.all.clear();
            }
        }
        let full = Bucket::full(self.a_minute, now);
        self.all.entry(key.clone()).or_insert(full).filled(now)
    }
}

impl Bucket {
    fn full(a_minute: u32, now: Instant) -> Self {
        Self { a_minute, left: a_minute.into(), since: now }
    }

    /// With what has flowed in since.
    fn filled(&mut self, now: Instant) -> &mut Self {
        let minutes = now.saturating_duration_since(self.since).as_secs_f64() / 60.0;
        let most = f64::from(self.a_minute);
        (self.left, self.since) = ((self.left + minutes * most).min(most), now);
        self
    }

    /// Seconds until there is a request.
    fn wait(&self) -> u64 {
        if self.left >= 1.0 {
            return 0;
        }
        let seconds = (1.0 - self.left) * 60.0 / f64::from(self.a_minute.max(1));
        Duration::from_secs_f64(seconds).as_secs() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_its_share_and_all_have_theirs() {
        let rates = Rates::new(Quota { of_one: 2, of_all: 3, at_once: 1, of_address: 1 });
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

    #[test]
    fn an_address_has_its_share_and_takes_none_of_anothers() {
        let strangers = Strangers::new(Quota { of_address: 2, ..Quota::default() });
        let address = |number: u32| IpAddr::from(number.to_be_bytes());
        let now = Instant::now();
        for expected in [Ok(()), Ok(()), Err(31)] {
            assert_eq!(strangers.take(address(1), now), expected);
        }
        assert_eq!(strangers.take(address(2), now), Ok(()));
        for number in 0..50_000 {
            let _ = strangers.take(address(number), now);
        }
        assert!(strangers.0.lock().unwrap().all.len() <= MANY, "they take no memory without end");
    }
}
