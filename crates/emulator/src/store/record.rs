//! Records of instances, and their changes.

use std::sync::Arc;

use havenask_core::model::{Component, CreateInstanceRequest, Tag};

/// An instance as it was created and changed since. Times are Unix seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InstanceRecord {
    pub(crate) id: String,
    /// Account that it belongs to.
    pub(crate) account: String,
    pub(crate) created_at: i64,
    /// Request that created it, with later changes of components and tags.
    pub(crate) request: CreateInstanceRequest,
    /// Description, and time of its last change.
    pub(crate) description: Option<(String, i64)>,
    /// Time of the last change of its specification.
    pub(crate) respecified_at: Option<i64>,
    /// Time from which lists show it.
    pub(crate) listed_from: i64,
}

/// Change of one instance.
#[derive(Debug)]
pub(super) enum InstanceChange {
    Put(Arc<InstanceRecord>),
    Remove(String),
}

impl InstanceRecord {
    /// Replaces the values of components of the same code, and adds the others.
    pub(crate) fn update_components(&mut self, components: &[Component], now: i64) {
        let own = self.request.components.get_or_insert_default();
        for component in components {
            match own.iter_mut().find(|it| it.code == component.code) {
                Some(known) => known.value.clone_from(&component.value),
                None => own.push(component.clone()),
            }
        }
        self.respecified_at = Some(now);
    }

    /// Replaces the values of tags of the same key, and adds the others.
    pub(crate) fn update_tags(&mut self, tags: &[Tag]) {
        let own = self.request.tags.get_or_insert_default();
        for tag in tags {
            match own.iter_mut().find(|it| it.key == tag.key) {
                Some(known) => known.value.clone_from(&tag.value),
                None => own.push(tag.clone()),
            }
        }
    }
}
