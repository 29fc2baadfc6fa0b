//! Places for connections: so many in all, so many of one address. One that waits for a request gives way to a new one, so that
//! whoever opens many shuts out nobody.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;

use crate::guard::limited;

/// All places.
#[derive(Debug)]
pub(crate) struct Places {
    most: usize,
    most_of_one: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    count: usize,
    of: HashMap<IpAddr, VecDeque<Arc<Seat>>>,
}

/// The state of a connection.
#[derive(Debug, Default)]
pub(crate) struct Seat {
    busy: AtomicBool,
    leaves: AtomicBool,
    called: Notify,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    address: IpAddr,
    pub(crate) seat: Arc<Seat>,
}

/// Marks a connection as one that has a request under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Busy<'a>(&'a Seat);

impl Places {
    pub(crate) fn new(most: usize, most_of_one: usize) -> Arc<Self> {
        Arc::new(Self { most, most_of_one, taken: Mutex::default() })
    }

    /// A place for a connection from this address, for which another may have to go; `None` when all that could go are busy.
    pub(crate) fn take(self: &Arc<Self>, address: IpAddr, is_trusted: bool) -> Option<Place> {
        let address = limited(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.of.get(&address).map_or(0, VecDeque::len);
        if own >= self.most_of_one && !is_trusted {
            taken.send_away(address)?;
        } else if taken.count >= self.most {
            let crowd = taken.of.iter().max_by_key(|(_, seats)| seats.len());
            let crowd = crowd.map(|(address, _)| *address)?;
            if taken.send_away(crowd).is_none() {
                let others: Vec<_> = taken.of.keys().copied().collect();
                others.into_iter().find_map(|other| taken.send_away(other))?;
            }
        }
        let seat = Arc::<Seat>::default();
        taken.of.entry(address).or_default().push_back(Arc::clone(&seat));
        taken.count += 1;
        Some(Place { places: Arc::clone(self), address, seat })
    }
}

impl Taken {
    /// The oldest connection of an address that has no request under way is told to go.
    fn send_away(&mut self, address: IpAddr) -> Option<()> {
        let seats = self.of.get_mut(&address)?;
        let idle = seats.iter().position(|seat| !seat.busy.load(Ordering::SeqCst))?;
        let seat = seats.remove(idle)?;
        self.left(address);
        seat.leaves.store(true, Ordering::SeqCst);
        seat.called.notify_one();
        Some(())
    }

    fn left(&mut self, address: IpAddr) {
        self.count -= 1;
        if self.of.get(&address).is_some_and(VecDeque::is_empty) {
            self.of.remove(&address);
        }
    }
}

impl Seat {
    /// A request is under way.
    pub(crate) fn enter(&self) -> Busy<'_> {
        self.busy.store(true, Ordering::SeqCst);
        Busy(self)
    }

    /// Returns whether the request that is under way is the last.
    pub(crate) fn leaves(&self) -> bool {
        self.leaves.load(Ordering::SeqCst)
    }

    /// Returns when the connection is to end at once.
    pub(crate) async fn sent_away(&self) {
        self.called.notified().await;
        if self.busy.load(Ordering::SeqCst) {
            // A request has come in between; its answer says that it is the last.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.store(false, Ordering::SeqCst);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(seats) = taken.of.get_mut(&self.address) else { return };
        if let Some(own) = seats.iter().position(|seat| Arc::ptr_eq(seat, &self.seat)) {
            seats.remove(own);
            taken.left(self.address);
        }
    }
}
