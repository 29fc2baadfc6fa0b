//! Errors as JavaScript sees them: a `HavenaskError`.

use havenask_core::{ErrorCode, Failure, Locale, strings};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./error.js")]
extern "C" {
    /// Makes a `HavenaskError` of the JSON of a `Failure`.
    #[wasm_bindgen(js_name = havenaskError)]
    fn havenask_error(failure: &str) -> JsValue;
}

/// Throws a failure.
#[allow(clippy::needless_pass_by_value, reason = "it is the end of the failure")]
pub(crate) fn throw(failure: Failure) -> JsValue {
    havenask_error(&failure.to_json())
}

/// An argument, or the place in it, is not what the function takes.
#[cold]
pub(crate) fn invalid_argument(place: &str, message: &str) -> JsValue {
    let message = strings::concat(&[place, ": ", message]);
    throw(Failure { message, ..Failure::new(ErrorCode::InvalidArgument, Locale::En) })
}
