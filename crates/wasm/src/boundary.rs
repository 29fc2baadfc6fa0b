//! Conversions at the boundary, and errors that are real `Error`s on the other side.

use havenask_core::{
    Failure, Fault, FromInput, Input, Locale, Mismatch, Stamp, Timestamp,
    model::CreateInstanceRequest, rules,
};
use js_sys::{Date, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen(raw_module = "./error.js")]
extern "C" {
    /// Makes a `HavenaskError` of a `Failure`.
    #[wasm_bindgen(js_name = havenaskError)]
    fn havenask_error(failure: JsValue) -> JsValue;
}

/// Throws a failure.
#[allow(clippy::needless_pass_by_value, reason = "it is the end of the failure")]
pub(crate) fn throw(failure: Failure) -> JsValue {
    havenask_error(to_js(&failure).unwrap_or_default())
}

/// Throws what is wrong with an argument.
pub(crate) fn fail(message: &str) -> JsValue {
    let failure = Failure::of(Fault::InvalidArgument, Locale::En);
    throw(Failure { message: message.to_owned(), ..failure })
}

/// An argument from JavaScript; nothing at all is an empty object. A field that does not exist is refused.
pub(crate) fn from_js<T: FromInput>(name: &str, value: &JsValue) -> Result<T, JsValue> {
    let input = havenask_client::input(value).map(|input| match input {
        Input::Null => Input::Object(Vec::new()),
        input => input,
    });
    input.and_then(T::from_input).map_err(|mismatch| refused(name, &mismatch))
}

/// A value of any shape.
pub(crate) fn input(value: &JsValue) -> Result<Input, JsValue> {
    havenask_client::input(value).map_err(|mismatch| refused("request", &mismatch))
}

fn refused(name: &str, mismatch: &Mismatch) -> JsValue {
    fail(&[name, &mismatch.path, ": ", &mismatch.message].concat())
}

/// A plain object for JavaScript.
pub(crate) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serialised = value.serialize(&Serializer::json_compatible());
    serialised.map_err(JsValue::from)
}

/// The request that a value says; its problems are thrown.
pub(crate) fn request(value: &JsValue) -> Result<CreateInstanceRequest, JsValue> {
    let read = rules::read(&input(value)?, Locale::En);
    read.map_err(|problems| throw(Failure::invalid_request(problems, Locale::En)))
}

/// The field `date` of the options: a `Date`, or a text.
pub(crate) fn date_of(options: &JsValue) -> Result<Option<Timestamp>, JsValue> {
    let value = field(options, "date")?;
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let parsed = match value.as_string() {
        Some(text) => Timestamp::parse(&text),
        None => value.dyn_ref::<Date>().and_then(timestamp),
    };
    let wrong = "options/date: no date; give a Date, or a text such as 2026-03-01T08:00:00Z";
    parsed.map(Some).ok_or_else(|| fail(wrong))
}

/// The field `body` of a request: text, or bytes.
pub(crate) fn body_of(request: &JsValue) -> Result<Vec<u8>, JsValue> {
    let value = field(request, "body")?;
    if value.is_undefined() || value.is_null() {
        return Ok(Vec::new());
    }
    match (value.as_string(), value.dyn_ref::<Uint8Array>()) {
        (Some(text), _) => Ok(text.into_bytes()),
        (None, Some(bytes)) => Ok(bytes.to_vec()),
        (None, None) => Err(fail("request/body: text or a Uint8Array is needed")),
    }
}

/// A date and a nonce: the given ones, or now and a random one.
pub(crate) fn stamp(date: Option<Timestamp>, nonce: Option<String>) -> Stamp {
    let now = || timestamp(&Date::new_0()).unwrap_or(Timestamp::from_unix(0));
    Stamp { date: date.unwrap_or_else(now), nonce: nonce.unwrap_or_else(havenask_client::nonce) }
}

/// A field of an object that serde does not read.
pub(crate) fn field(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    if !object.is_object() {
        return Ok(JsValue::UNDEFINED);
    }
    Reflect::get(object, &name.into())
        .map_err(|_| fail(&["/", name, ": it cannot be read"].concat()))
}

fn timestamp(date: &Date) -> Option<Timestamp> {
    let milliseconds = date.get_time();
    #[allow(clippy::cast_possible_truncation, reason = "a Date holds at most 8.64e15")]
    (!milliseconds.is_nan()).then(|| Timestamp::from_unix((milliseconds / 1000.0).floor() as i64))
}
