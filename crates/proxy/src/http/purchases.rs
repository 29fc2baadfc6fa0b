//! `POST /openapi/ha3/instances` of a purchase that the proxy signs, and `GET /purchases/KEY`.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, Request, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use havenask_core::{
    ErrorCode, Failure, Locale,
    model::{CreateInstanceRequest, Tag},
    operation,
    purchase::{IdempotencyKey, PURCHASE_TAG, PurchaseProgress},
    response::DryRun,
    rules::Problem,
};

use super::{locale::RequestLocale, purchase_request::PurchaseRequest};
use crate::{
    access::Principal,
    ledger::{LedgerEntry, PurchaseId},
    response::JsonResponse,
    state::AppState,
    upstream::OutgoingRequest,
};

/// `POST /openapi/ha3/instances`.
pub(super) async fn create(
    State(state): State<Arc<AppState>>,
    RequestLocale(locale): RequestLocale,
    request: Request,
) -> Result<JsonResponse, JsonResponse> {
    let (purchase, checked) = PurchaseRequest::read(&state, request, locale).await?;
    let request = tagged(checked.request, &purchase.key);
    let request = request.ok_or_else(|| Failure::new(ErrorCode::TagReserved, locale))?;
    if purchase.dry_run {
        return Ok(show(&state, &request, checked.warnings, locale)?);
    }
    let outgoing = OutgoingRequest::Unsigned(operation::create_instance(&request, None));
    Ok(purchase.execute(state, request, outgoing).await?)
}

/// Adds the tag by which the instance is found again to those of the caller.
fn tagged(
    mut request: CreateInstanceRequest,
    key: &IdempotencyKey,
) -> Option<CreateInstanceRequest> {
    let tags = request.tags.get_or_insert_default();
    if tags.iter().any(|tag| tag.key == PURCHASE_TAG) {
        return None;
    }
    tags.push(Tag::new(PURCHASE_TAG, key.as_str()));
    Some(request)
}

fn show(
    state: &AppState,
    request: &CreateInstanceRequest,
    warnings: Vec<Problem>,
    locale: Locale,
) -> Result<JsonResponse, Failure> {
    let signed = state.upstream.sign(operation::create_instance(request, None), locale)?;
    let shown = serde_json::to_string(&DryRun::of(&signed, warnings));
    Ok(JsonResponse::success(shown.unwrap_or_default()))
}

/// `GET /purchases/KEY`: how far a purchase is.
pub(super) async fn get(
    State(state): State<Arc<AppState>>,
    key: Result<Path<String>, PathRejection>,
    Extension(principal): Extension<Principal>,
    RequestLocale(locale): RequestLocale,
) -> Response {
    let refuse = |code| JsonResponse::failure(code, locale).into_response();
    // The ledger is not asked for what cannot be a key.
    let Some(key) = key.ok().and_then(|Path(key)| IdempotencyKey::parse(&key)) else {
        return refuse(ErrorCode::NotFound);
    };
    let key = key.as_str().to_owned();
    match state.ledger.find_by_id(&PurchaseId { key, principal: principal.0.clone() }).await {
        Ok(Some(entry)) if entry.principal == principal.0 => {
            let progress = serde_json::to_string(&progress(entry));
            JsonResponse::success(progress.unwrap_or_default()).into_response()
        }
        // Of the purchases of others it is not even told that there are any.
        Ok(_) => refuse(ErrorCode::NotFound),
        Err(error) => {
            tracing::error!(%error, "the ledger could not be read");
            refuse(ErrorCode::LedgerUnavailable)
        }
    }
}

fn progress(entry: LedgerEntry) -> PurchaseProgress {
    let failure = || serde_json::from_str(entry.answer.as_deref()?).ok();
    let error = if entry.instance_id.is_none() { failure() } else { None };
    let quote = entry.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok());
    let LedgerEntry { key, state, region, request_id, instance_id, created_at, updated_at, .. } =
        entry;
    PurchaseProgress {
        key,
        state,
        region,
        quote,
        request_id,
        instance_id,
        error,
        created_at,
        updated_at,
    }
}
