//! The values of JavaScript as `npm/encode.js` writes them: a tag, and what it holds. Numbers are little-endian, lengths have
//! four bytes. One call of one buffer costs a fraction of asking the host for each property of each object.

use alloc::{borrow::Cow, boxed::Box, vec::Vec};

use havenask_core::{FromValue, Schema, SchemaError, Timestamp, Value, strings};
use wasm_bindgen::JsValue;

use crate::error::invalid_argument;

/// The arguments of a call, in their order.
pub(crate) struct Decoder<'a> {
    rest: &'a [u8],
    names: Vec<&'a str>,
}

impl<'a> Decoder<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, names: Vec::new() }
    }

    /// The next argument as it is.
    pub(crate) fn value(&mut self, name: &str) -> Result<Value<'a>, JsValue> {
        self.next().map_err(|mismatch| mismatched(name, &mismatch))
    }

    /// The next argument, typed; nothing at all is an empty object. A field that does not exist is refused.
    pub(crate) fn argument<T: FromValue>(&mut self, name: &str) -> Result<T, JsValue> {
        Ok(T::from_checked(&self.shaped(name, T::SCHEMA)?))
    }

    fn shaped(&mut self, name: &str, shape: &Schema) -> Result<Value<'a>, JsValue> {
        let input = match self.value(name)? {
            Value::Null => Value::Object(Vec::new()),
            input => input,
        };
        match shape.check(&input) {
            Ok(()) => Ok(input),
            Err(mismatch) => Err(mismatched(name, &mismatch)),
        }
    }

    fn next(&mut self) -> Result<Value<'a>, Box<SchemaError>> {
        Ok(match self.byte() {
            b'0' => Value::Null,
            b'f' => Value::Bool(false),
            b't' => Value::Bool(true),
            b'n' => Value::of_number(f64::from_le_bytes(self.array())),
            b'i' => Value::Integer(i64::from_le_bytes(self.array())),
            b's' => Value::Text(Cow::Borrowed(self.text())),
            b'b' => {
                let length = self.length();
                Value::Bytes(self.take(length).to_vec())
            }
            b'd' => Value::Date(seconds(f64::from_le_bytes(self.array()))),
            b'l' => self.list()?,
            b'o' => {
                self.names();
                self.object()?
            }
            b'O' => self.object()?,
            b'N' => Value::OtherNumber,
            b'!' => return Err(SchemaError::new(self.text())),
            _ => Value::Foreign,
        })
    }

    fn list(&mut self) -> Result<Value<'a>, Box<SchemaError>> {
        let length = self.length();
        let mut items = Vec::with_capacity(length);
        for index in 0..length {
            match self.next() {
                Ok(item) => items.push(item),
                Err(mismatch) => return Err(mismatch.at(&strings::usize_to_string(index))),
            }
        }
        Ok(Value::List(items))
    }

    /// The names of an object, and its values. They are kept: the next object of a list has the same.
    fn names(&mut self) {
        self.names.clear();
        for _ in 0..self.length() {
            let name = self.text();
            self.names.push(name);
        }
    }

    fn object(&mut self) -> Result<Value<'a>, Box<SchemaError>> {
        let names = self.names.clone();
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            match self.next() {
                Ok(value) => fields.push((Cow::Borrowed(name), value)),
                Err(mismatch) => return Err(mismatch.at(name)),
            }
        }
        Ok(Value::Object(fields))
    }

    fn text(&mut self) -> &'a str {
        let length = self.length();
        core::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    fn length(&mut self) -> usize {
        // Every item takes a byte at least: what says more was not written by `encode.js`.
        let length = usize::try_from(u32::from_le_bytes(self.array())).unwrap_or_default();
        length.min(self.rest.len())
    }

    fn byte(&mut self) -> u8 {
        let [byte] = self.array();
        byte
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().unwrap_or([0; N])
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a Date holds at most 8.64e12")]
fn seconds(number: f64) -> Timestamp {
    Timestamp::from_unix(number as i64)
}

#[cold]
fn mismatched(name: &str, mismatch: &SchemaError) -> JsValue {
    invalid_argument(&strings::concat(&[name, &mismatch.path]), &mismatch.message)
}
