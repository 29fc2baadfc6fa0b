//! `ListInstances`.

use std::{ops::RangeInclusive, str::FromStr};

use havenask_core::{
    model::{MAX_PAGE_SIZE, Tag},
    operation::LIST_INSTANCES,
};

use super::{
    Service,
    json::{self, parameter},
    lifecycle::EDITION,
};
use crate::{
    error::ApiError,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
    store::InstanceRecord,
};

pub(super) const OPERATION: ApiOperation =
    HAVENASK.operation(LIST_INSTANCES, &["GET"], "/openapi/ha3/instances", |service, context| {
        Box::pin(async move { list_instances(service, &context) })
    });

type QueryParameters = [(String, String)];

/// Query parameters of data sources, which no instance of the emulator has.
const DATA_SOURCE: [&str; 4] = ["catalog", "database", "table", "dataSourceType"];

/// Lists a page of the matching instances, newest first.
fn list_instances(service: &Service, context: &RequestContext<'_>) -> HandlerResult {
    let (query, now) = (&context.request.query, context.now);
    let page: usize = parse_number(query, "pageNumber", 1..=usize::MAX >> 8, 1)?;
    let size: usize = parse_number(query, "pageSize", 1..=MAX_PAGE_SIZE as usize, 10)?;
    let tags: Vec<Tag> =
        parameter(query, "tags").map_or(Ok(Vec::new()), serde_json::from_str).map_err(|_| {
            ApiError::parameter(r#"tags: Write a JSON array, [{"key":"…","value":"…"}]."#)
        })?;
    let [id, group, edition, description] =
        ["instanceId", "resourceGroupId", "edition", "description"]
            .map(|name| parameter(query, name));
    let by_data_source = DATA_SOURCE.iter().any(|name| parameter(query, name).is_some());
    let matches = |record: &InstanceRecord| {
        let request = &record.request;
        let equal = |wanted: Option<&str>, own| wanted.is_none_or(|wanted| Some(wanted) == own);
        let text = record.description.as_ref().map(|(text, _)| text);
        record.account == context.caller.account
            && record.listed_from <= now
            && !by_data_source
            && equal(id, Some(&record.id))
            && equal(group, request.resource_group_id.as_deref())
            && equal(edition, Some(EDITION))
            && description.is_none_or(|part| text.is_some_and(|text| text.contains(part)))
            && tags.iter().all(|tag| has_tag(request.tags.as_deref(), tag))
    };
    let (records, total) = service.store.page(matches, (page - 1).saturating_mul(size), size);
    let instances = records.iter().map(|record| record.listed(now, service.ready_after));
    json::result(context.request_id, instances.collect::<Vec<_>>(), Some(total))
}

/// Returns true if one of the tags matches; a tag without a value matches its key alone.
fn has_tag(own: Option<&[Tag]>, wanted: &Tag) -> bool {
    own.unwrap_or_default()
        .iter()
        .any(|tag| tag.key == wanted.key && (wanted.value.is_none() || tag.value == wanted.value))
}

/// Parses a whole number within a range.
fn parse_number<T: FromStr + PartialOrd + std::fmt::Display>(
    query: &QueryParameters,
    name: &str,
    range: RangeInclusive<T>,
    default: T,
) -> Result<T, ApiError> {
    let Some(text) = parameter(query, name) else { return Ok(default) };
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let (first, last) = (range.start(), range.end());
        ApiError::parameter(format!("{name}: Write a whole number from {first} to {last}."))
    })
}
