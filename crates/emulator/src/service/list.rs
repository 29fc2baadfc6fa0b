//! `ListInstances`.

use std::{ops::RangeInclusive, str::FromStr};

use havenask_core::{instance::Instance, model::MAX_PAGE_SIZE, model::Tag};

use super::{Service, life::EDITION, set};
use crate::{refusal::Refusal, store::Record};

type Query = [(String, String)];

impl Service {
    /// A page of the instances, the newest first, and how many there are on all pages.
    pub(super) fn list_instances(
        &self,
        query: &Query,
        now: i64,
    ) -> Result<(Vec<Instance>, u64), Refusal> {
        let number: usize = within(query, "pageNumber", 1..=usize::MAX >> 8, 1)?;
        let size: usize = within(query, "pageSize", 1..=MAX_PAGE_SIZE as usize, 10)?;
        let filter = Filter::read(query)?;
        let skipped = (number - 1).saturating_mul(size);
        let listed = |record: &Record| record.listed_from <= now && filter.matches(record);
        let (page, total) = self.store.page(listed, skipped, size);
        let instances = page.iter().map(|record| record.listed(now, self.ready_after));
        Ok((instances.collect(), total))
    }
}

/// Which instances are asked for.
struct Filter<'a> {
    instance_id: Option<&'a str>,
    resource_group_id: Option<&'a str>,
    description: Option<&'a str>,
    edition: Option<&'a str>,
    tags: Vec<Tag>,
    /// A data source is asked for, which no instance of the emulator has.
    none: bool,
}

impl<'a> Filter<'a> {
    fn read(query: &'a Query) -> Result<Self, Refusal> {
        const OF_NONE: [&str; 4] = ["catalog", "database", "table", "dataSourceType"];
        let tags = set(query, "tags").map_or(Ok(Vec::new()), serde_json::from_str);
        Ok(Self {
            instance_id: set(query, "instanceId"),
            resource_group_id: set(query, "resourceGroupId"),
            description: set(query, "description"),
            edition: set(query, "edition"),
            tags: tags.map_err(|_| {
                Refusal::parameter(r#"tags: Write a JSON array, [{"key":"…","value":"…"}]."#)
            })?,
            none: OF_NONE.iter().any(|name| set(query, name).is_some()),
        })
    }

    fn matches(&self, record: &Record) -> bool {
        let request = &record.request;
        let same = |asked: Option<&str>, own| asked.is_none_or(|asked| Some(asked) == own);
        let described =
            |part: &str| record.description.as_ref().is_some_and(|(text, _)| text.contains(part));
        !self.none
            && same(self.instance_id, Some(record.id.as_str()))
            && same(self.resource_group_id, request.resource_group_id.as_deref())
            && self.description.is_none_or(described)
            && same(self.edition, Some(EDITION))
            && self.tags.iter().all(|tag| carries(request.tags.as_deref(), tag))
    }
}

/// A tag without a value asks for the key alone.
fn carries(own: Option<&[Tag]>, asked: &Tag) -> bool {
    own.unwrap_or_default()
        .iter()
        .any(|tag| tag.key == asked.key && (asked.value.is_none() || tag.value == asked.value))
}

fn within<T: FromStr + PartialOrd + std::fmt::Display>(
    query: &Query,
    name: &str,
    range: RangeInclusive<T>,
    default: T,
) -> Result<T, Refusal> {
    let Some(text) = set(query, name) else { return Ok(default) };
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let (first, last) = (range.start(), range.end());
        Refusal::parameter(format!("{name}: Write a whole number from {first} to {last}."))
    })
}
