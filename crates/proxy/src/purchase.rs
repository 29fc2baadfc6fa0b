//! Buys: checks, builds, signs, sends, and hands back what the cloud says.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use havenask_core::{
    Failure, Fault, Input, Locale,
    answer::{self, Answer, Created, DryRun, ErrorBody, NewInstance, Outcome},
    model::CreateInstanceRequest,
    operation::{self, DRY_RUN},
    purchase::{IDEMPOTENCY_KEY, is_idempotency_key},
    rules::{self, Problem},
    sign::canonical,
};

use crate::{
    body,
    reply::Refusal,
    routes::{Proxy, locale},
};

pub(crate) async fn create(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let locale = locale(request.headers());
    match answer(&proxy, request, locale).await {
        Ok(response) => response,
        Err(failure) => Refusal(failure).into_response(),
    }
}

async fn answer(proxy: &Proxy, request: Request, locale: Locale) -> Result<Response, Failure> {
    let (head, body) = request.into_parts();
    // The body first: who is refused before it is read may never read the answer.
    let body = body::take(body, proxy.config.limits).await;
    let refusal = |fault| Failure::of(fault, locale);
    let dry_run = dry_run(head.uri.query().unwrap_or_default()).ok_or(Fault::QueryUnknown);
    let dry_run = dry_run.map_err(refusal)?;
    if !is_json(&head.headers) {
        return Err(refusal(Fault::ContentTypeNotJson));
    }
    let key = idempotency_key(&head.headers).map_err(refusal)?;
    let body = body.map_err(refusal)?;
    let input: Input<'_> = serde_json::from_slice(&body).map_err(|error| Failure {
        message: format!("{} {error}", refusal(Fault::BodyNotJson).message),
        ..refusal(Fault::BodyNotJson)
    })?;
    let options = rules::Options {
        allow_postpay: proxy.config.allow_postpay,
        locale,
        ..rules::Options::default()
    };
    let (request, warnings) = rules::accept(&input, &options)
        .map_err(|problems| Failure::invalid_request(problems, locale))?;
    if dry_run && !proxy.config.forward_dry_run {
        return show(proxy, &request, warnings, locale);
    }
    let outcome = send(proxy, &request, dry_run, locale).await;
    let (count, said) = match &outcome {
        Ok(created) => (&proxy.purchases.created, created.instance_id.as_str()),
        Err(failure) if failure.outcome == Outcome::NotCreated => {
            (&proxy.purchases.refused, failure.code.as_str())
        }
        Err(failure) => (&proxy.purchases.unknown, failure.code.as_str()),
    };
    count.fetch_add(1, Ordering::Relaxed);
    tracing::info!(key, outcome = said, "purchase");
    let Created { request_id, instance_id } = outcome?;
    let answer = Answer { request_id, result: NewInstance { instance_id }, total_count: None };
    Ok(Json(answer).into_response())
}

async fn send(
    proxy: &Proxy,
    request: &CreateInstanceRequest,
    dry_run: bool,
    locale: Locale,
) -> Result<Created, Failure> {
    let operation = operation::create_instance(request, dry_run.then_some(true));
    let answer = proxy.upstream.purchase(operation, locale).await?;
    let success: Option<Answer<NewInstance>> = serde_json::from_slice(&answer.body).ok();
    let error: Option<ErrorBody> = serde_json::from_slice(&answer.body).ok();
    answer::created(answer.status, success, error, locale)
}

fn show(
    proxy: &Proxy,
    request: &CreateInstanceRequest,
    warnings: Vec<Problem>,
    locale: Locale,
) -> Result<Response, Failure> {
    let signed = proxy.upstream.signed(operation::create_instance(request, None), locale)?;
    Ok(Json(DryRun::of(&signed, warnings)).into_response())
}

/// Whether a dry run is asked for, in any capitals: Python sends `True`. `None` when the query asks for anything else; a
/// misspelt dry run must not buy.
fn dry_run(query: &str) -> Option<bool> {
    match canonical::decode_query(query)?.as_slice() {
        [] => Some(false),
        [(name, value)] if name == DRY_RUN => value.to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

fn idempotency_key(headers: &HeaderMap) -> Result<&str, Fault> {
    let key = headers.get(IDEMPOTENCY_KEY).ok_or(Fault::IdempotencyKeyMissing)?;
    let key = key.to_str().map_err(|_| Fault::IdempotencyKeyMalformed)?;
    if is_idempotency_key(key) { Ok(key) } else { Err(Fault::IdempotencyKeyMalformed) }
}
