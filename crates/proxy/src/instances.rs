//! Asks for instances: what the cloud answers is handed on.

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use havenask_core::{
    ErrorCode, Failure, Locale, Value,
    model::ListInstancesRequest,
    model::MAX_PAGE_SIZE,
    operation::{CONTENT_TYPE, get_instance, is_instance_id, list_instances},
    percent, response,
};

use serde::de::IgnoredAny;

use crate::{
    reply::Reply,
    routes::{Proxy, locale},
    upstream::Parcel,
};

pub(crate) async fn one(
    State(proxy): State<Arc<Proxy>>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Response {
    // Text that is no UTF-8 is the id of nothing; what a path is made of is none either, and would be another address.
    let Some(id) = id.ok().map(|Path(id)| id).filter(|id| is_instance_id(id)) else {
        return Reply::fault(ErrorCode::NotFound, locale(&headers)).into_response();
    };
    hand_on(&proxy, Parcel::Own(get_instance(&id)), locale(&headers)).await
}

pub(crate) async fn list(
    State(proxy): State<Arc<Proxy>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let locale = locale(&headers);
    match request(&query.unwrap_or_default()) {
        Some(request) => hand_on(&proxy, Parcel::Own(list_instances(&request)), locale).await,
        None => Reply::fault(ErrorCode::QueryUnknown, locale).into_response(),
    }
}

/// The list that a query asks for; `None` when it names or says something else, or a thing twice.
pub(crate) fn request(query: &str) -> Option<ListInstancesRequest> {
    let mut request = ListInstancesRequest::default();
    let mut names = HashSet::new();
    for (name, value) in percent::decode_query(query)? {
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

/// Sends a question, and hands on what comes back.
pub(crate) async fn hand_on(proxy: &Proxy, parcel: Parcel, locale: Locale) -> Response {
    // Nothing is bought by asking, whatever happens.
    let failed = |failure: Failure| Reply::from(failure.without_purchase(locale)).into_response();
    let answer = match proxy.upstream.ask(parcel, locale).await {
        Ok(answer) => answer,
        Err(failure) => return failed(failure),
    };
    if answer.status == 200 && serde_json::from_slice::<IgnoredAny>(&answer.body).is_ok() {
        return ([(header::CONTENT_TYPE, CONTENT_TYPE)], answer.body).into_response();
    }
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    failed(response::parse_failure(answer.status, body.as_ref(), locale))
}
