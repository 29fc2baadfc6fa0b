//! Parameters of requests.

use axum::http::header;
use havenask_core::{
    Locale,
    model::ListInstancesRequest,
    operation::DRY_RUN,
    pricing::{MAX_PRICE, MONEY_PATTERN},
    proxy_api::REGION,
    purchase::{
        IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_PATTERN, MAX_NO_REPEAT, MAX_TERMS_URL, NEXT_TOKEN,
        NO_REPEAT, TERMS, TERMS_URL_PATTERN,
    },
};
use serde_json::{Value, json};

use super::{media_types::JSON, schemas::Schemas};

/// A parameter that several operations share.
pub(super) const LANGUAGE: &str = "language";

/// The parameters that several operations share, by name.
pub(super) fn shared() -> Value {
    let tags = [Locale::En, Locale::Zh].map(Locale::tag);
    json!({
        (LANGUAGE): {
            "name": header::ACCEPT_LANGUAGE.as_str(),
            "in": "header",
            "description": "The language of messages.",
            "schema": { "type": "string", "examples": tags },
        },
    })
}

/// A shared parameter.
pub(super) fn language() -> Value {
    json!({ "$ref": format!("#/components/parameters/{LANGUAGE}") })
}

/// The header that tells one purchase from another.
pub(super) fn idempotency_key() -> Value {
    json!({
        "name": IDEMPOTENCY_KEY,
        "in": "header",
        "required": true,
        "description": "Tells this purchase from every other. Make one for each purchase, and send the same one when you try \
                        the same purchase again: it is bought once at most, and answered as before.",
        "schema": key(),
    })
}

/// The header that keeps an order from being bought again.
pub(super) fn no_repeat() -> Value {
    json!({
        "name": NO_REPEAT,
        "in": "header",
        "description": "Seconds. When you have bought the same within them, with whatever key, or are about to, or nobody knows, \
                        nothing is sent: the answer is OrderRepeated, and names the earlier purchase. 0 buys it again.",
        "schema": { "type": "integer", "minimum": 0, "maximum": MAX_NO_REPEAT, "default": 0 },
    })
}

/// The bound of a purchase.
pub(super) fn max_price() -> Value {
    json!({
        "name": MAX_PRICE,
        "in": "header",
        "description": "The most that the purchase may cost. It is quoted just before it is sent; above the bound nothing is sent, and \
                        the answer is PriceChanged, with the new quote; without a price it is PriceUnknown.",
        "schema": { "type": "string", "pattern": MONEY_PATTERN },
        "example": "CNY 1234.50",
    })
}

/// The terms that the buyer has accepted.
pub(super) fn terms() -> Value {
    json!({
        "name": TERMS,
        "in": "header",
        "description": "The address of the terms that the buyer has accepted. It is recorded with the purchase. Where /config.json has a \
                        termsUrl, a purchase without that very address is refused as TermsNotAccepted.",
        "schema": { "type": "string", "pattern": TERMS_URL_PATTERN, "maxLength": MAX_TERMS_URL },
        "example": "https://shop.example/terms",
    })
}

/// The same key in an address.
pub(super) fn key_in_path() -> Value {
    json!({
        "name": "key",
        "in": "path",
        "required": true,
        "description": "The idempotency key of the purchase.",
        "schema": key(),
    })
}

/// The region of a request.
pub(super) fn region(regions: &[&str]) -> Value {
    json!({
        "name": REGION,
        "in": "query",
        "description": "One of the regions in /config.json, whose endpoint is asked; the first of them when it is left out.",
        "schema": { "type": "string", "enum": regions },
    })
}

/// The place of the next page of purchases.
pub(super) fn next_token() -> Value {
    // The time of the last purchase and its key.
    let pattern = format!("^[0-9]{{1,18}}\\.{}", IDEMPOTENCY_KEY_PATTERN.trim_start_matches('^'));
    json!({
        "name": NEXT_TOKEN,
        "in": "query",
        "description": "The `nextToken` of the page before.",
        "schema": { "type": "string", "pattern": pattern },
    })
}

fn key() -> Value {
    json!({ "type": "string", "pattern": IDEMPOTENCY_KEY_PATTERN })
}

/// The id of an instance in an address.
pub(super) fn id_in_path() -> Value {
    json!({
        "name": "id",
        "in": "path",
        "required": true,
        "description": "The id of the instance.",
        "schema": { "type": "string", "minLength": 1 },
    })
}

/// The host that a relayed request is signed for.
pub(super) fn host_in_path() -> Value {
    json!({
        "name": "host",
        "in": "path",
        "required": true,
        "description": "The host that the request is signed for: that of the proxy's endpoint.",
        "schema": { "type": "string", "minLength": 1 },
    })
}

/// The parameter of a dry run.
pub(super) fn dry_run() -> Value {
    json!({
        "name": DRY_RUN,
        "in": "query",
        "description": "Checks and builds the request, shows it, and sends nothing.",
        "schema": { "type": "boolean", "default": false },
    })
}

/// The parameters of a list.
pub(super) fn of_list(schemas: &mut Schemas) -> impl Iterator<Item = Value> {
    schemas.properties::<ListInstancesRequest>().into_iter().map(|(name, mut schema)| {
        let description = schema.as_object_mut().and_then(|it| it.remove("description"));
        // A parameter that is not set is left out: it cannot be null.
        let kind = schema["type"].as_array().and_then(|kinds| kinds.first()).cloned();
        schema["type"] = kind.unwrap_or_default();
        let mut parameter = json!({ "name": name, "in": "query", "description": description });
        if schema["type"] == "array" {
            parameter["content"] = json!({ (JSON): { "schema": schema } });
        } else {
            parameter["schema"] = schema;
        }
        parameter
    })
}
