//! The state of the list of instances.

use havenask_core::{
    Failure,
    instance::{Instance, READY, STATUSES},
    purchase::PurchaseProgress,
};
use leptos::prelude::*;

use crate::texts::{Text, instances as texts};

/// Instances on a page of the list.
pub(crate) const PAGE_SIZE: u32 = 20;

/// The list of instances.
#[derive(Clone, Debug, Default)]
pub(crate) enum InstanceList {
    /// Not known yet.
    #[default]
    Pending,
    /// The list cannot be read.
    Failed(Failure),
    /// A page of the list.
    Loaded(InstancePage),
}

impl InstanceList {
    /// Tests for an instance on its way to READY. One that waits for its owner is on none.
    pub(crate) fn is_creating(&self) -> bool {
        let is_on_its_way = |it: &Instance| {
            it.status.as_deref().is_some_and(|it| it != READY && STATUSES.contains(&it))
        };
        matches!(self, Self::Loaded(page) if page.instances.iter().any(is_on_its_way))
    }

    /// An instance of the page.
    pub(crate) fn find(&self, id: &str) -> Option<&Instance> {
        match self {
            Self::Loaded(page) => page.instances.iter().find(|it| it.instance_id == id),
            Self::Pending | Self::Failed(_) => None,
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct InstancePage {
    pub(crate) instances: Vec<Instance>,
    /// The number of the page, from 1.
    pub(crate) number: u32,
    /// The number of instances on all pages.
    pub(crate) total: u64,
}

/// An instance that is shown in full.
#[derive(Clone, Debug)]
pub(crate) struct InstanceDetails {
    /// The instance of the list, then that of GetInstance, which has more properties.
    pub(crate) instance: Instance,
    /// The failure of GetInstance.
    pub(crate) failure: Option<Failure>,
    /// The order that bought it, where the proxy knows it.
    pub(crate) purchase: Option<PurchaseProgress>,
}

/// The list, and the instance that is shown in full.
#[derive(Clone, Copy)]
pub(crate) struct InstancesState {
    pub(crate) list: RwSignal<InstanceList>,
    /// A request is in flight.
    pub(crate) is_loading: RwSignal<bool>,
    /// The text of the search field.
    pub(crate) typed: RwSignal<String>,
    /// The filter of the page that is shown.
    pub(crate) filter: RwSignal<String>,
    pub(crate) details: RwSignal<Option<InstanceDetails>>,
    /// The search that is shown.
    pub(crate) search: RwSignal<String>,
    /// The page that was requested last.
    pub(crate) number: RwSignal<u32>,
    /// The region that was requested last.
    pub(crate) region: RwSignal<Option<String>>,
    /// The number of the last request. Answers to earlier ones are dropped.
    request: StoredValue<u32>,
}

impl InstancesState {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::default(),
            is_loading: RwSignal::default(),
            typed: RwSignal::default(),
            filter: RwSignal::default(),
            details: RwSignal::default(),
            search: RwSignal::default(),
            number: RwSignal::new(1),
            region: RwSignal::default(),
            request: StoredValue::default(),
        }
    }

    /// Drops the answers to all earlier requests, and returns the number of the next one.
    pub(crate) fn next_request(self) -> u32 {
        self.request.update_value(|number| *number += 1);
        self.last_request()
    }

    /// The number of the last request.
    pub(crate) fn last_request(self) -> u32 {
        self.request.get_value()
    }

    /// The number of another page, or `None` when there is no other. `to` takes the number of this page and of the last one.
    pub(crate) fn page_after(self, to: impl Fn(u32, u32) -> u32) -> Option<u32> {
        let last = self.list.with(|list| match list {
            InstanceList::Loaded(page) => page.pages(),
            _ => 1,
        });
        let now = self.number.get();
        let next = to(now, last).clamp(1, last);
        (next != now).then_some(next)
    }

    /// The text for a list without instances.
    pub(crate) fn empty_text(self) -> Text {
        if self.search.with_untracked(String::is_empty) { texts::NONE } else { texts::NONE_FOUND }
    }
}

impl InstancePage {
    /// A page of the response. A service may count no further than the page goes.
    pub(crate) fn new(instances: Vec<Instance>, number: u32, total: u64) -> Self {
        let mut page = Self { instances, number, total };
        if !page.instances.is_empty() {
            page.total = total.max(page.range().1);
        }
        page
    }

