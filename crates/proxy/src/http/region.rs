//! The region that a request names: `?region=cn-hangzhou`.

use std::sync::Arc;

use havenask_core::{ErrorCode, Failure, Locale, percent, proxy_api::REGION};

use crate::{regions::RegionClient, state::AppState};

/// The other parameters of a query: names and values.
pub(super) type Parameters = Vec<(String, String)>;

/// Takes the region out of a query; returns its clients, and the other parameters.
pub(super) fn of_query(
    state: &AppState,
    query: Option<&str>,
    locale: Locale,
) -> Result<(Arc<RegionClient>, Parameters), Failure> {
    let unknown = || Failure::new(ErrorCode::QueryUnknown, locale);
    let parameters = percent::decode_query(query.unwrap_or_default()).ok_or_else(unknown)?;
    let (named, rest): (Parameters, _) =
        parameters.into_iter().partition(|(name, _)| name == REGION);
    let region = match named.as_slice() {
        [] => None,
        [(_, region)] => Some(region.as_str()),
        _ => return Err(unknown()),
    };
    let client = state.regions.find(region);
    let client = client.ok_or_else(|| Failure::new(ErrorCode::RegionNotServed, locale))?;
    Ok((Arc::clone(client), rest))
}

/// The same for a request that has no other parameters.
pub(super) fn of_query_alone(
    state: &AppState,
    query: Option<&str>,
    locale: Locale,
) -> Result<Arc<RegionClient>, Failure> {
    let (client, rest) = of_query(state, query, locale)?;
    if rest.is_empty() { Ok(client) } else { Err(Failure::new(ErrorCode::QueryUnknown, locale)) }
}
