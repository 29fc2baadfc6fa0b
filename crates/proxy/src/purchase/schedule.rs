//! Schedule of reconciliation: the newest purchase first, and now and then the one that waits longest.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use crate::ledger::PurchaseId;

/// Lookups at the same time.
const AT_ONCE: usize = 8;
/// Lookups of purchases that are not young, at the same time: while the cloud says nothing, these leave places to the young.
const OLD_AT_ONCE: usize = 2;
/// Milliseconds for which a purchase is young.
const YOUNG: i64 = 60_000;
/// One of so many lookups is for the purchase that waits longest.
const SHARE: u32 = 4;

/// Lost purchases, and when to look for each.
#[derive(Debug)]
pub(crate) struct Schedule {
    lost: HashMap<PurchaseId, Lost>,
    /// The time between two looks.
    interval: Duration,
    /// The time at which the rate allows the next look.
    next: Instant,
    started: u32,
    /// The time of the ledger.
    now: i64,
}

#[derive(Debug)]
struct Lost {
    /// The time of its last change, in Unix milliseconds of the ledger.
    changed: i64,
    due: Instant,
    look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Waits,
    Young,
    Old,
}

impl Schedule {
    pub(crate) fn new(per_second: u32) -> Self {
        let interval = Duration::from_secs(1) / per_second.max(1);
        Self { lost: HashMap::new(), interval, next: Instant::now(), started: 0, now: 0 }
    }

    /// Adds purchases and when they last changed, as they were read at a time of the ledger.
    pub(crate) fn add(&mut self, pending: Vec<(PurchaseId, i64)>, now: i64) {
        self.now = now;
        for (id, changed) in pending {
            let new = Lost { changed, due: Instant::now(), look: Look::Waits };
            let known = self.lost.entry(id).or_insert(new);
            if known.changed != changed {
                (known.changed, known.due) = (changed, Instant::now());
            }
        }
    }

    /// Ends a lookup; the next one comes after a pause, or never.
    pub(crate) fn looked(&mut self, id: &PurchaseId, pause: Option<Duration>) {
        match (self.lost.get_mut(id), pause) {
            (Some(lost), Some(pause)) => {
                (lost.due, lost.look) = (Instant::now() + pause, Look::Waits);
            }
            _ => drop(self.lost.remove(id)),
        }
    }

    /// Waits until there is something to look for, and the rate allows it.
    pub(crate) async fn next(&self) {
        let due = self.candidates().map(|(_, lost)| lost.due).min();
        match due {
            Some(due) => tokio::time::sleep_until(due.max(self.next)).await,
            None => std::future::pending().await,
        }
    }

    /// The purchase to look up now.
    pub(crate) fn start(&mut self) -> Option<PurchaseId> {
        let now = Instant::now();
        if self.next > now {
            return None;
        }
        let due = self.candidates().filter(|(_, lost)| lost.due <= now);
        let next = if self.started % SHARE == SHARE - 1 {
            due.min_by_key(|(_, lost)| lost.due)
        } else {
            due.max_by_key(|(_, lost)| lost.changed)
        };
        let id = next?.0.clone();
        let is_young = self.lost.get(&id).is_some_and(|lost| self.is_young(lost));
        self.lost.get_mut(&id)?.look = if is_young { Look::Young } else { Look::Old };
        self.next = now + self.interval;
        self.started = self.started.wrapping_add(1);
        Some(id)
    }

    fn is_young(&self, lost: &Lost) -> bool {
        self.now - lost.changed < YOUNG
    }

    /// Purchases for which there is a place.
    fn candidates(&self) -> impl Iterator<Item = (&PurchaseId, &Lost)> {
        let under_way = |look| self.lost.values().filter(|lost| lost.look == look).count();
        let (young, old) = (under_way(Look::Young), under_way(Look::Old));
        let all_places = young + old < AT_ONCE;
        let old_places = all_places && old < OLD_AT_ONCE;
        self.lost.iter().filter(move |(_, lost)| {
            lost.look == Look::Waits && if self.is_young(lost) { all_places } else { old_places }
        })
    }
}
