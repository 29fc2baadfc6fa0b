//! `DescribeRegions`.

use havenask_core::{Endpoint, Locale, REGIONS};
use serde::Serialize;

use super::set;

/// A region that sells instances.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    #[serde(rename = "regionId")]
    id: &'static str,
    local_name: &'static str,
    endpoint: String,
}

/// All of them, in Chinese unless English is asked for: the documented default.
pub(super) fn regions(query: &[(String, String)]) -> Vec<Region> {
    let language = set(query, "acceptLanguage").unwrap_or_default();
    let english = language.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("en"));
    let locale = if english { Locale::En } else { Locale::Zh };
    let public = REGIONS.iter().filter_map(|region| {
        let endpoint = Endpoint::public(region.id).ok()?.host().to_owned();
        Some(Region { id: region.id, local_name: locale.localized(region.en, region.zh), endpoint })
    });
    public.collect()
}
