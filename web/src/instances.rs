//! The instances of the account: what is asked for, and what was answered.

use havenask_core::{Failure, instance::Instance, model::ListInstancesRequest};
use leptos::prelude::*;

use crate::{
    page::{HEADING, Page},
    texts::{Text, instances as texts, outcome},
    words,
};

/// The heading of the instance that is looked at.
pub(crate) const DETAILS: &str = "details";

/// How many are on a page.
const PAGE_SIZE: u32 = 20;
/// How the id of every instance begins.
const ID: &str = "ha-";

/// What is known of a list.
#[derive(Clone, Debug, Default)]
pub(crate) enum List {
    /// Nothing yet.
    #[default]
    Unknown,
    /// It cannot be read.
    Failed(Failure),
    /// A page of it.
    There(Listed),
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    pub(crate) instances: Vec<Instance>,
    /// Which page, from 1.
    pub(crate) number: u32,
    /// How many instances there are on all pages.
    pub(crate) total: u64,
}

/// One instance that is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Details {
    /// It as the list has it, and then as it was answered, which says more.
    pub(crate) instance: Instance,
    /// Why it cannot be read.
    pub(crate) failure: Option<Failure>,
}

/// The list, and what is looked at in it.
#[derive(Clone, Copy)]
pub(crate) struct Instances {
    pub(crate) list: RwSignal<List>,
    /// Whether an answer is awaited.
    pub(crate) is_asking: RwSignal<bool>,
    /// What stands in the field.
    pub(crate) typed: RwSignal<String>,
    pub(crate) details: RwSignal<Option<Details>>,
    /// What is searched for.
    search: RwSignal<String>,
    /// The page that was asked for last.
    number: RwSignal<u32>,
}

impl Instances {
    /// The first page of all of them, which nobody has asked for yet.
    pub(crate) fn new() -> Self {
        Self {
            list: RwSignal::default(),
            is_asking: RwSignal::default(),
            typed: RwSignal::default(),
            details: RwSignal::default(),
            search: RwSignal::default(),
            number: RwSignal::new(1),
        }
    }
}

impl Page {
    /// Searches for what stands in the field.
    pub(crate) fn search(self) {
        let Instances { search, typed, .. } = self.instances;
        search.set(typed.get_untracked().trim().to_owned());
        self.turn_to(1);
    }

    /// Asks once more for what is shown.
    pub(crate) fn refresh(self) {
        self.turn_to(self.instances.number.get_untracked());
    }

    /// Asks for a page. Of several questions the last one counts.
    pub(crate) fn turn_to(self, number: u32) {
        let Instances { list, is_asking, search, number: asked, .. } = self.instances;
        let text = search.get_untracked();
        asked.set(number);
        is_asking.set(true);
        self.say(self.get(outcome::LOOKING));
        self.spawn(async move {
            let answer = self.client().list_instances(&request(&text, number)).await;
            if asked.get_untracked() != number || search.get_untracked() != text {
                return;
            }
            let answer = answer.map(|(instances, total)| Listed::new(instances, number, total));
            if let Ok(listed) = &answer
                && let Some(last) = listed.gone_beyond()
            {
                return self.turn_to(last);
            }
            is_asking.set(false);
            self.say(match &answer {
                Ok(listed) if listed.total == 0 => self.get(none(&text)).to_owned(),
                Ok(listed) => {
                    words::range(listed.range(), listed.total, self.locale.get_untracked())
                }
                Err(failure) => failure.message.clone(),
            });
            list.set(answer.map_or_else(List::Failed, List::There));
        });
    }

    /// The page that is some way from the one that was asked for, or `None` when there is no other.
    pub(crate) fn turn(self, to: impl Fn(u32, u32) -> u32) -> Option<u32> {
        let Instances { list, number, .. } = self.instances;
        let last = list.with(|list| match list {
            List::There(listed) => listed.pages(),
            _ => 1,
        });
        let now = number.get();
        let next = to(now, last).clamp(1, last);
        (next != now).then_some(next)
    }

    /// Looks at one instance.
    pub(crate) fn look_at(self, instance: Instance) {
        let details = self.instances.details;
        let id = instance.instance_id.clone();
        details.set(Some(Details { instance, failure: None }));
        self.focus_soon(DETAILS);
        self.spawn(async move {
            let answer = self.client().get_instance(&id).await;
            details.update(|details| {
                let Some(details) = details.as_mut().filter(|it| it.instance.instance_id == id)
                else {
                    return;
                };
                match answer {
                    Ok(instance) => details.instance = instance,
                    Err(failure) => details.failure = Some(failure),
                }
            });
        });
    }

