//! Operations of the API.

use havenask_core::{
    ErrorCode,
    catalog::Catalog,
    instance::Instance,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle},
    operation::INSTANCES,
    pricing::{QUOTES, Quote},
    purchase::{IDEMPOTENCY_KEY, PURCHASES, PurchaseList, PurchaseProgress},
    response::{ApiResponse, DryRun, NewInstance},
};
use schemars::Schema;
use serde_json::{Value, json};

use super::{media_types::JSON, parameters, responses::Responses, schemas::Schemas};
use crate::{
    http::{page_config::PageConfig, paths},
    metrics,
};

/// Errors of the admission.
const ADMISSION: [ErrorCode; 3] =
    [ErrorCode::OriginNotAllowed, ErrorCode::Unauthorized, ErrorCode::TooManyRequests];
/// Errors of the account and the region of a request.
const PLACE: [ErrorCode; 3] =
    [ErrorCode::RegionNotServed, ErrorCode::AccountNotConfigured, ErrorCode::AccountUnavailable];
/// Errors of the way to the cloud.
const UPSTREAM: [ErrorCode; 3] = [
    ErrorCode::UpstreamUnreachable,
    ErrorCode::UpstreamTimeout,
    ErrorCode::UpstreamResponseUnreadable,
];
/// Errors of a purchase.
const PURCHASE: [ErrorCode; 27] = [
    ErrorCode::QueryUnknown,
    ErrorCode::ContentTypeNotJson,
    ErrorCode::IdempotencyKeyMissing,
    ErrorCode::IdempotencyKeyMalformed,
    ErrorCode::IdempotencyKeyReused,
    ErrorCode::NoRepeatMalformed,
    ErrorCode::OrderRepeated,
    ErrorCode::TermsMalformed,
    ErrorCode::TermsNotAccepted,
    ErrorCode::MaxPriceMalformed,
    ErrorCode::PriceChanged,
    ErrorCode::PriceUnknown,
    ErrorCode::PriceAboveLimit,
    ErrorCode::BudgetExceeded,
    ErrorCode::BodyIncomplete,
    ErrorCode::BodyTooLarge,
    ErrorCode::BodyTimeout,
    ErrorCode::BodyNotJson,
    ErrorCode::InvalidRequest,
    ErrorCode::TagReserved,
    ErrorCode::PurchaseNotAllowed,
    ErrorCode::TooManyPurchases,
    ErrorCode::LedgerUnavailable,
    ErrorCode::LedgerUnreadable,
    ErrorCode::PurchaseInFlight,
    ErrorCode::PurchaseUnknown,
    ErrorCode::PurchaseNotCreated,
];

