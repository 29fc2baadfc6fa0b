//! Takes a purchase: checks it, and has it made once.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use havenask_core::{
    ErrorCode, Failure, Locale, Value,
    model::{CreateInstanceRequest, Tag},
    operation::{self, DRY_RUN},
    percent,
    pricing::{MAX_PRICE, Money},
    purchase::{
        IDEMPOTENCY_KEY, MAX_NO_REPEAT, NO_REPEAT, PURCHASE_TAG, PurchaseProgress,
        is_idempotency_key,
    },
    response::DryRun,
    rules::{self, Problem},
};

use crate::{
    body,
    buyer::{self, Order},
    guard::Principal,
    ledger::{Entry, Id},
    relay,
    reply::Reply,
    routes::{Proxy, locale},
    upstream::Parcel,
};

/// Who signs a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    /// The proxy, which builds the request anew.
    Proxy,
    /// The page, whose request is relayed.
    Page,
}

/// `POST /openapi/ha3/instances`.
pub(crate) async fn create(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    take(proxy, request, Signer::Proxy).await
}

/// Takes a purchase, whoever signs it.
pub(crate) async fn take(proxy: Arc<Proxy>, request: Request, signer: Signer) -> Response {
    let locale = locale(request.headers());
    answer(proxy, request, signer, locale).await.unwrap_or_else(Reply::from).into_response()
}

/// An order that keeps the rules, and that the operator allows.
pub(crate) struct Checked {
    pub(crate) request: CreateInstanceRequest,
    pub(crate) warnings: Vec<Problem>,
}

/// Checks the body of an order.
pub(crate) fn checked(proxy: &Proxy, body: &[u8], locale: Locale) -> Result<Checked, Failure> {
    let refusal = |code| Failure::new(code, locale);
    let input: Value<'_> = serde_json::from_slice(body).map_err(|error| Failure {
        message: format!("{} {error}", refusal(ErrorCode::BodyNotJson).message),
        ..refusal(ErrorCode::BodyNotJson)
    })?;
    let catalog = proxy.live.catalog();
    let options = rules::Options {
        catalog: catalog.as_deref(),
        allow_postpay: proxy.config.allow_postpay,
        locale,
    };
    let (request, warnings) = rules::accept(&input, &options)
        .map_err(|problems| Failure::invalid_request(problems, locale))?;
    if let Some(why) = proxy.config.spend.refuses(&request) {
        let refusal = refusal(ErrorCode::PurchaseNotAllowed);
        return Err(Failure { message: format!("{} {why}", refusal.message), ..refusal });
    }
    Ok(Checked { request, warnings })
}

async fn answer(
    proxy: Arc<Proxy>,
    request: Request,
    signer: Signer,
    locale: Locale,
) -> Result<Reply, Failure> {
    let (head, body) = request.into_parts();
    // The body first: who is refused before it is read may never read the answer.
    let body = body::take(body, proxy.config.limits).await;
    let refusal = |fault| Failure::new(fault, locale);
    let dry_run = dry_run(head.uri.query().unwrap_or_default()).ok_or(ErrorCode::QueryUnknown);
    let dry_run = dry_run.map_err(refusal)?;
    if !is_json(&head.headers) {
        return Err(refusal(ErrorCode::ContentTypeNotJson));
    }
    let key = idempotency_key(&head.headers).map_err(refusal)?;
    let no_repeat = no_repeat(&head.headers).map_err(refusal)?;
    let max_price = max_price(&head.headers).map_err(refusal)?;
    let body = body.map_err(refusal)?;
    let Checked { request, warnings } = checked(&proxy, &body, locale)?;
    let show_only = dry_run && !proxy.config.forward_dry_run;
    let (request, parcel) = match signer {
        // Whoever has signed it can look at it without being shown.
        Signer::Page if show_only => return Err(refusal(ErrorCode::QueryUnknown)),
        Signer::Page => {
            let parcel = relay::purchase(&proxy, &head, &body, &request, key, locale)?;
            (request, parcel)
        }
        Signer::Proxy => {
            let request = labelled(request, key).ok_or_else(|| refusal(ErrorCode::TagReserved))?;
            if show_only {
                return show(&proxy, &request, warnings, locale);
            }
            let operation = operation::create_instance(&request, dry_run.then_some(true));
            (request, Parcel::Own(operation))
        }
    };
    let principal = head.extensions.get::<Principal>().cloned();
    let principal = principal.ok_or_else(|| refusal(ErrorCode::Unauthorized))?;
    let key = key.to_owned();
    let order = Order { key, principal, request, parcel, dry_run, no_repeat, max_price, locale };
    Ok(buyer::buy(proxy, order).await)
}

