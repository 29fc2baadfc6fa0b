//! The two halves of `Client`: what is asked, and what the answer is. The sending between them is JavaScript's.

#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public, wherever it stands")]

use alloc::string::String;

use havenask_core::{
    ErrorCode, FromValue, Locale, PurchaseOutcome, Value, operation,
    pricing::{Money, Quote},
    proxy_api::{self, ProxyApi, PurchaseHeaders, ResponseKind},
    purchase::{IdempotencyKey, MAX_NO_REPEAT},
    response::{ApiResponse, DryRun, NewInstance},
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    arguments::{ClientOptions, PurchaseArguments, QuoteOptions, request},
    decode::Decoder,
    error::{invalid_argument, throw},
};

/// Looks at the options of a client.
#[wasm_bindgen(js_name = checkClientOptions)]
pub fn check_client_options(arguments: &[u8]) -> Result<(), JsValue> {
    proxy(&mut Decoder::new(arguments)).map(|_| ())
}

/// The request that puts a purchase to the proxy, as JSON: client options, request, purchase options.
#[wasm_bindgen(js_name = purchaseRequest)]
pub fn purchase_request(arguments: &[u8]) -> Result<String, JsValue> {
    let mut values = Decoder::new(arguments);
    let proxy = proxy(&mut values)?;
    let request = request(&mut values)?;
    let options: PurchaseArguments = values.argument("options")?;
    if !IdempotencyKey::is_valid(&options.idempotency_key) {
        let form = "8 to 64 letters, digits, hyphens and underscores are needed";
        return Err(invalid_argument("options/idempotencyKey", form));
    }
    let no_repeat = match options.no_repeat.map(u32::try_from) {
        None => None,
        Some(Ok(seconds)) if seconds <= MAX_NO_REPEAT => Some(seconds),
        Some(_) => {
            let message = "0 to 31622400 whole seconds are needed";
            return Err(invalid_argument("options/noRepeat", message));
        }
    };
    let max_price = options.max_price.as_deref();
    if max_price.is_some_and(|text| Money::parse(text).is_none()) {
        let message = "an amount is needed, as CNY 1234.50";
        return Err(invalid_argument("options/maxPrice", message));
    }
    let operation = operation::create_instance(&request, options.dry_run);
    let headers = PurchaseHeaders {
        idempotency_key: &options.idempotency_key,
        no_repeat,
        max_price,
        terms: options.terms.as_deref(),
    };
    Ok(proxy.in_region(options.region).request(operation, Some(headers)).to_json())
}

/// The request that asks the proxy for a price, as JSON: client options, request, options.
#[wasm_bindgen(js_name = quoteRequest)]
pub fn quote_request(arguments: &[u8]) -> Result<String, JsValue> {
    let mut values = Decoder::new(arguments);
    let proxy = proxy(&mut values)?;
    let request = request(&mut values)?;
    let options: QuoteOptions = values.argument("options")?;
    Ok(proxy.in_region(options.region).quote_request(&request).to_json())
}

/// Tests that the body of an answer is what was asked for, and not a failure that the proxy tells: client options, status,
/// the name of the question (`dry-run`, `quote`, or a purchase), body. Anything else is thrown.
#[wasm_bindgen(js_name = classifyResponse)]
pub fn classify_response(arguments: &[u8]) -> Result<bool, JsValue> {
    let mut values = Decoder::new(arguments);
    let proxy = proxy(&mut values)?;
    let status = u16::try_from(values.argument::<i64>("status")?).unwrap_or_default();
    let question: String = values.argument("question")?;
    let (success, outcome) = match question.as_str() {
        "dry-run" => (DryRun::SCHEMA, PurchaseOutcome::Unknown),
        "quote" => (Quote::SCHEMA, PurchaseOutcome::NotCreated),
        _ => (ApiResponse::<NewInstance>::SCHEMA, PurchaseOutcome::Unknown),
    };
    // A body that cannot be read, being nested too deeply for one thing, is no answer.
    let body = values.value("body").unwrap_or(Value::Null);
    match proxy_api::classify(status, &body, success) {
        Some(ResponseKind::Success) if question == "quote" && !Quote::is_whole(&body) => {
            Err(throw(proxy.unexpected_response(status, outcome)))
        }
        Some(kind) => Ok(kind == ResponseKind::Success),
        None => Err(throw(proxy.unexpected_response(status, outcome))),
    }
}

/// No answer came: client options, whether the caller gave up, whether a purchase was sent.
#[wasm_bindgen(js_name = networkFailure)]
pub fn network_failure(arguments: &[u8]) -> Result<(), JsValue> {
    let mut values = Decoder::new(arguments);
    let proxy = proxy(&mut values)?;
    let aborted: bool = values.argument("aborted")?;
    let sent: bool = values.argument("sent")?;
    let failure = if aborted {
        proxy.failure(ErrorCode::Aborted)
    } else if sent {
        proxy.failure(ErrorCode::NetworkError)
    } else {
        proxy.failure(ErrorCode::ProxyUnreachable)
    };
    let failure = if sent { failure } else { proxy.not_sent(failure) };
    Err(throw(failure))
}

/// An argument that only JavaScript can judge: its place, and what is wrong with it.
#[wasm_bindgen(js_name = invalidArgument)]
pub fn throw_invalid_argument(arguments: &[u8]) -> Result<(), JsValue> {
    let mut values = Decoder::new(arguments);
    let place: String = values.argument("place")?;
    let message: String = values.argument("message")?;
    Err(invalid_argument(&place, &message))
}

fn proxy(values: &mut Decoder<'_>) -> Result<ProxyApi, JsValue> {
    let options: ClientOptions = values.argument("options")?;
    // Of one that is no header, a host might make an error that quotes it.
    let is_token = |token: &String| token.bytes().all(|byte| byte.is_ascii_graphic());
    if !options.token.as_ref().is_none_or(is_token) {
        return Err(invalid_argument("options/token", "visible ASCII is needed"));
    }
    let proxy = ProxyApi::new(options.endpoint, options.locale.unwrap_or(Locale::En));
    Ok(proxy.with_token(options.token))
}
