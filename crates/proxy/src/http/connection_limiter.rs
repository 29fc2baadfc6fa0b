//! Limits on open connections, in all and of one address. One that waits for a request gives way to a new one, so that
//! a caller that opens many shuts out nobody.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;

use crate::access::limit_key;

/// A limiter of open connections.
#[derive(Debug)]
pub(crate) struct ConnectionLimiter {
    max: usize,
    max_per_address: usize,
    open: Mutex<OpenConnections>,
}

#[derive(Debug, Default)]
struct OpenConnections {
    count: usize,
    of: HashMap<IpAddr, VecDeque<Arc<ConnectionState>>>,
}

/// The state of a connection.
#[derive(Debug, Default)]
pub(crate) struct ConnectionState {
    busy: AtomicBool,
    is_evicted: AtomicBool,
    eviction: Notify,
}

/// The permit of a connection, until it is dropped.
#[derive(Debug)]
pub(crate) struct ConnectionPermit {
    limiter: Arc<ConnectionLimiter>,
    address: IpAddr,
    pub(crate) state: Arc<ConnectionState>,
}

/// Mark of a connection with a request in flight, until it is dropped.
#[derive(Debug)]
pub(crate) struct RequestGuard<'a>(&'a ConnectionState);

impl ConnectionLimiter {
    pub(crate) fn new(max: usize, max_per_address: usize) -> Arc<Self> {
        Arc::new(Self { max, max_per_address, open: Mutex::default() })
    }

    /// Acquires a permit for a connection from this address, for which another may be evicted; `None` when all of them are busy.
    pub(crate) fn try_acquire(
        self: &Arc<Self>,
        address: IpAddr,
        is_trusted: bool,
    ) -> Option<ConnectionPermit> {
        let address = limit_key(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let own = open.of.get(&address).map_or(0, VecDeque::len);
        if own >= self.max_per_address && !is_trusted {
            open.evict(address)?;
        } else if open.count >= self.max {
            let crowd = open.of.iter().max_by_key(|(_, connections)| connections.len());
            let crowd = crowd.map(|(address, _)| *address)?;
            if open.evict(crowd).is_none() {
                let others: Vec<_> = open.of.keys().copied().collect();
                others.into_iter().find_map(|other| open.evict(other))?;
            }
        }
        let state = Arc::<ConnectionState>::default();
        open.of.entry(address).or_default().push_back(Arc::clone(&state));
        open.count += 1;
        Some(ConnectionPermit { limiter: Arc::clone(self), address, state })
    }
}

impl OpenConnections {
    /// Evicts the oldest idle connection of an address.
    fn evict(&mut self, address: IpAddr) -> Option<()> {
        let connections = self.of.get_mut(&address)?;
        let idle = connections.iter().position(|state| !state.busy.load(Ordering::SeqCst))?;
        let state = connections.remove(idle)?;
        self.left(address);
        state.is_evicted.store(true, Ordering::SeqCst);
        state.eviction.notify_one();
        Some(())
    }

    fn left(&mut self, address: IpAddr) {
        self.count -= 1;
        if self.of.get(&address).is_some_and(VecDeque::is_empty) {
            self.of.remove(&address);
        }
    }
}

impl ConnectionState {
    /// Marks the connection as busy.
    pub(crate) fn start_request(&self) -> RequestGuard<'_> {
        self.busy.store(true, Ordering::SeqCst);
        RequestGuard(self)
    }

    /// Tests that the request in flight is the last.
    pub(crate) fn is_evicted(&self) -> bool {
        self.is_evicted.load(Ordering::SeqCst)
    }

    /// Waits until the connection is to end at once.
    pub(crate) async fn evicted(&self) {
        self.eviction.notified().await;
        if self.busy.load(Ordering::SeqCst) {
            // A request has come in between; its answer says that it is the last.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for RequestGuard<'_> {
    fn drop(&mut self) {
        self.0.busy.store(false, Ordering::SeqCst);
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let mut open = self.limiter.open.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(connections) = open.of.get_mut(&self.address) else { return };
        if let Some(own) = connections.iter().position(|state| Arc::ptr_eq(state, &self.state)) {
            connections.remove(own);
            open.left(self.address);
        }
    }
}
