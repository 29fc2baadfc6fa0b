//! `POST /openapi/ha3/instances` of a purchase that the proxy signs, `GET /purchases` and `GET /purchases/KEY`.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, RawQuery, Request, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use havenask_core::{
    ErrorCode, Failure, Locale,
    model::{CreateInstanceRequest, Tag},
    operation, percent,
    purchase::{IdempotencyKey, NEXT_TOKEN, PURCHASE_TAG, PurchaseList, PurchaseProgress},
    response::DryRun,
    rules::Problem,
};

use super::{locale::RequestLocale, purchase_request::PurchaseRequest};
use crate::{
    access::Principal,
    ledger::{LedgerEntry, PageCursor, PurchaseFilter, PurchaseId, UnreadableRow},
    purchase::CheckedOrder,
    regions::RegionClient,
    response::JsonResponse,
    state::AppState,
    upstream::OutgoingRequest,
};

/// Purchases on a page.
const PAGE_SIZE: u32 = 20;

/// `POST /openapi/ha3/instances`.
pub(super) async fn create(
    State(state): State<Arc<AppState>>,
    RequestLocale(locale): RequestLocale,
    request: Request,
) -> Result<JsonResponse, JsonResponse> {
    let (purchase, checked) = PurchaseRequest::read(&state, request, locale).await?;
    let CheckedOrder { request, warnings, forbidden } = checked;
    let request = tagged(request, &purchase.key);
    let request = request.ok_or_else(|| Failure::new(ErrorCode::TagReserved, locale))?;
    if purchase.dry_run {
        return match forbidden {
            Some(refusal) => Err(refusal.into()),
            None => Ok(show(&purchase.region, &request, warnings, locale)?),
        };
    }
    let outgoing = OutgoingRequest::Unsigned(operation::create_instance(&request, None));
    let checked = CheckedOrder { request, warnings, forbidden };
    Ok(purchase.execute(state, checked, outgoing).await?)
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
    region: &RegionClient,
    request: &CreateInstanceRequest,
    warnings: Vec<Problem>,
    locale: Locale,
) -> Result<JsonResponse, Failure> {
    let signed = region.upstream.sign(operation::create_instance(request, None), locale)?;
    let shown = serde_json::to_string(&DryRun::of(&signed, warnings));
    Ok(JsonResponse::success(shown.unwrap_or_default()))
}

/// `GET /purchases`: the purchases of the caller, the newest first.
pub(super) async fn list(
    State(state): State<Arc<AppState>>,
    RawQuery(query): RawQuery,
    Extension(principal): Extension<Principal>,
    RequestLocale(locale): RequestLocale,
) -> Response {
    let refuse = |code| JsonResponse::failure(code, locale).into_response();
    let Some(after) = page_cursor(&query.unwrap_or_default(), &principal.0) else {
        return refuse(ErrorCode::QueryUnknown);
    };
    let filter = PurchaseFilter::Principal(&principal.0);
    match state.ledger.page(filter, &after, PAGE_SIZE).await {
        Ok((rows, end)) => {
            let is_full = rows.len() == PAGE_SIZE as usize;
            let readable = |row: Result<LedgerEntry, UnreadableRow>| match row {
                Ok(entry) => Some(progress(entry)),
                Err(UnreadableRow { key, why }) => {
                    tracing::error!(?key, %why, "a row is no purchase");
                    None
                }
            };
            let list = PurchaseList {
                purchases: rows.into_iter().filter_map(readable).collect(),
                next_token: end.filter(|_| is_full).map(|end| end.token()),
            };
            let list = serde_json::to_string(&list).unwrap_or_default();
            JsonResponse::success(list).into_response()
        }
        Err(error) => unreadable(&error, locale),
    }
}

/// The place from which a page is asked for; `None` when the query asks for anything else.
fn page_cursor(query: &str, principal: &str) -> Option<PageCursor> {
    match percent::decode_query(query)?.as_slice() {
        [] => Some(PageCursor::start()),
        [(name, token)] if name == NEXT_TOKEN => PageCursor::parse(token, principal),
        _ => None,
    }
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
        Err(error) => unreadable(&error, locale),
    }
}

fn unreadable(error: &sqlx::Error, locale: Locale) -> Response {
    tracing::error!(%error, "the ledger could not be read");
    JsonResponse::failure(ErrorCode::LedgerUnreadable, locale).into_response()
}

fn progress(entry: LedgerEntry) -> PurchaseProgress {
    let failure = || serde_json::from_str(entry.answer.as_deref()?).ok();
    let error = if entry.instance_id.is_none() { failure() } else { None };
    let quote = entry.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok());
    let request = order(&entry.request);
    let LedgerEntry { key, state, region, terms, request_id, instance_id, .. } = entry;
    let LedgerEntry { ready_at, created_at, updated_at, .. } = entry;
    PurchaseProgress {
        key,
        state,
        region,
        terms,
        quote,
        request,
        request_id,
        instance_id,
        error,
        ready_at,
        created_at,
        updated_at,
    }
}

/// The order as its buyer has made it; none of a purchase that was restored.
fn order(text: &str) -> Option<CreateInstanceRequest> {
    let mut order: CreateInstanceRequest = serde_json::from_str(text).ok()?;
    order.tags = order.tags.map(|mut tags| {
        tags.retain(|tag| tag.key != PURCHASE_TAG);
        tags
    });
    order.tags.take_if(|tags| tags.is_empty());
    (order != CreateInstanceRequest::default()).then_some(order)
}
