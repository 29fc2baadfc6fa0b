//! A value of JavaScript as the core reads it. `serde-wasm-bindgen` would do it too, with errors that print numbers of every
//! kind: 20 kB of the page.

use havenask_core::{Value, json::MAX_DEPTH};
use js_sys::{Array, Number, Object};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a result of `JSON.parse`; `None` when it nests too deeply.
pub fn read(value: &JsValue) -> Option<Value<'static>> {
    at_depth(value, 0)
}

fn at_depth(value: &JsValue, depth: u8) -> Option<Value<'static>> {
    if let Some(text) = value.as_string() {
        return Some(Value::Text(text.into()));
    }
    if let Some(flag) = value.as_bool() {
        return Some(Value::Bool(flag));
    }
    if let Some(number) = value.as_f64() {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a safe integer is a whole number of 53 bits"
        )]
        let whole = Number::is_safe_integer(value).then_some(number as i64);
        return Some(whole.map_or(Value::OtherNumber, Value::Integer));
    }
    if value.is_null() || value.is_undefined() {
        return Some(Value::Null);
    }
    if depth == MAX_DEPTH {
        return None;
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        let items = list.iter().map(|item| at_depth(&item, depth + 1));
        return items.collect::<Option<_>>().map(Value::List);
    }
    let Some(object) = value.dyn_ref::<Object>() else { return Some(Value::Foreign) };
    let fields = Object::entries(object).into_iter().map(|entry| {
        let entry: Array = entry.unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        Some((name.into(), at_depth(&entry.get(1), depth + 1)?))
    });
    fields.collect::<Option<_>>().map(Value::Object)
}
