//! Requests that a page has signed: their form is checked, and they are forwarded as they are. Only the cloud can verify the signature.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, header, request::Parts};
use havenask_core::{
    Algorithm, ErrorCode, Failure, HttpRequest, Locale,
    operation::API_VERSION,
    percent,
    sign::{
        ACTION, NONCE, SECURITY_TOKEN, VERSION,
        acs3::{CONTENT_HASH, DATE},
    },
    verify::Authorization,
};

use crate::{regions::RegionClient, sha256::sha256, state::AppState, upstream::OutgoingRequest};

/// The prefix of the ids of temporary credentials. A page may hold no others.
const TEMPORARY: &str = "STS.";
/// Headers that a signature must cover.
const SIGNED: [&str; 7] = ["host", ACTION, VERSION, DATE, NONCE, CONTENT_HASH, SECURITY_TOKEN];
/// Headers that it may cover beside `x-acs-*`.
const ALLOWED: [&str; 3] = ["accept", "content-type", "host"];

/// Takes a request that a page has signed for an operation; returns the clients of the region that it is signed for too.
pub(super) fn pre_signed(
    state: &AppState,
    head: &Parts,
    body: &[u8],
    action: &'static str,
    locale: Locale,
) -> Result<(Arc<RegionClient>, OutgoingRequest), Failure> {
    let target = head.uri.path_and_query().map_or("", |it| it.as_str());
    let signed_for = target.strip_prefix("/relay/").and_then(|rest| rest.split_once('/'));
    let (host, target) = signed_for.ok_or_else(|| refusal("/relay/HOST/openapi/…", locale))?;
    let clients = state.config.endpoints.iter().zip(state.own.regions.iter());
    let mut clients = clients.filter(|(at, _)| at.endpoint.host() == host);
    let Some((_, region)) = clients.next() else {
        let hosts: Vec<_> = state.config.endpoints.iter().map(|at| at.endpoint.host()).collect();
        return Err(refusal(&format!("host: {}", hosts.join(", ")), locale));
    };
    let request = parse(head, body, action, host, target).map_err(|why| refusal(&why, locale))?;
    Ok((Arc::clone(region), OutgoingRequest::PreSigned(action, request)))
}

/// Refuses a signed request.
pub(super) fn refusal(why: &str, locale: Locale) -> Failure {
    let refusal = Failure::new(ErrorCode::SignedRequestInvalid, locale);
    Failure { message: format!("{} {why}.", refusal.message), ..refusal }
}

/// The request with the headers that were signed, and no other; or the flaw of its form.
fn parse(
    head: &Parts,
    body: &[u8],
    action: &str,
    host: &str,
    target: &str,
) -> Result<HttpRequest, String> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = percent::decode_query(query).ok_or("query")?;
    let authorization = only(&head.headers, header::AUTHORIZATION.as_str())?;
    let parsed = Authorization::parse(authorization).map_err(|_| "authorization".to_owned())?;
    if parsed.algorithm != Algorithm::Acs3HmacSha256 {
        return Err(format!("authorization: {}", Algorithm::Acs3HmacSha256.as_str()));
    }
    let listed: Vec<&str> = parsed.signed_headers.split(';').collect();
    let is_acs = |name: &str| name.starts_with("x-acs-");
    let present = head.headers.keys().map(HeaderName::as_str).filter(|name| is_acs(name));
    if let Some(name) = SIGNED.into_iter().chain(present).find(|name| !listed.contains(name)) {
        return Err(format!("SignedHeaders: {name}"));
    }
    let mut headers = vec![("host".to_owned(), host.to_owned())];
    for name in listed.into_iter().filter(|name| *name != "host") {
        if !is_acs(name) && !ALLOWED.contains(&name) {
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
    let (method, path) = (head.method.to_string(), format!("/{path}"));
    Ok(HttpRequest { method, path, query, headers, body: body.to_owned() })
}

/// The value of a header that occurs once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, String> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none());
    value.and_then(|value| value.to_str().ok()).ok_or_else(|| name.to_owned())
}
