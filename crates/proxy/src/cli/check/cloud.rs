//! Checks of the cloud: the connection, the clock, and the permissions of the credentials.

use std::{
    io::{self, Write},
    sync::Arc,
};

use havenask_core::{
    Endpoint, Failure, FromValue, Locale, Operation, PurchaseOutcome, Timestamp, Value,
    failure::remedy,
    instance::Instance,
    model::ListInstancesRequest,
    operation::{
        CREATE_INSTANCE, GET_INSTANCE, LIST_INSTANCES, PRODUCT, get_instance, list_instances,
    },
    response::{self, ApiResponse},
    sign::DATE_WINDOW,
};

use prometheus_client::metrics::counter::Counter;

use super::report::{CheckResult, Report};
use crate::{
    clock,
    config::Limits,
    credentials::CredentialProvider,
    metrics::Metrics,
    upstream::{self, ConnectError, OutgoingRequest, Upstream, UpstreamResponse},
};

/// An instance that there cannot be: ids have other letters.
const UNKNOWN_INSTANCE: &str = "havenask-proxy-check";
/// Seconds that a clock may be off before somebody should look at it.
const CLOCK_SKEW_WARNING: i64 = 60;
/// The remedy where the cause is not known.
const RETRY_REMEDY: &str =
    "Try again; if it stays so, see what stands between this machine and the cloud.";

/// Connects to an endpoint.
pub(super) async fn reach(endpoint: &Endpoint, limits: Limits) -> Result<(), CheckResult> {
    let Err(ConnectError { why, in_tls }) = upstream::probe(endpoint, limits).await else {
        return Ok(());
    };
    let next = if in_tls {
        "Something answers in the place of the cloud, perhaps a firewall that looks into TLS: the proxy trusts the public \
         authorities alone."
    } else {
        "See the name service, the routes and the firewalls of this machine; in a VPC without a way to the internet, name \
         the region's endpoint there with --upstream."
    };
    Err(CheckResult::fail(format!("{endpoint}: {why}. {next}")))
}

/// The result of a connection.
pub(super) fn reached(endpoint: &Endpoint) -> CheckResult {
    CheckResult::ok(match endpoint.scheme() {
        "https" => format!("{endpoint} is reached, and its certificate is good"),
        _ => format!("{endpoint} is reached"),
    })
}

/// Checks the queries that buy nothing, and the clock.
pub(super) async fn check(
    endpoint: Endpoint,
    limits: Limits,
    credentials: Arc<CredentialProvider>,
    report: &mut Report<'_, impl Write>,
) -> io::Result<()> {
    let upstream =
        Upstream::new(endpoint, limits, credentials, Arc::new(Metrics::new(Counter::default())));
    let ask = async |operation: Operation| {
        upstream.query(OutgoingRequest::Unsigned(operation), Locale::En).await
    };
    let page = ListInstancesRequest {
        page_number: Some(1),
        page_size: Some(1),
        ..ListInstancesRequest::default()
    };
    let answer = ask(list_instances(&page)).await;
    let now = clock::now() / 1000;
    let listed = answer.as_ref().map_err(Clone::clone).and_then(list);
    report.add(
        LIST_INSTANCES,
        match &listed {
            Ok(found) => CheckResult::ok(format!("is permitted; there are {found} instances")),
            Err(failure) => refused(LIST_INSTANCES, failure),
        },
    )?;
    // A key that may not list may still ask for one; one that the cloud does not take may nothing.
    let one = match &listed {
        Err(failure) if !is_denial(failure) => CheckResult::skip("ListInstances says why"),
        _ => one(ask(get_instance(UNKNOWN_INSTANCE)).await),
    };
    report.add(GET_INSTANCE, one)?;
    report.add(
        "clock",
        answer
            .map_or_else(|_| CheckResult::skip("no answer came"), |answer| clock(answer.date, now)),
    )
}

/// The result of the check that only a purchase could make.
pub(super) fn buying() -> CheckResult {
    CheckResult::skip(format!(
        "is not tested, since that would buy: the first purchase shows whether the keys may. They need the RAM action \
         {PRODUCT}:{CREATE_INSTANCE}."
    ))
}

/// The number of instances that a response names.
fn list(answer: &UpstreamResponse) -> Result<u64, Failure> {
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    let refused = response::parse_failure(answer.status, body.as_ref(), Locale::En);
    match body.map(ApiResponse::<Vec<Instance>>::from_value) {
        Some(Ok(list)) if answer.status == 200 => Ok(list.total_count.unwrap_or_default()),
        _ => Err(refused),
    }
}

/// Reads the response to a query for an instance that cannot exist.
fn one(answer: Result<UpstreamResponse, Failure>) -> CheckResult {
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) => return refused(GET_INSTANCE, &failure),
    };
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    let failure = response::parse_failure(answer.status, body.as_ref(), Locale::En);
    // The gateway, which does not know instances, says that there is no such API.
    let not_there = failure.status == 404 && !failure.code.starts_with("Invalid");
    if not_there {
        CheckResult::ok(format!(
            "is permitted: of an instance that cannot be, it says {}",
            failure.code
        ))
    } else if is_denial(&failure) {
        refused(GET_INSTANCE, &failure)
    } else {
        CheckResult::warn(format!(
            "answers {} {}: whether it is permitted is not known",
            failure.status, failure.code
        ))
    }
}

fn is_denial(failure: &Failure) -> bool {
    ["Forbidden", "NoPermission"].iter().any(|family| failure.code.starts_with(family))
}

/// The result of a query that was refused. The message of the cloud is left out: it may quote the whole request.
fn refused(action: &str, failure: &Failure) -> CheckResult {
    let next = if is_denial(failure) {
        format!("Grant the RAM user or role of the keys the action {PRODUCT}:{action}.")
    } else if failure.outcome == PurchaseOutcome::NotCreated && !failure.remedy.is_empty() {
        failure.remedy.clone()
    } else {
        RETRY_REMEDY.to_owned()
    };
    let id = failure.request_id.as_deref().map(|id| format!(", request {id}")).unwrap_or_default();
    CheckResult::fail(format!("{} ({}{id}). {next}", failure.code, failure.status))
}

/// Compares the clock of this machine with that of the cloud.
fn clock(there: Option<Timestamp>, here: i64) -> CheckResult {
    let Some(there) = there else {
        return CheckResult::warn("the answer has no date to compare this machine's clock with");
    };
    let off = here - there.unix();
    let way = if off > 0 { "ahead of" } else { "behind" };
    let off = off.abs();
    match off {
        _ if off > DATE_WINDOW => CheckResult::fail(format!(
            "{off} s {way} the cloud's. {}",
            remedy("InvalidTimeStamp", Locale::En)
        )),
        _ if off >= CLOCK_SKEW_WARNING => CheckResult::warn(format!(
            "{off} s {way} the cloud's; from {DATE_WINDOW} s on it refuses everything. Set it, and keep it set with NTP."
        )),
        _ => CheckResult::ok(format!("{off} s off the cloud's")),
    }
}
