//! The request of a purchase: its headers, query and body.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderMap, header, request::Parts},
};
use havenask_core::{
    ErrorCode, Failure, Locale, PurchaseOutcome,
    operation::DRY_RUN,
    pricing::{MAX_PRICE, Money},
    purchase::{IDEMPOTENCY_KEY, IdempotencyKey, MAX_NO_REPEAT, NO_REPEAT, TERMS, TermsUrl},
};

use super::{
    body,
    region::{self, Parameters},
};
use crate::{
    access::Principal,
    ledger::{PurchaseId, PurchaseState},
    purchase::{CheckedOrder, PurchaseOrder, check, execute},
    regions::RegionClient,
    response::JsonResponse,
    state::AppState,
    upstream::OutgoingRequest,
};

/// The request of a purchase, beside its order.
pub(super) struct PurchaseRequest {
    pub(super) head: Parts,
    pub(super) body: Vec<u8>,
    pub(super) key: IdempotencyKey,
    principal: Principal,
    pub(super) region: Arc<RegionClient>,
    pub(super) dry_run: bool,
    no_repeat: u32,
    max_price: Option<Money>,
    terms: Option<TermsUrl>,
    locale: Locale,
}

impl PurchaseRequest {
    /// Reads and checks a purchase.
    pub(super) async fn read(
        state: &AppState,
        request: Request,
        locale: Locale,
    ) -> Result<(Self, CheckedOrder), Failure> {
        let (head, body) = request.into_parts();
        // The body first: a caller that is refused before it is read may never read the answer.
        let body = body::read(body, state.config.limits).await;
        let refusal = |code| Failure::new(code, locale);
        let principal = head.extensions.get::<Principal>().cloned();
        let principal = principal.ok_or_else(|| refusal(ErrorCode::Unauthorized))?;
        let (region, parameters) =
            match region::of_query(state, &principal, head.uri.query(), locale) {
                Ok(found) => found,
                Err(refusal) => return Err(of_key(state, &head.headers, principal, refusal).await),
            };
        let dry_run = dry_run(&parameters).ok_or_else(|| refusal(ErrorCode::QueryUnknown))?;
        check_json(&head.headers, locale)?;
        let key = idempotency_key(&head.headers).map_err(refusal)?;
        let no_repeat = no_repeat(&head.headers).map_err(refusal)?;
        let max_price = max_price(&head.headers).map_err(refusal)?;
        let terms = terms(&head.headers).map_err(refusal)?;
        let body = body.map_err(refusal)?;
        let checked = check(state, &body, locale)?;
        let purchase = Self {
            head,
            body,
            key,
            principal,
            region,
            dry_run,
            no_repeat,
            max_price,
            terms,
            locale,
        };
        Ok((purchase, checked))
    }

    /// Executes the purchase for its principal.
    pub(super) async fn execute(
        self,
        state: Arc<AppState>,
        checked: CheckedOrder,
        outgoing: OutgoingRequest,
    ) -> Result<JsonResponse, Failure> {
        let Self { key, principal, region, no_repeat, max_price, terms, locale, .. } = self;
        let CheckedOrder { request, forbidden, .. } = checked;
        let order = PurchaseOrder {
            key,
            principal,
            region,
            request,
            outgoing,
            no_repeat,
            max_price,
            terms,
            forbidden,
            locale,
        };
        Ok(execute(state, order).await)
    }
}

/// The refusal of a request whose region or account is not served: it says nothing of a key that may have bought there before.
async fn of_key(
    state: &AppState,
    headers: &HeaderMap,
    Principal(principal): Principal,
    refusal: Failure,
) -> Failure {
    let Ok(key) = idempotency_key(headers) else { return refusal };
    let id = PurchaseId { key: key.as_str().to_owned(), principal };
    let is_harmless = match state.ledger.find_by_id(&id).await {
        Ok(known) => known.is_none_or(|known| known.state == PurchaseState::Failed),
        Err(_) => false,
    };
    if is_harmless { refusal } else { Failure { outcome: PurchaseOutcome::Unknown, ..refusal } }
}

/// Reads the parameter of a dry run, in any capitals: Python sends `True`. `None` when the query asks for anything else; a
/// misspelt dry run must not buy.
fn dry_run(parameters: &Parameters) -> Option<bool> {
    match parameters.as_slice() {
        [] => Some(false),
        [(name, value)] if name == DRY_RUN => value.to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

/// Refuses a body that is not said to be JSON, or that is compressed.
pub(super) fn check_json(headers: &HeaderMap, locale: Locale) -> Result<(), Failure> {
    let refusal = || Failure::new(ErrorCode::ContentTypeNotJson, locale);
    let value = single(headers, header::CONTENT_TYPE.as_str(), ErrorCode::ContentTypeNotJson);
    let value = value.map_err(|_| refusal())?.unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(refusal());
    }
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    if encodings.all(|it| it.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(());
    }
    let message = locale.localized("The body is said to be compressed.", "请求体声明为经过压缩。");
    let remedy = locale.localized(
        "Send it as it is, without Content-Encoding.",
        "请去掉 Content-Encoding，直接发送。",
    );
    Err(Failure { message: message.to_owned(), remedy: remedy.to_owned(), ..refusal() })
}

fn idempotency_key(headers: &HeaderMap) -> Result<IdempotencyKey, ErrorCode> {
    let key = single(headers, IDEMPOTENCY_KEY, ErrorCode::IdempotencyKeyMalformed)?;
    let key = key.ok_or(ErrorCode::IdempotencyKeyMissing)?;
    IdempotencyKey::parse(key).ok_or(ErrorCode::IdempotencyKeyMalformed)
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

/// The address of the terms that the buyer has accepted.
fn terms(headers: &HeaderMap) -> Result<Option<TermsUrl>, ErrorCode> {
    let address = single(headers, TERMS, ErrorCode::TermsMalformed)?;
    address.map(|it| TermsUrl::parse(it).ok_or(ErrorCode::TermsMalformed)).transpose()
}

/// The value of an optional header.
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
