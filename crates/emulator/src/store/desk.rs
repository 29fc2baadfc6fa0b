//! Where changes are prepared: a view of the instances with what was changed since and is not yet on the disk.

use std::sync::Arc;

use super::{Record, shelf::Shelf};

/// A change of one instance.
#[derive(Debug)]
pub(super) enum Change {
    Put(Arc<Record>),
    Remove(String),
}

/// The instances as they will be when all changes so far are written. Whoever changes something here looks first whether
/// everything is right: there is no way back.
pub(crate) struct Desk<'a> {
    shelf: &'a Shelf,
    pub(super) changes: Vec<Change>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(shelf: &'a Shelf) -> Self {
        Self { shelf, changes: Vec::new() }
    }

    /// The instance of this id.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Record>> {
        let changed = self.changes.iter().rev().find_map(|change| match change {
            Change::Put(record) if record.id == id => Some(Some(Arc::clone(record))),
            Change::Remove(removed) if removed == id => Some(None),
            _ => None,
        });
        changed.unwrap_or_else(|| self.shelf.find(id))
    }

    /// Adds an instance, or replaces the one of its id.
    pub(crate) fn put(&mut self, record: Record) {
        self.changes.push(Change::Put(Arc::new(record)));
    }

    /// Takes an instance away.
    pub(crate) fn remove(&mut self, id: &str) {
        self.changes.push(Change::Remove(id.to_owned()));
    }
}
