//! Token-bucket rate limits: per principal and global, and per address.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Semaphore, time::Instant};

use super::{Principal, RequestLimits, limit_key};

/// Buckets that are remembered; those that are full need not be.
const MAX_BUCKETS: usize = 10_000;

/// All limits on requests: their rates, and how many are served at the same time.
#[derive(Debug)]
pub(crate) struct RequestLimiter {
    pub(crate) principals: RateLimiter,
    pub(crate) addresses: AddressRateLimiter,
    pub(crate) concurrent: Semaphore,
}

impl RequestLimiter {
    pub(crate) fn new(limits: RequestLimits) -> Self {
        Self {
            principals: RateLimiter::new(limits),
            addresses: AddressRateLimiter::new(limits),
            concurrent: Semaphore::new(limits.concurrent),
        }
    }
}

/// A bucket for each principal, and one for all together.
#[derive(Debug)]
pub(crate) struct RateLimiter(Mutex<(Bucket, Buckets<Principal>)>);

/// A bucket for each address from which no principal is known.
#[derive(Debug)]
pub(crate) struct AddressRateLimiter(Mutex<Buckets<IpAddr>>);

/// Buckets by key.
#[derive(Debug)]
struct Buckets<K> {
    per_minute: u32,
    all: HashMap<K, Bucket>,
}

/// Requests that are left, and the time of the last count.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    per_minute: u32,
    left: f64,
    since: Instant,
}

impl RateLimiter {
    pub(crate) fn new(limits: RequestLimits) -> Self {
        Self(Mutex::new((
            Bucket::full(limits.total, Instant::now()),
            Buckets::new(limits.per_principal),
        )))
    }

    /// Takes a request, or says after how many seconds there is one again.
    pub(crate) fn try_acquire(&self, principal: &Principal, now: Instant) -> Result<(), u64> {
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

impl AddressRateLimiter {
    pub(crate) fn new(limits: RequestLimits) -> Self {
        Self(Mutex::new(Buckets::new(limits.per_address)))
    }

    /// Takes a request, or says after how many seconds there is one again.
    pub(crate) fn try_acquire(&self, address: IpAddr, now: Instant) -> Result<(), u64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = buckets.of(&limit_key(address), now);
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
    fn new(per_minute: u32) -> Self {
        Self { per_minute, all: HashMap::new() }
    }

    /// The bucket of one, filled up.
    fn of(&mut self, key: &K, now: Instant) -> &mut Bucket {
        if self.all.len() >= MAX_BUCKETS && !self.all.contains_key(key) {
            self.all.retain(|_, bucket| bucket.filled(now).left < bucket.per_minute.into());
            // So many at once are no callers; whoever looked through them again and again would do nothing else.
            if self.all.len() >= MAX_BUCKETS / 2 {
                self.all.clear();
            }
        }
        let full = Bucket::full(self.per_minute, now);
        self.all.entry(key.clone()).or_insert(full).filled(now)
    }
}

impl Bucket {
    fn full(per_minute: u32, now: Instant) -> Self {
        Self { per_minute, left: per_minute.into(), since: now }
    }

    /// Refills the bucket for the time that has passed.
    fn filled(&mut self, now: Instant) -> &mut Self {
        let minutes = now.saturating_duration_since(self.since).as_secs_f64() / 60.0;
        let most = f64::from(self.per_minute);
        (self.left, self.since) = ((self.left + minutes * most).min(most), now);
        self
    }

    /// Seconds until there is a request.
    fn wait(&self) -> u64 {
        if self.left >= 1.0 {
            return 0;
        }
        let seconds = (1.0 - self.left) * 60.0 / f64::from(self.per_minute.max(1));
        Duration::from_secs_f64(seconds).as_secs() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_have_a_rate_limit_and_share_another() {
        let rates = RateLimiter::new(RequestLimits {
            per_principal: 2,
            total: 3,
            concurrent: 1,
            per_address: 1,
        });
        let (alice, bob) = (Principal("alice".into()), Principal("bob".into()));
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(
            [rates.try_acquire(&alice, at(0)), rates.try_acquire(&alice, at(0))],
            [Ok(()), Ok(())]
        );
        assert_eq!(rates.try_acquire(&alice, at(0)), Err(31), "half a minute for one of two");
        assert_eq!(rates.try_acquire(&bob, at(0)), Ok(()));
        assert_eq!(rates.try_acquire(&bob, at(0)), Err(21), "all together are too many");
        assert_eq!(rates.try_acquire(&bob, at(21)), Ok(()));
        assert_eq!(rates.try_acquire(&alice, at(61)), Ok(()));
    }

    #[test]
    fn an_address_has_its_share_and_takes_none_of_anothers() {
        let addresses =
            AddressRateLimiter::new(RequestLimits { per_address: 2, ..RequestLimits::default() });
        let address = |number: u32| IpAddr::from(number.to_be_bytes());
        let now = Instant::now();
        for expected in [Ok(()), Ok(()), Err(31)] {
            assert_eq!(addresses.try_acquire(address(1), now), expected);
        }
        assert_eq!(addresses.try_acquire(address(2), now), Ok(()));
        for number in 0..50_000 {
            let _ = addresses.try_acquire(address(number), now);
        }
        assert!(
            addresses.0.lock().unwrap().all.len() <= MAX_BUCKETS,
            "they take no memory without end"
        );
    }
}
