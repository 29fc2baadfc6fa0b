//! Plain values of JavaScript, taken apart without trust: getters may throw, proxies may lie, objects may hold themselves.

use havenask_core::{Input, Mismatch, input::MAX_DEPTH};
use js_sys::{Array, BigInt, Reflect};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Object, catch)]
    fn keys(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// The largest whole number to which all smaller ones are exact, as JavaScript names it.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What a value of JavaScript says. Only what cannot be looked at is an error.
pub fn input(value: &JsValue) -> Result<Input, Mismatch> {
    read(value, 0)
}

fn read(value: &JsValue, depth: u8) -> Result<Input, Mismatch> {
    if let Some(text) = value.as_string() {
        return Ok(Input::Text(text));
    }
    if let Some(number) = value.as_f64() {
        return Ok(integer(number).map_or(Input::OtherNumber, Input::Integer));
    }
    if let Some(value) = value.as_bool() {
        return Ok(Input::Bool(value));
    }
    if value.is_undefined() || value.is_null() {
        return Ok(Input::Null);
    }
    if let Some(number) = value.dyn_ref::<BigInt>() {
        let number = i64::try_from(number.clone()).ok();
        return Ok(number.map_or(Input::OtherNumber, Input::Integer));
    }
    if depth == MAX_DEPTH {
        return Err(refused("it is nested too deeply, or holds itself"));
    }
    if is_array(value).map_err(|_| unreadable())? {
        return list(value, depth + 1);
    }
    if is_plain(value)? { object(value, depth + 1) } else { Ok(Input::Foreign) }
}

fn list(value: &JsValue, depth: u8) -> Result<Input, Mismatch> {
    let length = Reflect::get(value, &"length".into()).ok().and_then(|it| it.as_f64());
    let length = length.and_then(integer).and_then(|it| u32::try_from(it).ok());
    let items = (0..length.ok_or_else(unreadable)?).map(|index| {
        let item = Reflect::get_u32(value, index).map_err(|_| unreadable());
        item.and_then(|item| read(&item, depth)).map_err(|it| it.at(&index.to_string()))
    });
    items.collect::<Result<_, _>>().map(Input::List)
}

fn object(value: &JsValue, depth: u8) -> Result<Input, Mismatch> {
    let names = keys(value).map_err(|_| unreadable())?;
    let fields = names.iter().map(|key| {
        let name = key.as_string().unwrap_or_default();
        let field = Reflect::get(value, &key).map_err(|_| unreadable());
        match field.and_then(|field| read(&field, depth)) {
            Ok(field) => Ok((name, field)),
            Err(mismatch) => Err(mismatch.at(&name)),
        }
    });
    fields.collect::<Result<_, _>>().map(Input::Object)
}

/// Whether it is an object of no class: its prototype is `Object.prototype`, of any realm, or none.
fn is_plain(value: &JsValue) -> Result<bool, Mismatch> {
    if !value.is_object() {
        return Ok(false);
    }
    let prototype = |of: &JsValue| Reflect::get_prototype_of(of).map(JsValue::from);
    let prototype_of = prototype(value).map_err(|_| unreadable())?;
    Ok(prototype_of.is_null() || prototype(&prototype_of).is_ok_and(|it| it.is_null()))
}

#[allow(clippy::cast_possible_truncation, reason = "checked to be whole and small enough")]
fn integer(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER).then_some(number as i64)
}

fn unreadable() -> Mismatch {
    refused("it cannot be read")
}

fn refused(message: &str) -> Mismatch {
    Mismatch { path: String::new(), message: message.to_owned() }
}
