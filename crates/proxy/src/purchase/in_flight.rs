//! Purchases in flight.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use crate::ledger::PurchaseId;

/// Purchases that this process is making: their instances need not be looked for yet.
#[derive(Debug, Default)]
pub(crate) struct InFlight(Mutex<HashSet<PurchaseId>>);

impl InFlight {
    fn ids<T>(&self, act: impl FnOnce(&mut HashSet<PurchaseId>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn contains(&self, id: &PurchaseId) -> bool {
        self.ids(|ids| ids.contains(id))
    }

    /// Marks a purchase as in flight until the guard is dropped; `None` when it is so already.
    pub(super) fn enter(self: &Arc<Self>, id: &PurchaseId) -> Option<InFlightGuard> {
        let is_new = self.ids(|ids| ids.insert(id.clone()));
        is_new.then(|| InFlightGuard { all: Arc::clone(self), id: id.clone() })
    }
}

/// Mark of a purchase that is in flight.
#[derive(Debug)]
pub(super) struct InFlightGuard {
    all: Arc<InFlight>,
    id: PurchaseId,
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.all.ids(|ids| ids.remove(&self.id));
    }
}