/// The tag by which the instance is found again is added to those of the caller.
fn labelled(mut request: CreateInstanceRequest, key: &str) -> Option<CreateInstanceRequest> {
    let tags = request.tags.get_or_insert_default();
    if tags.iter().any(|tag| tag.key == PURCHASE_TAG) {
        return None;
    }
    tags.push(Tag::new(PURCHASE_TAG, key));
    Some(request)
}

fn show(
    proxy: &Proxy,
    request: &CreateInstanceRequest,
    warnings: Vec<Problem>,
    locale: Locale,
) -> Result<Reply, Failure> {
    let signed = proxy.upstream.signed(operation::create_instance(request, None), locale)?;
    let shown = serde_json::to_string(&DryRun::of(&signed, warnings));
    Ok(Reply::success(shown.unwrap_or_default()))
}

/// `GET /purchases/KEY`: how far a purchase is.
pub(crate) async fn state(
    State(proxy): State<Arc<Proxy>>,
    key: Result<Path<String>, PathRejection>,
    Extension(principal): Extension<Principal>,
    headers: HeaderMap,
) -> Response {
    let fault = |fault| Reply::fault(fault, locale(&headers)).into_response();
    // The ledger is not asked for what cannot be a key.
    let key = key.map(|Path(key)| key).unwrap_or_default();
    if !is_idempotency_key(&key) {
        return fault(ErrorCode::NotFound);
    }
    match proxy.ledger.find_own(&Id { key, principal: principal.0.clone() }).await {
        Ok(Some(entry)) if entry.principal == principal.0 => {
            let progress = serde_json::to_string(&progress(entry));
            Reply::success(progress.unwrap_or_default()).into_response()
        }
        // Of the purchases of others it is not even told that there are any.
        Ok(_) => fault(ErrorCode::NotFound),
        Err(error) => {
            tracing::error!(%error, "the ledger could not be read");
            fault(ErrorCode::LedgerUnavailable)
        }
    }
}

fn progress(entry: Entry) -> PurchaseProgress {
    let failure = || serde_json::from_str(entry.answer.as_deref()?).ok();
    let error = if entry.instance_id.is_none() { failure() } else { None };
    let quote = entry.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok());
    let Entry { key, state, region, request_id, instance_id, created_at, updated_at, .. } = entry;
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

/// Whether a dry run is asked for, in any capitals: Python sends `True`. `None` when the query asks for anything else; a
/// misspelt dry run must not buy.
fn dry_run(query: &str) -> Option<bool> {
    match percent::decode_query(query)?.as_slice() {
        [] => Some(false),
        [(name, value)] if name == DRY_RUN => value.to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

fn idempotency_key(headers: &HeaderMap) -> Result<&str, ErrorCode> {
    let key = single(headers, IDEMPOTENCY_KEY, ErrorCode::IdempotencyKeyMalformed)?;
    let key = key.ok_or(ErrorCode::IdempotencyKeyMissing)?;
    if is_idempotency_key(key) { Ok(key) } else { Err(ErrorCode::IdempotencyKeyMalformed) }
}

/// Seconds in which the same may not have been bought; 0 when it may.
fn no_repeat(headers: &HeaderMap) -> Result<u32, ErrorCode> {
    let seconds = single(headers, NO_REPEAT, ErrorCode::NoRepeatMalformed)?.unwrap_or("0");
    let plain = seconds.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = seconds.parse().ok().filter(|seconds| plain && *seconds <= MAX_NO_REPEAT);
    seconds.ok_or(ErrorCode::NoRepeatMalformed)
}

/// The most that the order may cost, as its buyer has seen it.
fn max_price(headers: &HeaderMap) -> Result<Option<Money>, ErrorCode> {
    let price = single(headers, MAX_PRICE, ErrorCode::MaxPriceMalformed)?;
    let malformed = || ErrorCode::MaxPriceMalformed;
    price.map(|price| Money::parse(price).ok_or_else(malformed)).transpose()
}

/// The value of a header that may be left out.
fn single<'a>(
    headers: &'a HeaderMap,
    name: &str,
    malformed: ErrorCode,
) -> Result<Option<&'a str>, ErrorCode> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    // Of two, nobody knows which one is meant.
    let alone = values.next().is_none();
    value.to_str().ok().filter(|_| alone).map(Some).ok_or(malformed)
}
