//! Schemas that a value must fit before it is read: tables, and the one function that goes by them. Derived deserializers
//! would do the same in five times the wasm.

use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use core::fmt;

use crate::{
    Value,
    json::{find, pointer},
    strings::{concat, join, position, truncated_for_display, usize_to_string},
};

/// Schema of a value.
#[derive(Clone, Copy, Debug)]
pub enum Schema {
    /// Anything at all.
    Any,
    /// A text.
    Text,
    /// A text that a header carries as it is: one line of ASCII, not empty, without spaces at its ends.
    SingleLine,
    /// True or false.
    Bool,
    /// This one of the two.
    Const(bool),
    /// A whole number.
    Integer,
    /// A `Date`, or a text that [`crate::Timestamp::parse_iso`] reads.
    Date,
    /// A text, or bytes.
    Body,
    /// One of these words.
    Enum(&'static [&'static str]),
    /// A name and a value.
    Pair,
    /// A list of such values.
    List(&'static Schema),
    /// An object of these fields and no other.
    Object(&'static [Property]),
    /// An object of these fields and perhaps others: an answer of a newer service.
    OpenObject(&'static [Property]),
    /// A text, or such an object.
    TextOr(&'static Schema),
    /// An object whose field `type` says which schema it has.
    Tagged(&'static [Property]),
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// The schema of its value.
    pub schema: &'static Schema,
    /// False when it may be left out.
    pub required: bool,
}

/// Mismatch of a value and its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// The place: a JSON Pointer.
    pub path: String,
    /// Description of the mismatch.
    pub message: String,
}

impl Property {
    /// A field that must be there.
    #[must_use]
    pub const fn required(name: &'static str, schema: &'static Schema) -> Self {
        Self { name, schema, required: true }
    }

    /// A field that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, schema: &'static Schema) -> Self {
        Self { name, schema, required: false }
    }
}

impl SchemaError {
    /// Something is wrong at the place where one is. In a box: it is rare, and what may fail is one word then.
    pub fn new(message: impl Into<String>) -> Box<Self> {
        Box::new(Self { path: String::new(), message: message.into() })
    }

    /// The same, one step deeper in a list or an object.
    #[must_use]
    pub fn at(mut self: Box<Self>, step: &str) -> Box<Self> {
        self.path.insert_str(0, &pointer("", step));
        self
    }
}

impl Schema {
    /// The constant `true`.
    pub const TRUE: Self = Self::Const(true);
    /// The constant `false`.
    pub const FALSE: Self = Self::Const(false);

    /// Tests a value against the schema.
    pub fn check(&self, input: &Value<'_>) -> Result<(), Box<SchemaError>> {
        match (self, input) {
            (Self::Any, _)
            | (Self::Text, Value::Text(_))
            | (Self::Bool, Value::Bool(_))
            | (Self::Integer, Value::Integer(_))
            | (Self::Date, Value::Date(_))
            | (Self::Body, Value::Text(_) | Value::Bytes(_)) => Ok(()),
            (Self::SingleLine, Value::Text(text)) if is_line(text) => Ok(()),
            (Self::Date, Value::Text(text)) if crate::Timestamp::parse_iso(text).is_some() => {
                Ok(())
            }
            (Self::Enum(words), Value::Text(text)) => match position(words, text) {
                Some(_) => Ok(()),
                None => Err(SchemaError::new(concat(&[
                    &truncated_for_display(text),
                    " is none of ",
                    &join(words, ", "),
                ]))),
            },
            (Self::List(schema), Value::List(items)) => list(schema, items),
            (Self::Pair, Value::List(items)) if items.len() == 2 => list(&Self::Text, items),
            (Self::Object(fields), Value::Object(entries)) => {
                object(fields, entries)?;
                end(fields, entries)
            }
            (Self::OpenObject(fields), Value::Object(entries)) => object(fields, entries),

            (Self::TextOr(schema), _) => match input {
                Value::Text(_) => Ok(()),
                _ => schema.check(input),
            },
            (Self::Tagged(variants), Value::Object(entries)) => {
                let variant = match find(entries, "type") {
                    Some(Value::Text(name)) => variants.iter().find(|variant| variant.name == name),
                    _ => None,
                };
                let Some(variant) = variant else {
                    let message = concat(&["none of ", &names(variants)]);
                    return Err(SchemaError::new(message).at("type"));
                };
                variant.schema.check(input)
            }
            (Self::Const(one), Value::Bool(found)) if one == found => Ok(()),
            _ => self.refuse(input),
        }
    }

    fn refuse(&self, found: &Value<'_>) -> Result<(), Box<SchemaError>> {
        if let (Self::SingleLine, Value::Text(_)) = (self, found) {
            return Err(SchemaError::new(
                "one line of ASCII is needed, without spaces at its ends",
            ));
        }
        let expected = match self {
            Self::Any => "something",
            Self::Text | Self::Enum(_) | Self::SingleLine => "text",
            Self::Bool => "true or false",
            Self::Const(true) => "true",
            Self::Const(false) => "false",
            Self::Integer => "a whole number",
            Self::Date => "a Date, or a text such as 2026-03-01T08:00:00Z,",
            Self::Body => "text or a Uint8Array",
            Self::Pair => "a pair of texts",
            Self::List(_) => "a list",
            Self::Object(_) | Self::OpenObject(_) | Self::TextOr(_) | Self::Tagged(_) => {
                "an object"
            }
        };
        Err(SchemaError::new(concat(&[expected, " is needed, not ", found.kind()[0]])))
    }
}

fn is_line(text: &str) -> bool {
    let is_bare = text.trim_ascii().len() == text.len();
    !text.is_empty() && is_bare && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn list(schema: &Schema, items: &[Value<'_>]) -> Result<(), Box<SchemaError>> {
    for (index, item) in items.iter().enumerate() {
        schema.check(item).map_err(|mismatch| mismatch.at(&usize_to_string(index)))?;
    }
    Ok(())
}

fn object(
    fields: &[Property],
    entries: &[(Cow<'_, str>, Value<'_>)],
) -> Result<(), Box<SchemaError>> {
    for field in fields {
        match find(entries, field.name) {
            None | Some(Value::Null) if field.required => {
                return Err(SchemaError::new(concat(&["the field ", field.name, " is missing"])));
            }
            None | Some(Value::Null) => {}
            Some(value) => field.schema.check(value).map_err(|mismatch| mismatch.at(field.name))?,
        }
    }
    Ok(())
}

fn end(fields: &[Property], entries: &[(Cow<'_, str>, Value<'_>)]) -> Result<(), Box<SchemaError>> {
    let unknown = entries.iter().find(|(name, _)| fields.iter().all(|field| field.name != name));
    let Some((unknown, _)) = unknown else { return Ok(()) };
    let known = names(fields);
    Err(SchemaError::new(concat(&[
        "there is no field ",
        &truncated_for_display(unknown),
        "; the fields are ",
        &known,
    ])))
}

fn names(fields: &[Property]) -> String {
    let names: Vec<_> = fields.iter().map(|field| field.name).collect();
    join(&names, ", ")
}

impl fmt::Display for SchemaError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        formatter.write_str(if self.path.is_empty() { "" } else { ": " })?;
        formatter.write_str(&self.message)
    }
}

impl core::error::Error for SchemaError {}
