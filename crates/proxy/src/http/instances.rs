//! `GET /openapi/ha3/instances`, of a list and of one: the response of the cloud is forwarded.

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::{Extension, Path, RawQuery, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};
use havenask_core::{
    ErrorCode, Failure, Locale, Retry, Value,
    model::ListInstancesRequest,
    model::MAX_PAGE_SIZE,
    operation::{CONTENT_TYPE, get_instance, is_instance_id, list_instances},
    response,
};

use serde::de::IgnoredAny;

use super::{
    locale::RequestLocale,
    region::{self, Parameters},
};
use crate::{
    access::Principal, regions::RegionClient, response::JsonResponse, state::AppState,
    upstream::OutgoingRequest,
};

/// The code of the cloud for an id that no instance has.
const INSTANCE_NOT_FOUND: &str = "instance.NotFound";

pub(super) async fn get(
    State(state): State<Arc<AppState>>,
    id: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    Extension(principal): Extension<Principal>,
    RequestLocale(locale): RequestLocale,
) -> Response {
    // Text that is no UTF-8 is the id of nothing; what a path is made of is none either, and would be another address.
    let Some(id) = id.ok().map(|Path(id)| id).filter(|id| is_instance_id(id)) else {
        return JsonResponse::failure(ErrorCode::NotFound, locale).into_response();
    };
    match region::of_query_alone(&state, &principal, query.as_deref(), locale) {
        Ok(region) => {
            let outgoing = OutgoingRequest::Unsigned(get_instance(&id));
            forward(&region, outgoing, locale, |body| is_instance(&state, body)).await
        }
        Err(failure) => JsonResponse::from(failure).into_response(),
    }
}

pub(super) async fn list(
    State(state): State<Arc<AppState>>,
    RawQuery(query): RawQuery,
    Extension(principal): Extension<Principal>,
    RequestLocale(locale): RequestLocale,
) -> Response {
    let (region, parameters) = match region::of_query(&state, &principal, query.as_deref(), locale)
    {
        Ok(found) => found,
        Err(failure) => return JsonResponse::from(failure).into_response(),
    };
    match list_request(parameters) {
        Some(request) => {
            let outgoing = OutgoingRequest::Unsigned(list_instances(&request));
            forward(&region, outgoing, locale, is_json).await
        }
        None => JsonResponse::failure(ErrorCode::QueryUnknown, locale).into_response(),
    }
}

/// The request that the parameters of a list make; `None` for any other parameter, or a name twice.
pub(super) fn list_request(parameters: Parameters) -> Option<ListInstancesRequest> {
    let mut request = ListInstancesRequest::default();
    let mut names = HashSet::new();
    for (name, value) in parameters {
        if !names.insert(name.clone()) {
            return None;
        }
        match name.as_str() {
            "pageNumber" => request.page_number = Some(value.parse().ok().filter(|it| *it > 0)?),
            "pageSize" => {
                request.page_size =
                    Some(value.parse().ok().filter(|it| (1..=MAX_PAGE_SIZE).contains(it))?);
            }
            "instanceId" => request.instance_id = Some(value),
            "description" => request.description = Some(value),
            "resourceGroupId" => request.resource_group_id = Some(value),
            "edition" => request.edition = Some(value),
            "tags" => request.tags = Some(serde_json::from_str(&value).ok()?),
            _ => return None,
        }
    }
    Some(request)
}

/// Tests for the JSON of an instance; its status is looked at.
pub(super) fn is_instance(state: &AppState, body: &[u8]) -> bool {
    state.readiness.look(&state.ledger, &state.purchase_tasks, body) || is_json(body)
}

/// Tests for JSON.
pub(super) fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// An instance that the cloud does not know, now and later.
fn missing(failure: Failure, locale: Locale) -> Failure {
    let remedy = locale.localized("Check its id and the region.", "请检查实例 ID 和地域。");
    Failure { remedy: remedy.to_owned(), retry: Retry::No, ..failure }
}

/// Sends a query, and forwards its response, when its body is what was asked for.
pub(super) async fn forward(
    region: &RegionClient,
    outgoing: OutgoingRequest,
    locale: Locale,
    is_answer: impl FnOnce(&[u8]) -> bool,
) -> Response {
    // Nothing is bought by asking, whatever happens.
    let failed = |failure: Failure| {
        let failure = failure.without_purchase(locale);
        let is_missing = failure.code == INSTANCE_NOT_FOUND;
        JsonResponse::from(if is_missing { missing(failure, locale) } else { failure })
            .into_response()
    };
    let answer = match region.upstream.query(outgoing, locale).await {
        Ok(answer) => answer,
        Err(failure) => return failed(failure),
    };
    if answer.status == 200 && is_answer(&answer.body) {
        return ([(header::CONTENT_TYPE, CONTENT_TYPE)], answer.body).into_response();
    }
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    failed(response::parse_failure(answer.status, body.as_ref(), locale))
}