/// Operations behind authentication: path, method, operation.
pub(super) fn api(schemas: &mut Schemas, regions: &[&str]) -> [(String, &'static str, Value); 6] {
    let regional = |mut operation: Value| {
        if let Some(parameters) = operation["parameters"].as_array_mut()
            && !regions.is_empty()
        {
            parameters.push(parameters::region(regions));
        }
        operation
    };
    [
        (INSTANCES.to_owned(), "post", regional(create(schemas, &PLACE))),
        (INSTANCES.to_owned(), "get", regional(list(schemas, &PLACE))),
        (QUOTES.to_owned(), "post", regional(quote(schemas))),
        (paths::instance(), "get", regional(one(schemas, &PLACE))),
        (PURCHASES.to_owned(), "get", purchases(schemas)),
        (paths::purchase(), "get", purchase(schemas)),
    ]
}

/// The same operations for requests that a page has signed.
pub(super) fn relayed(schemas: &mut Schemas) -> [(String, &'static str, Value); 3] {
    let more = [ErrorCode::SignedRequestInvalid];
    let all = paths::relayed(INSTANCES);
    [
        (all.clone(), "post", create(schemas, &more)),
        (all, "get", list(schemas, &more)),
        (paths::relayed(&paths::instance()), "get", one(schemas, &more)),
    ]
    .map(|(path, method, mut operation)| {
        let id = operation["operationId"].as_str().unwrap_or_default();
        operation["operationId"] = format!("{id}Signed").into();
        operation["summary"] = format!(
            "{}: signed by the page, with an STS credential",
            operation["summary"].as_str().unwrap_or_default()
        )
        .into();
        if let Some(parameters) = operation["parameters"].as_array_mut() {
            parameters.push(parameters::host_in_path());
        }
        (path, method, operation)
    })
}

fn create(schemas: &mut Schemas, more: &[ErrorCode]) -> Value {
    let request = schemas.input::<CreateInstanceRequest>();
    let answers = [schemas.output::<ApiResponse<NewInstance>>(), schemas.output::<DryRun>()];
    let success = "The instance is bought, or what a dry run would have sent.";
    let responses = Responses::success(success, JSON, json!({ "oneOf": answers }))
        .cloud(schemas)
        .faults(&[&ADMISSION[..], &PURCHASE, &UPSTREAM, more].concat(), schemas)
        .of_a_purchase()
        .links(json!({
            "instance": {
                "operationId": "getInstance",
                "parameters": { "id": "$response.body#/result/instanceId" },
            },
            "purchase": {
                "operationId": "getPurchase",
                "parameters": { "key": format!("$request.header.{IDEMPOTENCY_KEY}") },
            },
        }));
    json!({
        "operationId": "createInstance",
        "summary": "Buys an instance",
        "parameters": [
            parameters::idempotency_key(), parameters::no_repeat(), parameters::max_price(),
            parameters::terms(), parameters::dry_run(), parameters::language(),
        ],
        "requestBody": order(&request),
        "responses": Value::from(responses),
    })
}

/// Errors of an order, before the ledger is asked.
const ORDER: [ErrorCode; 8] = [
    ErrorCode::QueryUnknown,
    ErrorCode::ContentTypeNotJson,
    ErrorCode::BodyIncomplete,
    ErrorCode::BodyTooLarge,
    ErrorCode::BodyTimeout,
    ErrorCode::BodyNotJson,
    ErrorCode::InvalidRequest,
    ErrorCode::PurchaseNotAllowed,
];

fn quote(schemas: &mut Schemas) -> Value {
    let request = schemas.input::<CreateInstanceRequest>();
    let success = "The price, or why there is none.";
    let responses = Responses::success(success, JSON, schemas.output::<Quote>())
        .faults(&[&ADMISSION[..], &PLACE, &ORDER].concat(), schemas);
    json!({
        "operationId": "createQuote",
        "summary": "Tells what an order would cost",
        "parameters": [parameters::language()],
        "requestBody": order(&request),
        "responses": Value::from(responses),
    })
}

fn order(schema: &Schema) -> Value {
    json!({ "required": true, "content": { (JSON): { "schema": schema, "example": example() } } })
}

fn example() -> CreateInstanceRequest {
    let (duration, pricing_cycle) = (Some(1), Some(PricingCycle::Month));
    CreateInstanceRequest {
        charge_type: Some(ChargeType::Prepay),
        components: Some(vec![Component::new("searcherdocsize", "200")]),
        order: Some(Order { duration, pricing_cycle, auto_renew: None }),
        ..CreateInstanceRequest::default()
    }
}

fn list(schemas: &mut Schemas, more: &[ErrorCode]) -> Value {
    let page = schemas.output::<ApiResponse<Vec<Instance>>>();
    let mut parameters: Vec<_> = parameters::of_list(schemas).collect();
    parameters.push(parameters::language());
    let responses = Responses::success("A page of the instances.", JSON, page)
        .cloud(schemas)
        .faults(&[&ADMISSION[..], &[ErrorCode::QueryUnknown], &UPSTREAM, more].concat(), schemas);
    operation("listInstances", "Lists the instances", &parameters, responses)
}

fn one(schemas: &mut Schemas, more: &[ErrorCode]) -> Value {
    let parameters = [parameters::id_in_path(), parameters::language()];
    let faults = [ErrorCode::NotFound, ErrorCode::QueryUnknown];
    let instance = schemas.output::<ApiResponse<Instance>>();
    let responses = Responses::success("The instance, as the cloud describes it.", JSON, instance)
        .cloud(schemas)
        .faults(&[&ADMISSION[..], &faults, &UPSTREAM, more].concat(), schemas);
    operation("getInstance", "Shows an instance", &parameters, responses)
}

fn purchases(schemas: &mut Schemas) -> Value {
    let parameters = [parameters::next_token(), parameters::language()];
    let faults = [ErrorCode::QueryUnknown, ErrorCode::LedgerUnreadable];
    let list = schemas.output::<PurchaseList>();
    let responses = Responses::success("A page of the purchases of the caller.", JSON, list)
        .faults(&[&ADMISSION[..], &faults].concat(), schemas);
    operation("listPurchases", "Lists the purchases, the newest first", &parameters, responses)
}

fn purchase(schemas: &mut Schemas) -> Value {
    let parameters = [parameters::key_in_path(), parameters::language()];
    let faults = [ErrorCode::NotFound, ErrorCode::LedgerUnreadable];
    let responses =
        Responses::success("How far the purchase is.", JSON, schemas.output::<PurchaseProgress>())
            .faults(&[&ADMISSION[..], &faults].concat(), schemas);
    operation("getPurchase", "Tells how far a purchase is", &parameters, responses)
}

/// Operations without authentication: path and operation.
pub(super) fn open(schemas: &mut Schemas) -> [(&'static str, Value); 6] {
    let settings =
        Responses::success("What a page must know.", JSON, schemas.output::<PageConfig>());
    let catalog = schemas.output::<Catalog>();
    let catalog = Responses::success("A catalogue, or a sample of one.", JSON, catalog);
    let document = json!({ "type": "object", "required": ["openapi", "info", "paths"] });
    let document = Responses::success("OpenAPI 3.1.", JSON, document);
    let metrics =
        Responses::success("OpenMetrics.", metrics::MEDIA_TYPE, json!({ "type": "string" }));
    let [settings, catalog, document, metrics] = [settings, catalog, document, metrics]
        .map(|responses| responses.faults(&[ErrorCode::OriginNotAllowed], schemas));
    let of = |id, summary, responses| operation(id, summary, &[], responses);
    [
        (paths::CONFIG, of("getConfig", "Tells the page about this proxy", settings)),
        (paths::CATALOG, of("getCatalog", "What is sold", catalog)),
        (paths::DOCUMENT, of("getDocument", "This document", document)),
        (paths::HEALTH, of("getHealth", "Whether it runs", Responses::text("It runs."))),
        (
            paths::READY,
            of(
                "getReadiness",
                "Whether it can buy",
                Responses::text("It can.").unready("It cannot, and this is why."),
            ),
        ),
        (paths::METRICS, of("getMetrics", "Counts for Prometheus", metrics)),
    ]
}

fn operation(id: &str, summary: &str, parameters: &[Value], responses: Responses) -> Value {
    json!({
        "operationId": id,
        "summary": summary,
        "parameters": parameters,
        "responses": Value::from(responses),
    })
}
