//! The relay, which is off by default: a page that holds an STS credential signs by itself, and the proxy checks and forwards the signed
//! request, unchanged. `/relay/HOST/openapi/…` takes a request that was signed for `https://HOST/openapi/…`. A purchase passes the same
//! checks and the same ledger as any other.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::request::Parts,
    response::{IntoResponse, Response},
    routing::get,
};
use havenask_core::{
    ErrorCode, Locale,
    operation::{CREATE_INSTANCE, GET_INSTANCE, INSTANCES, LIST_INSTANCES, is_instance_id},
    percent,
    purchase::PURCHASE_TAG,
};

use super::{
    instances,
    locale::RequestLocale,
    paths,
    purchase_request::PurchaseRequest,
    signed_request::{pre_signed, refusal},
};
use crate::{response::JsonResponse, state::AppState};

pub(super) fn router() -> Router<Arc<AppState>> {
    let (all, one) = (paths::relayed(INSTANCES), paths::relayed(&paths::instance()));
    Router::new().route(&all, get(list).post(create)).route(&one, get(instance))
}

async fn create(
    State(state): State<Arc<AppState>>,
    RequestLocale(locale): RequestLocale,
    request: Request,
) -> Result<JsonResponse, JsonResponse> {
    let (mut purchase, checked) = PurchaseRequest::read(&state, request, locale).await?;
    // A page that signs a request has it to show, and names its region by the host.
    if purchase.head.uri.query().is_some_and(|query| !query.is_empty()) {
        return Err(JsonResponse::failure(ErrorCode::QueryUnknown, locale));
    }
    // By its tag the instance is found again when no answer comes.
    let tags = checked.request.tags.iter().flatten().filter(|tag| tag.key == PURCHASE_TAG);
    let values: Vec<_> = tags.map(|tag| tag.value.as_deref()).collect();
    if values != [Some(purchase.key.as_str())] {
        let why = format!("/tags: one tag {PURCHASE_TAG} with the Idempotency-Key as its value");
        return Err(refusal(&why, locale).into());
    }
    let (region, outgoing) =
        pre_signed(&state, &purchase.head, &purchase.body, CREATE_INSTANCE, locale)?;
    purchase.region = region;
    Ok(purchase.execute(Arc::clone(&state), checked, outgoing).await?)
}

async fn list(
    State(state): State<Arc<AppState>>,
    RequestLocale(locale): RequestLocale,
    request: Request,
) -> Response {
    let (head, _) = request.into_parts();
    let parameters = percent::decode_query(head.uri.query().unwrap_or_default());
    if parameters.and_then(instances::list_request).is_none() {
        return JsonResponse::failure(ErrorCode::QueryUnknown, locale).into_response();
    }
    forward(&state, &head, LIST_INSTANCES, locale, instances::is_json).await
}

async fn instance(
    State(state): State<Arc<AppState>>,
    RequestLocale(locale): RequestLocale,
    request: Request,
) -> Response {
    let (head, _) = request.into_parts();
    if head.uri.query().is_some() {
        return JsonResponse::failure(ErrorCode::QueryUnknown, locale).into_response();
    }
    let id = percent::decode_segment(head.uri.path().rsplit('/').next().unwrap_or_default());
    if !id.is_some_and(|id| is_instance_id(&id)) {
        return JsonResponse::failure(ErrorCode::NotFound, locale).into_response();
    }
    let is_instance = |body: &[u8]| instances::is_instance(&state, body);
    forward(&state, &head, GET_INSTANCE, locale, is_instance).await
}

async fn forward(
    state: &AppState,
    head: &Parts,
    action: &'static str,
    locale: Locale,
    is_answer: impl FnOnce(&[u8]) -> bool,
) -> Response {
    match pre_signed(state, head, &[], action, locale) {
        Ok((region, outgoing)) => instances::forward(&region, outgoing, locale, is_answer).await,
        Err(failure) => JsonResponse::from(failure).into_response(),
    }
}
