//! `DescribeRegions`.

use havenask_core::{Endpoint, Locale, REGIONS};
use serde::Serialize;

use super::json;
use crate::{
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
};

pub(super) const OPERATION: ApiOperation =
    HAVENASK.operation("DescribeRegions", &["GET"], "/openapi/ha3/regions", |_, context| {
        Box::pin(async move { describe_regions(&context) })
    });

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RegionEntry {
    region_id: &'static str,
    local_name: &'static str,
    endpoint: String,
}

/// Lists all regions, in Chinese unless English is asked for: the documented default.
fn describe_regions(context: &RequestContext<'_>) -> HandlerResult {
    let language = json::parameter(&context.request.query, "acceptLanguage").unwrap_or_default();
    let english = language.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("en"));
    let locale = if english { Locale::En } else { Locale::Zh };
    let regions = REGIONS.iter().filter_map(|region| {
        let endpoint = Endpoint::public(region.id).ok()?.host().to_owned();
        let local_name = locale.localized(region.en, region.zh);
        Some(RegionEntry { region_id: region.id, local_name, endpoint })
    });
    json::result(context.request_id, regions.collect::<Vec<_>>(), None)
}
