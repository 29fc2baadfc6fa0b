//! What a value must look like before it is read: tables, and the one function that goes by them. Derived deserializers
//! would do the same in five times the wasm.

use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use core::fmt;

use crate::{
    Input,
    rules::{pointer, shown},
    text::{concat, count, join},
};

/// What a value must look like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything at all.
    Any,
    /// A text.
    Text,
    /// A text that a header carries as it is: one line of ASCII, not empty, without spaces at its ends.
    Line,
    /// True or false.
    Bool,
    /// This one of the two.
    Always(bool),
    /// A whole number.
    Integer,
    /// A `Date`, or a text that [`crate::Timestamp::parse_iso`] reads.
    Date,
    /// A text, or bytes.
    Body,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A name and a value.
    Pair,
    /// A list of such values.
    List(&'static Shape),
    /// An object of these fields and no other.
    Object(&'static [Field]),
    /// An object of these fields and perhaps others: an answer of a newer service.
    Answer(&'static [Field]),
    /// An object whose field `type` says which shape it has.
    Variants(&'static [Field]),
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    name: &'static str,
    shape: &'static Shape,
    required: bool,
}

/// Why a value is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The place: a JSON Pointer.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

impl Field {
    /// A field that must be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, required: true }
    }

    /// A field that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, required: false }
    }
}

impl Mismatch {
    /// Something is wrong at the place where one is. In a box: it is rare, and what may fail is one word then.
    pub fn says(message: impl Into<String>) -> Box<Self> {
        Box::new(Self { path: String::new(), message: message.into() })
    }

    /// The same, one step deeper in a list or an object.
    #[must_use]
    pub fn at(mut self: Box<Self>, step: &str) -> Box<Self> {
        self.path.insert_str(0, &pointer("", step));
        self
    }
}

impl Shape {
    /// Whether a value looks like this.
    pub fn check(&self, input: &Input<'_>) -> Result<(), Box<Mismatch>> {
        match (self, input) {
            (Self::Any, _)
            | (Self::Text, Input::Text(_))
            | (Self::Bool, Input::Bool(_))
            | (Self::Integer, Input::Integer(_))
            | (Self::Date, Input::Date(_))
            | (Self::Body, Input::Text(_) | Input::Bytes(_)) => Ok(()),
            (Self::Line, Input::Text(text)) if is_line(text) => Ok(()),
            (Self::Date, Input::Text(text)) if crate::Timestamp::parse_iso(text).is_some() => {
                Ok(())
            }
            (Self::Word(words), Input::Text(text)) => match position(words, text) {
                Some(_) => Ok(()),
                None => {
                    Err(Mismatch::says(concat(&[&shown(text), " is none of ", &join(words, ", ")])))
                }
            },
            (Self::List(shape), Input::List(items)) => list(shape, items),
            (Self::Pair, Input::List(items)) if items.len() == 2 => list(&Self::Text, items),
            (Self::Object(fields), Input::Object(entries)) => {
                object(fields, entries)?;
                end(fields, entries)
            }
            (Self::Answer(fields), Input::Object(entries)) => object(fields, entries),
            (Self::Variants(variants), Input::Object(entries)) => {
                let variant = match find(entries, "type") {
                    Some(Input::Text(name)) => variants.iter().find(|variant| variant.name == name),
                    _ => None,
                };
                let Some(variant) = variant else {
                    let message = concat(&["none of ", &names(variants)]);
                    return Err(Mismatch::says(message).at("type"));
                };
                variant.shape.check(input)
            }
            (Self::Always(one), Input::Bool(found)) if one == found => Ok(()),
            _ => self.refuse(input),
        }
    }

    fn refuse(&self, found: &Input<'_>) -> Result<(), Box<Mismatch>> {
        if let (Self::Line, Input::Text(_)) = (self, found) {
            return Err(Mismatch::says("one line of ASCII is needed, without spaces at its ends"));
        }
        let expected = match self {
            Self::Any => "something",
            Self::Text | Self::Word(_) | Self::Line => "text",
            Self::Bool => "true or false",
            Self::Always(true) => "true",
            Self::Always(false) => "false",
            Self::Integer => "a whole number",
            Self::Date => "a Date, or a text such as 2026-03-01T08:00:00Z,",
            Self::Body => "text or a Uint8Array",
            Self::Pair => "a pair of texts",
            Self::List(_) => "a list",
            Self::Object(_) | Self::Answer(_) | Self::Variants(_) => "an object",
        };
        Err(Mismatch::says(concat(&[expected, " is needed, not ", found.kind()[0]])))
    }
}

fn is_line(text: &str) -> bool {
    let is_bare = text.trim_ascii().len() == text.len();
    !text.is_empty() && is_bare && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn list(shape: &Shape, items: &[Input<'_>]) -> Result<(), Box<Mismatch>> {
    for (index, item) in items.iter().enumerate() {
        shape.check(item).map_err(|mismatch| mismatch.at(&count(index)))?;
    }
    Ok(())
}

fn object(fields: &[Field], entries: &[(Cow<'_, str>, Input<'_>)]) -> Result<(), Box<Mismatch>> {
    for field in fields {
        match find(entries, field.name) {
            None | Some(Input::Null) if field.required => {
                return Err(Mismatch::says(concat(&["the field ", field.name, " is missing"])));
            }
            None | Some(Input::Null) => {}
            Some(value) => field.shape.check(value).map_err(|mismatch| mismatch.at(field.name))?,
        }
    }
    Ok(())
}

fn end(fields: &[Field], entries: &[(Cow<'_, str>, Input<'_>)]) -> Result<(), Box<Mismatch>> {
    let unknown = entries.iter().find(|(name, _)| fields.iter().all(|field| field.name != name));
    let Some((unknown, _)) = unknown else { return Ok(()) };
    let known = names(fields);
    Err(Mismatch::says(concat(&[
        "there is no field ",
        &shown(unknown),
        "; the fields are ",
        &known,
    ])))
}

fn names(fields: &[Field]) -> String {
    let names: Vec<_> = fields.iter().map(|field| field.name).collect();
    join(&names, ", ")
}

pub(crate) fn find<'a>(
    entries: &'a [(Cow<'_, str>, Input<'_>)],
    name: &str,
) -> Option<&'a Input<'a>> {
    entries.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

pub(crate) fn position(words: &[&str], text: &str) -> Option<usize> {
    words.iter().position(|word| *word == text)
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        formatter.write_str(if self.path.is_empty() { "" } else { ": " })?;
        formatter.write_str(&self.message)
    }
}

impl core::error::Error for Mismatch {}
