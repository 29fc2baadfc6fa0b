//! All instances in memory, by id and by age.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{Record, desk::Change};

/// The instances that are on the disk.
#[derive(Default)]
pub(super) struct Shelf {
    by_age: BTreeMap<u64, Arc<Record>>,
    by_id: HashMap<String, (u64, Arc<Record>)>,
    next: u64,
}

impl Shelf {
    pub(super) fn find(&self, id: &str) -> Option<Arc<Record>> {
        self.by_id.get(id).map(|(_, record)| Arc::clone(record))
    }

    /// The newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.by_age.values().rev()
    }

    pub(super) fn put(&mut self, record: Arc<Record>) {
        let known = self.by_id.get(&record.id).map(|(age, _)| *age);
        let age = known.unwrap_or(self.next);
        self.next = self.next.max(age + 1);
        self.by_id.insert(record.id.clone(), (age, Arc::clone(&record)));
        self.by_age.insert(age, record);
    }

    pub(super) fn apply(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Put(record) => self.put(record),
                Change::Remove(id) => {
                    if let Some((age, _)) = self.by_id.remove(&id) {
                        self.by_age.remove(&age);
                    }
                }
            }
        }
    }
}
