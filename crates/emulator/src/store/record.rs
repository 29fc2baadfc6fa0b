//! What is known of an instance.

use havenask_core::model::{Component, CreateInstanceRequest, Tag};

/// An instance, as it was bought and changed since. Times are Unix seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    /// What was asked for, the components included; changes of them and of the tags are written into it.
    pub(crate) request: CreateInstanceRequest,
    /// A text of its owner, and when it was written.
    pub(crate) description: Option<(String, i64)>,
    /// When its specification was last changed.
    pub(crate) respecified_at: Option<i64>,
    /// Lists do not show it before this moment.
    pub(crate) listed_from: i64,
}

impl Record {
    /// Components of the same code get the new value, others are added.
    pub(crate) fn respecify(&mut self, components: &[Component], now: i64) {
        let own = self.request.components.get_or_insert_default();
        for component in components {
            match own.iter_mut().find(|it| it.code == component.code) {
                Some(known) => known.value.clone_from(&component.value),
                None => own.push(component.clone()),
            }
        }
        self.respecified_at = Some(now);
    }

    /// Tags of the same key get the new value, others are added.
    pub(crate) fn tag(&mut self, tags: &[Tag]) {
        let own = self.request.tags.get_or_insert_default();
        for tag in tags {
            match own.iter_mut().find(|it| it.key == tag.key) {
                Some(known) => known.value.clone_from(&tag.value),
                None => own.push(tag.clone()),
            }
        }
    }
}
