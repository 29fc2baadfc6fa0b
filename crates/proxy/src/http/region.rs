//! The region that a request names: `?region=cn-hangzhou`.

use std::sync::Arc;

use havenask_core::{ErrorCode, Failure, Locale, percent, proxy_api::REGION};

use crate::{access::Principal, regions::RegionClient, state::AppState};

/// The other parameters of a query: names and values.
pub(super) type Parameters = Vec<(String, String)>;

/// Takes the region out of a query; returns its clients in the account of a principal, and the other parameters.
pub(super) fn of_query(
    state: &AppState,
    principal: &Principal,
    query: Option<&str>,
    locale: Locale,
) -> Result<(Arc<RegionClient>, Parameters), Failure> {
    let refusal = |code| Failure::new(code, locale);
    let parameters = percent::decode_query(query.unwrap_or_default());
    let parameters = parameters.ok_or_else(|| refusal(ErrorCode::QueryUnknown))?;
    let (named, rest): (Parameters, _) =
        parameters.into_iter().partition(|(name, _)| name == REGION);
    let regions = &state.clients_of(principal, locale)?.regions;
    let client = match named.as_slice() {
        [] => regions.find(None),
        [(_, region)] => regions.find(Some(region)),
        _ => None,
    };
    let client = client.ok_or_else(|| refusal(ErrorCode::RegionNotServed))?;
    Ok((Arc::clone(client), rest))
}

/// The same for a request that has no other parameters.
pub(super) fn of_query_alone(
    state: &AppState,
    principal: &Principal,
    query: Option<&str>,
    locale: Locale,
) -> Result<Arc<RegionClient>, Failure> {
    let (client, rest) = of_query(state, principal, query, locale)?;
    if rest.is_empty() { Ok(client) } else { Err(Failure::new(ErrorCode::QueryUnknown, locale)) }
}