    /// Looks away from the instance, and goes back to its row.
    pub(crate) fn look_away(self) {
        let Instances { list, details, .. } = self.instances;
        let Some(Details { instance, .. }) = details.try_update(Option::take).flatten() else {
            return;
        };
        let row = list.with_untracked(|list| match list {
            List::There(Listed { instances, .. }) => {
                instances.iter().position(|it| it.instance_id == instance.instance_id)
            }
            _ => None,
        });
        self.focus_soon(&row.map_or_else(|| HEADING.to_owned(), row_id));
    }

    /// What is said of a list without instances.
    pub(crate) fn none(self) -> Text {
        none(&self.instances.search.get_untracked())
    }
}

impl Listed {
    /// A page as it was answered. A service may count no further than the page goes.
    pub(crate) fn new(instances: Vec<Instance>, number: u32, total: u64) -> Self {
        let mut listed = Self { instances, number, total };
        if !listed.instances.is_empty() {
            listed.total = total.max(listed.range().1);
        }
        listed
    }

    /// How many pages there are: at least one.
    pub(crate) fn pages(&self) -> u32 {
        self.total.div_ceil(PAGE_SIZE.into()).try_into().unwrap_or(u32::MAX).max(1)
    }

    /// The place of the first instance of the page, and of the last one, from 1.
    pub(crate) fn range(&self) -> (u64, u64) {
        let before = u64::from(self.number.saturating_sub(1)) * u64::from(PAGE_SIZE);
        (before + 1, before + self.instances.len() as u64)
    }

    /// The newest of them. The documents promise no order.
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

    /// The last page, when this one is behind it: instances have gone meanwhile.
    fn gone_beyond(&self) -> Option<u32> {
        let last = self.pages();
        (self.instances.is_empty() && self.number > last).then_some(last)
    }
}

/// The id of the button of a row.
pub(crate) fn row_id(row: usize) -> String {
    ["row-", &row.to_string()].concat()
}

/// The request for a page of what a text finds: the instance with this id, or those whose description holds it.
fn request(text: &str, number: u32) -> ListInstancesRequest {
    let filled = Some(text.to_owned()).filter(|text| !text.is_empty());
    let (instance_id, description) =
        if text.starts_with(ID) { (filled, None) } else { (None, filled) };
    ListInstancesRequest {
        page_number: Some(number),
        page_size: Some(PAGE_SIZE),
        instance_id,
        description,
        ..ListInstancesRequest::default()
    }
}

/// What is said when a search finds nothing.
const fn none(search: &str) -> Text {
    if search.is_empty() { texts::NONE } else { texts::NONE_FOUND }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_for_an_id_or_a_description() {
        for (text, number, instance_id, description) in [
            ("", 1, None, None),
            ("ha-cn-1", 1, Some("ha-cn-1"), None),
            ("ha-", 2, Some("ha-"), None),
            ("ha", 3, None, Some("ha")),
            ("HA-cn-1", 1, None, Some("HA-cn-1")),
            ("shop ha-cn-1", 1, None, Some("shop ha-cn-1")),
            ("商品搜索", 500, None, Some("商品搜索")),
        ] {
            let request = request(text, number);
            assert_eq!(request.instance_id.as_deref(), instance_id, "{text}");
            assert_eq!(request.description.as_deref(), description, "{text}");
            assert_eq!((request.page_number, request.page_size), (Some(number), Some(20)));
            assert!(request.tags.is_none() && request.resource_group_id.is_none());
        }
    }

    #[test]
    fn pages_of_a_list() {
        // Instances on the page, its number, the total that was told: the total, the pages, the range.
        for (here, number, told, total, pages, range) in [
            (0, 1, 0, 0, 1, (1, 0)),
            (1, 1, 1, 1, 1, (1, 1)),
            (20, 1, 20, 20, 1, (1, 20)),
            (20, 2, 10_000, 10_000, 500, (21, 40)),
            (1, 3, 41, 41, 3, (41, 41)),
            (20, 2, 20, 40, 2, (21, 40)),
            (20, 1, u64::MAX, u64::MAX, u32::MAX, (1, 20)),
        ] {
            let listed = Listed::new(vec![Instance::default(); here], number, told);
            assert_eq!((listed.total, listed.pages(), listed.range()), (total, pages, range));
            assert_eq!(listed.gone_beyond(), None);
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
            let newest = Listed::new(some.map(instance).to_vec(), 1, 4).newest(count);
            let ids: Vec<_> = newest.instances.iter().map(|it| it.instance_id.as_str()).collect();
            assert_eq!(ids, expected);
        }
    }

    #[test]
    fn a_page_behind_the_last_one_leads_to_the_last_one() {
        for (number, total, last) in [(3, 40, Some(2)), (2, 0, Some(1)), (1, 0, None)] {
            assert_eq!(Listed::new(Vec::new(), number, total).gone_beyond(), last, "{number}");
        }
    }
}
