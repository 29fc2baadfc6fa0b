//! Transactions: a view of the index with the changes that are not written yet.

use std::sync::Arc;

use super::{
    index::InstanceIndex,
    record::{InstanceChange, InstanceRecord},
};

/// Instances as they will be when all changes so far are written. There is no rollback: check everything before the first change.
pub(crate) struct Transaction<'a> {
    index: &'a InstanceIndex,
    pub(super) changes: Vec<InstanceChange>,
}

impl<'a> Transaction<'a> {
    pub(super) fn new(index: &'a InstanceIndex) -> Self {
        Self { index, changes: Vec::new() }
    }

    /// Finds an instance of an account.
    pub(crate) fn find(&self, account: &str, id: &str) -> Option<Arc<InstanceRecord>> {
        let changed = self.changes.iter().rev().find_map(|change| match change {
            InstanceChange::Put(record) if record.id == id => Some(Some(Arc::clone(record))),
            InstanceChange::Remove(removed) if removed == id => Some(None),
            _ => None,
        });
        let found = changed.unwrap_or_else(|| self.index.find(id));
        found.filter(|record| record.account == account)
    }

    /// Inserts an instance, or replaces the one of its id.
    pub(crate) fn put(&mut self, record: InstanceRecord) {
        self.changes.push(InstanceChange::Put(Arc::new(record)));
    }

    /// Removes an instance.
    pub(crate) fn remove(&mut self, id: &str) {
        self.changes.push(InstanceChange::Remove(id.to_owned()));
    }
}
