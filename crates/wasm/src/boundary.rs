//! How a call comes in and goes out. Arguments arrive as [`Values`]; an answer leaves as one text, which the entry files of
//! the package take apart; an error leaves as a `HavenaskError`.

use alloc::string::String;

use havenask_core::{
    ErrorCode, Failure, Locale, SignedRequest, model::CreateInstanceRequest, rules,
    sign::CanonicalRequest, strings,
};
use wasm_bindgen::prelude::*;

use crate::values::Values;

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
pub(crate) fn wrong(place: &str, message: &str) -> JsValue {
    let message = strings::concat(&[place, ": ", message]);
    throw(Failure { message, ..Failure::new(ErrorCode::InvalidArgument, Locale::En) })
}

/// The request that the next argument says.
pub(crate) fn request(values: &mut Values<'_>) -> Result<CreateInstanceRequest, JsValue> {
    let read = rules::parse(&values.input("request")?, Locale::En);
    read.map_err(|problems| throw(Failure::invalid_request(problems, Locale::En)))
}

/// A signed request as `npm/signed.js` takes it apart: the lengths of its texts as JavaScript counts them, and the texts
/// themselves. A length that is not there stands for a text that is not there: a body of bytes, which the caller has.
pub(crate) fn signed(signed: &SignedRequest) -> String {
    let body = core::str::from_utf8(&signed.body).ok();
    let canonical_request = signed.canonical_request.as_ref().map(CanonicalRequest::as_str);
    let mut lengths = String::with_capacity(4096);
    let mut texts = String::with_capacity(4096);
    let mut add = |text: Option<&str>| {
        if let Some(text) = text {
            strings::push_u64(&mut lengths, units(text) as u64, 1);
            texts.push_str(text);
        }
        lengths.push(',');
    };
    add(Some(&signed.method));
    add(Some(&signed.url));
    add(body);
    add(canonical_request);
    add(Some(signed.string_to_sign.as_str()));
    add(Some(signed.signature.as_str()));
    add(Some(&signed.authorization));
    for (name, value) in &signed.headers {
        add(Some(name));
        add(Some(value));
    }
    lengths.push('\n');
    lengths.push_str(&texts);
    lengths
}

/// The length of a text in JavaScript.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}