    /// The number of pages: at least one.
    pub(crate) fn pages(&self) -> u32 {
        self.total.div_ceil(PAGE_SIZE.into()).try_into().unwrap_or(u32::MAX).max(1)
    }

    /// The positions of the first and the last instance of the page, from 1.
    pub(crate) fn range(&self) -> (u64, u64) {
        let before = u64::from(self.number.saturating_sub(1)) * u64::from(PAGE_SIZE);
        (before + 1, before + self.instances.len() as u64)
    }

    /// The newest instances. The documents promise no order.
    pub(crate) fn newest(self, count: usize) -> Self {
        let mut rest = self.instances;
        let mut instances = Vec::new();
        // Times in one form sort as text.
        while instances.len() < count
            && let Some(index) = (0..rest.len()).rev().max_by_key(|it| &rest[*it].create_time)
        {
            instances.push(rest.remove(index));
        }
        Self { instances, ..self }
    }

    /// The last page, when this one is behind it: instances were deleted meanwhile.
    pub(crate) fn last_page_before(&self) -> Option<u32> {
        let last = self.pages();
        (self.instances.is_empty() && self.number > last).then_some(last)
    }
}

/// The id of the button of a row.
pub(crate) fn row_id(row: usize) -> String {
    ["row-", &row.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_list() {
        // Instances on the page, its number, the total of the response: the total, the pages, the range.
        for (here, number, told, total, pages, range) in [
            (0, 1, 0, 0, 1, (1, 0)),
            (1, 1, 1, 1, 1, (1, 1)),
            (20, 1, 20, 20, 1, (1, 20)),
            (20, 2, 10_000, 10_000, 500, (21, 40)),
            (1, 3, 41, 41, 3, (41, 41)),
            (20, 2, 20, 40, 2, (21, 40)),
            (20, 1, u64::MAX, u64::MAX, u32::MAX, (1, 20)),
        ] {
            let page = InstancePage::new(vec![Instance::default(); here], number, told);
            assert_eq!((page.total, page.pages(), page.range()), (total, pages, range));
            assert_eq!(page.last_page_before(), None);
        }
    }

    #[test]
    fn the_newest_come_first_and_what_is_as_old_stays_in_order() {
        let instance = |(id, time): (&str, Option<&str>)| Instance {
            instance_id: id.to_owned(),
            create_time: time.map(str::to_owned),
            ..Instance::default()
        };
        let some = [
            ("none", None),
            ("old", Some("2022-06-17T02:01:26Z")),
            ("new", Some("2026-01-01T00:00:00Z")),
            ("as new", Some("2026-01-01T00:00:00Z")),
        ];
        for (count, expected) in
            [(0, &[][..]), (2, &["new", "as new"]), (9, &["new", "as new", "old", "none"])]
        {
            let newest = InstancePage::new(some.map(instance).to_vec(), 1, 4).newest(count);
            let ids: Vec<_> = newest.instances.iter().map(|it| it.instance_id.as_str()).collect();
            assert_eq!(ids, expected);
        }
    }

    #[test]
    fn a_page_behind_the_last_one_leads_to_the_last_one() {
        for (number, total, last) in [(3, 40, Some(2)), (2, 0, Some(1)), (1, 0, None)] {
            assert_eq!(
                InstancePage::new(Vec::new(), number, total).last_page_before(),
                last,
                "{number}"
            );
        }
    }
}
