//! The relay, which is off unless the operator turns it on: a page that holds an STS credential signs by itself, and the
//! proxy checks and forwards what it signed, unchanged. `/relay/HOST/openapi/…` takes what was signed for
//! `https://HOST/openapi/…`. A purchase goes through the same rules and the same ledger as any other.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use havenask_core::{
    Algorithm, Endpoint, ErrorCode, Failure, Locale,
    model::CreateInstanceRequest,
    operation::{API_VERSION, INSTANCES, is_instance_id},
    percent,
    purchase::PURCHASE_TAG,
    sign::{
        ACTION, NONCE, SECURITY_TOKEN, VERSION,
        acs3::{CONTENT_HASH, DATE},
    },
    verify::Authorization,
};

use crate::{
    hash::sha256,
    instances, paths, purchase,
    reply::Reply,
    routes::{Proxy, locale},
    upstream::{Parcel, Sealed},
};

/// The operation that buys.
const PURCHASE: &str = "CreateInstance";
/// The beginning of the ids of temporary keys. A key that lasts is not one that a page may hold.
const TEMPORARY: &str = "STS.";
/// What a signature must cover.
const SIGNED: [&str; 7] = ["host", ACTION, VERSION, DATE, NONCE, CONTENT_HASH, SECURITY_TOKEN];
/// What it may cover beside `x-acs-*`.
const ALLOWED: [&str; 3] = ["accept", "content-type", "host"];

pub(crate) fn router() -> Router<Arc<Proxy>> {
    let (all, one) = (paths::relayed(INSTANCES), paths::relayed(&paths::instance()));
    Router::new().route(&all, get(list).post(create)).route(&one, get(instance))
}

async fn create(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    purchase::take(proxy, request, purchase::Signer::Page).await
}

async fn list(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    if instances::request(head.uri.query().unwrap_or_default()).is_none() {
        return Reply::fault(ErrorCode::QueryUnknown, locale(&head.headers)).into_response();
    }
    ask(&proxy, &head, "ListInstances").await
}

async fn instance(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    if head.uri.query().is_some() {
        return Reply::fault(ErrorCode::QueryUnknown, locale(&head.headers)).into_response();
    }
    let id = percent::decode_segment(head.uri.path().rsplit('/').next().unwrap_or_default());
    if !id.is_some_and(|id| is_instance_id(&id)) {
        return Reply::fault(ErrorCode::NotFound, locale(&head.headers)).into_response();
    }
    ask(&proxy, &head, "GetInstance").await
}

async fn ask(proxy: &Proxy, head: &Parts, action: &'static str) -> Response {
    let locale = locale(&head.headers);
    match sealed(head, &[], action, &proxy.config.upstream) {
        Ok(sealed) => instances::hand_on(proxy, Parcel::Sealed(action, sealed), locale).await,
        Err(why) => Reply::from(refusal(&why, locale)).into_response(),
    }
}

/// The purchase that a page has signed, when it can be relayed: by its tag it is found again when no answer comes.
pub(crate) fn purchase(
    proxy: &Proxy,
    head: &Parts,
    body: &[u8],
    request: &CreateInstanceRequest,
    key: &str,
    locale: Locale,
) -> Result<Parcel, Failure> {
    let tags = request.tags.iter().flatten().filter(|tag| tag.key == PURCHASE_TAG);
    let values: Vec<_> = tags.map(|tag| tag.value.as_deref()).collect();
    if values != [Some(key)] {
        let why = format!("/tags: one tag {PURCHASE_TAG} with the Idempotency-Key as its value");
        return Err(refusal(&why, locale));
    }
    let sealed = sealed(head, body, PURCHASE, &proxy.config.upstream);
    sealed.map(|it| Parcel::Sealed(PURCHASE, it)).map_err(|why| refusal(&why, locale))
}

fn refusal(why: &str, locale: Locale) -> Failure {
    let refusal = Failure::new(ErrorCode::SignedRequestInvalid, locale);
    Failure { message: format!("{} {why}.", refusal.message), ..refusal }
}

/// The signed request with the headers that were signed, and no other; or what is wrong with its form. Whether the
/// signature is right only the cloud can say.
fn sealed(head: &Parts, body: &[u8], action: &str, endpoint: &Endpoint) -> Result<Sealed, String> {
    let target = head.uri.path_and_query().map_or("", |it| it.as_str());
    let signed_for = target.strip_prefix("/relay/").and_then(|rest| rest.split_once('/'));
    let (host, target) = signed_for.ok_or("/relay/HOST/openapi/…")?;
    if host != endpoint.host() {
        return Err(format!("host: {}", endpoint.host()));
    }
    let authorization = only(&head.headers, header::AUTHORIZATION.as_str())?;
    let parsed = Authorization::parse(authorization).map_err(|_| "authorization".to_owned())?;
    if parsed.algorithm != Algorithm::Acs3HmacSha256 {
        return Err(format!("authorization: {}", Algorithm::Acs3HmacSha256.as_str()));
    }
    let listed: Vec<&str> = parsed.signed_headers.split(';').collect();
    let of_the_cloud = |name: &str| name.starts_with("x-acs-");
    let there = head.headers.keys().map(HeaderName::as_str).filter(|name| of_the_cloud(name));
    if let Some(name) = SIGNED.into_iter().chain(there).find(|name| !listed.contains(name)) {
        return Err(format!("SignedHeaders: {name}"));
    }
    let mut headers = vec![("host".to_owned(), host.to_owned())];
    for name in listed.into_iter().filter(|name| *name != "host") {
        if !of_the_cloud(name) && !ALLOWED.contains(&name) {
            return Err(format!("SignedHeaders: {name}"));
        }
        headers.push((name.to_owned(), only(&head.headers, name)?.to_owned()));
    }
    let temporary = parsed.access_key_id.starts_with(TEMPORARY);
    if !temporary || only(&head.headers, SECURITY_TOKEN)?.trim().is_empty() {
        return Err(format!(
            "authorization: a key of STS, {TEMPORARY}…, with its {SECURITY_TOKEN}"
        ));
    }
    for (name, value) in
        [(ACTION, action), (VERSION, API_VERSION), (CONTENT_HASH, &sha256(&[body]))]
    {
        if only(&head.headers, name)? != value {
            return Err(format!("{name}: {value}"));
        }
    }
    headers.push((header::AUTHORIZATION.to_string(), authorization.to_owned()));
    let url = format!("{endpoint}/{target}");
    Ok(Sealed { method: head.method.to_string(), url, headers, body: body.to_owned() })
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, String> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none());
    value.and_then(|value| value.to_str().ok()).ok_or_else(|| name.to_owned())
}
