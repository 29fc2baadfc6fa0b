//! The core in JavaScript: thin bindings, each a conversion in, one call, and a conversion out. Values cross as plain
//! objects; what is wrong is thrown as a `HavenaskError` (`npm/error.js`).

mod arguments;
mod boundary;
mod client;
mod reading;

use havenask_core::{
    catalog::Catalog,
    operation, rules,
    sign::{self, SignedRequest},
    verify::verify,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use arguments::{CredentialsInput, RequestInput, SignOptions, SignRequestOptions, ValidateOptions};
use boundary::{date_of, from_js, to_js};

pub use client::Client;

/// What the functions take: the TypeScript types are made from these.
pub mod types {
    pub use crate::arguments::{
        ClientOptions, PurchaseOptions, RequestInput, SignOptions, SignRequestOptions,
        ValidateOptions,
    };
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Says everything that is wrong with a request, and what is suspicious in it, sorted by path.
///
/// @param request - of any shape: what it is not is one of the problems.
/// @throws HavenaskError when the options are not what they should be.
#[wasm_bindgen(unchecked_return_type = "Problem[]")]
pub fn validate(
    #[wasm_bindgen(unchecked_param_type = "CreateInstanceRequest | unknown")] request: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ValidateOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let options: ValidateOptions = from_js("options", options)?;
    let locale = options.locale.unwrap_or_default();
    let catalog: Option<Catalog> = options.catalog;
    let options = rules::Options {
        catalog: catalog.as_ref(),
        allow_postpay: options.allow_postpay.unwrap_or_default(),
        locale,
    };
    to_js(&rules::validate(&boundary::input(request)?, &options))
}

/// Signs `CreateInstance`. What the request says is not judged: that is what `validate` is for.
///
/// @throws HavenaskError with `problems` when the request is not of the form that the API has.
#[wasm_bindgen(unchecked_return_type = "SignedRequest")]
pub fn sign(
    #[wasm_bindgen(unchecked_param_type = "CreateInstanceRequest")] request: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "SignOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let date = date_of(options)?;
    let options: SignOptions = from_js("options", options)?;
    let request = boundary::request(request)?;
    let endpoint = options.endpoint()?;
    let stamp = options.stamp(date);
    let signed: SignedRequest = sign::operation(
        operation::create_instance(&request, options.dry_run),
        &endpoint,
        &options.credentials.into(),
        options.algorithm.unwrap_or_default(),
        &stamp,
    );
    to_js(&signed)
}

/// Signs any request to a ROA-style API of Alibaba Cloud. Headers that the signature needs and that are not given are
/// added: host, date, nonce, body hash, STS token.
#[wasm_bindgen(js_name = signRequest, unchecked_return_type = "SignedRequest")]
pub fn sign_request(
    #[wasm_bindgen(unchecked_param_type = "RequestInput")] request: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Credentials")] credentials: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SignRequestOptions")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let body = boundary::body_of(request)?;
    let request: RequestInput = from_js("request", request)?;
    let credentials: CredentialsInput = from_js("credentials", credentials)?;
    let options: SignRequestOptions = from_js("options", options)?;
    let endpoint = request.endpoint()?;
    let signed = sign::request(
        request.into_http(body),
        &endpoint,
        &credentials.into(),
        options.algorithm.unwrap_or_default(),
        options.signed_headers.as_deref(),
        &boundary::stamp(None, None),
    );
    to_js(&signed)
}

/// Looks whether a request is signed with these credentials, as the cloud would, and if not, says why not. Neither date nor
/// nonce is judged.
#[wasm_bindgen(js_name = verifyRequest, unchecked_return_type = "Verification")]
pub fn verify_request(
    #[wasm_bindgen(unchecked_param_type = "RequestInput")] request: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Credentials")] credentials: &JsValue,
) -> Result<JsValue, JsValue> {
    let body = boundary::body_of(request)?;
    let request: RequestInput = from_js("request", request)?;
    let credentials: CredentialsInput = from_js("credentials", credentials)?;
    to_js(&verify(&request.into_http(body), &credentials.into()))
}

/// The version of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    havenask_core::VERSION.to_owned()
}
