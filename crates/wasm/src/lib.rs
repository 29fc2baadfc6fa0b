//! The core in JavaScript. The entry files of the package, in `npm/`, give these functions their names and types; here is
//! what they call.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod arguments;
mod client;
mod decode;
mod error;
mod host;
mod signed_text;

use alloc::{string::String, vec::Vec};

use havenask_core::{
    Credentials, Problem, operation, rules, samples, sign, sign::sendable, strings, verify,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use arguments::{
    RequestInput, SamplesOptions, SignOptions, SignRequestOptions, ValidateOptions, endpoint,
    request,
};
use decode::Decoder;
use error::invalid_argument;

/// Arguments of the functions: the TypeScript types are made from these.
pub mod types {
    pub use crate::arguments::{
        ClientOptions, PurchaseArguments, QuoteOptions, RequestInput, SamplesOptions, SignOptions,
        SignRequestOptions, ValidateOptions,
    };
}

/// `validate(request, options)`: the problems.
#[wasm_bindgen]
pub fn validate(arguments: &[u8]) -> Result<String, JsValue> {
    let mut values = Decoder::new(arguments);
    let input = values.value("request")?;
    let options: ValidateOptions = values.argument("options")?;
    let options = rules::Options {
        catalog: options.catalog.as_ref(),
        allow_postpay: options.allow_postpay.unwrap_or_default(),
        locale: options.locale.unwrap_or_default(),
    };
    let mut problems = String::new();
    Problem::list(&mut problems, &rules::validate(&input, &options));
    Ok(problems)
}

/// `sign(request, options)`: `CreateInstance`, signed. The request is not validated: `validate` does that.
#[wasm_bindgen]
pub fn sign(arguments: Vec<u8>) -> Result<String, JsValue> {
    let arguments = Zeroizing::new(arguments);
    let mut values = Decoder::new(&arguments);
    let request = request(&mut values)?;
    let options: SignOptions = values.argument("options")?;
    let endpoint = endpoint(options.endpoint.as_deref(), options.region.as_deref())?;
    let operation = operation::create_instance(&request, options.dry_run);
    let algorithm = options.algorithm.unwrap_or_default();
    let context = host::signing_context(options.date, options.nonce);
    let credentials = options.credentials;
    Ok(signed_text::encode(&sign::operation(
        operation,
        &endpoint,
        &credentials,
        algorithm,
        &context,
    )))
}

/// `signRequest(request, credentials, options)`: any request, signed.
#[wasm_bindgen(js_name = signRequest)]
pub fn sign_request(arguments: Vec<u8>) -> Result<String, JsValue> {
    let arguments = Zeroizing::new(arguments);
    let mut values = Decoder::new(&arguments);
    let request: RequestInput = values.argument("request")?;
    let credentials: Credentials = values.argument("credentials")?;
    let options: SignRequestOptions = values.argument("options")?;
    let endpoint = request.endpoint()?;
    sendable::check(&request.method, &request.path, &request.headers)
        .map_err(|it| invalid_argument(&strings::concat(&["request/", &it.place]), it.message))?;
    for (index, name) in options.signed_headers.iter().flatten().enumerate() {
        let refused = |message| {
            invalid_argument(
                &strings::concat(&["options/signedHeaders/", &strings::usize_to_string(index)]),
                message,
            )
        };
        if !sendable::is_token(name) {
            return Err(refused(sendable::NO_TOKEN));
        }
        let is_it = |(known, _): &(String, String)| known.eq_ignore_ascii_case(name);
        // Those of the signer are added by it.
        let of_signer = name.eq_ignore_ascii_case("host")
            || name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("x-acs-"));
        if !of_signer && !request.headers.iter().any(is_it) {
            return Err(refused("a header of the request is needed"));
        }
    }
    Ok(signed_text::encode(&sign::request(
        request.into(),
        &endpoint,
        &credentials,
        options.algorithm.unwrap_or_default(),
        options.signed_headers.as_deref(),
        &host::signing_context(None, None),
    )))
}

/// `verifyRequest(request, credentials)`: whether it is signed with them.
#[wasm_bindgen(js_name = verifyRequest)]
pub fn verify_request(arguments: Vec<u8>) -> Result<String, JsValue> {
    let arguments = Zeroizing::new(arguments);
    let mut values = Decoder::new(&arguments);
    let request: RequestInput = values.argument("request")?;
    let credentials: Credentials = values.argument("credentials")?;
    Ok(verify::verify(&request.into(), &credentials).to_json())
}

/// `samples(request, options)`: the request as code.
#[wasm_bindgen]
pub fn samples(arguments: &[u8]) -> Result<String, JsValue> {
    let mut values = Decoder::new(arguments);
    let request = request(&mut values)?;
    let options: SamplesOptions = values.argument("options")?;
    let endpoint = endpoint(options.endpoint.as_deref(), options.region.as_deref())?;
    Ok(samples::render(&request, &endpoint, options.language))
}

/// The version of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    havenask_core::VERSION.into()
}
