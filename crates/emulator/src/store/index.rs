//! Index of all instances in memory, by id and by age.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::record::{InstanceChange, InstanceRecord};

/// Instances that are written.
#[derive(Default)]
pub(super) struct InstanceIndex {
    by_age: BTreeMap<u64, Arc<InstanceRecord>>,
    by_id: HashMap<String, (u64, Arc<InstanceRecord>)>,
    next: u64,
}

impl InstanceIndex {
    pub(super) fn find(&self, id: &str) -> Option<Arc<InstanceRecord>> {
        self.by_id.get(id).map(|(_, record)| Arc::clone(record))
    }

    /// Iterates over all, newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Arc<InstanceRecord>> {
        self.by_age.values().rev()
    }

    pub(super) fn put(&mut self, record: Arc<InstanceRecord>) {
        let known = self.by_id.get(&record.id).map(|(age, _)| *age);
        let age = known.unwrap_or(self.next);
        self.next = self.next.max(age + 1);
        self.by_id.insert(record.id.clone(), (age, Arc::clone(&record)));
        self.by_age.insert(age, record);
    }

    pub(super) fn apply(&mut self, changes: Vec<InstanceChange>) {
        for change in changes {
            match change {
                InstanceChange::Put(record) => self.put(record),
                InstanceChange::Remove(id) => {
                    if let Some((age, _)) = self.by_id.remove(&id) {
                        self.by_age.remove(&age);
                    }
                }
            }
        }
    }
}
