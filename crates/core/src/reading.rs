//! Reads a typed value out of an [`Input`]. What does not fit is named with its place, and without the formatting code that
//! a general-purpose deserializer brings along.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
        Visitor, value::StringDeserializer,
    },
    forward_to_deserialize_any,
};

use crate::{Input, rules::pointer};

/// Why a value is not what it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mismatch {
    /// The place: a JSON Pointer.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

impl Input {
    /// The typed value that this says.
    pub fn read<T: for<'de> Deserialize<'de>>(self) -> Result<T, Mismatch> {
        T::deserialize(self)
    }
}

impl Mismatch {
    fn says(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// The same, one step deeper in a list or an object.
    #[must_use]
    pub fn at(mut self, step: &str) -> Self {
        self.path.insert_str(0, &pointer("", step));
        self
    }
}

fn kind(input: &Input) -> &'static str {
    match input {
        Input::Null => "nothing",
        Input::Bool(_) => "true or false",
        Input::Integer(_) | Input::OtherNumber => "a number",
        Input::Text(_) => "text",
        Input::List(_) => "a list",
        Input::Object(_) => "an object",
        Input::Foreign => "no plain value",
    }
}

impl<'de> Deserializer<'de> for Input {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let found = kind(&self);
        let read = match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Integer(value) => visitor.visit_i64(value),
            Self::Text(value) => visitor.visit_string(value),
            Self::List(items) => visitor.visit_seq(Items { items: items.into_iter(), index: 0 }),
            Self::Object(fields) => {
                let fields = Fields { fields: fields.into_iter(), value: None };
                visitor.visit_map(fields)
            }
            Self::OtherNumber | Self::Foreign => Err(Mismatch::default()),
        };
        read.map_err(|mismatch| match mismatch.message.as_str() {
            "" => Mismatch {
                message: ["another kind of value is needed, not ", found].concat(),
                ..mismatch
            },
            _ => mismatch,
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Self::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let Self::Text(text) = self else {
            return Err(Mismatch::says(["one of ", &variants.join(", "), " is needed"].concat()));
        };
        let variant: StringDeserializer<Mismatch> = text.into_deserializer();
        visitor.visit_enum(variant)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self {
            // serde would take the fields in their order from a list.
            Self::List(_) => Err(Mismatch::says("an object is needed, not a list")),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

struct Items {
    items: std::vec::IntoIter<Input>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let read = seed.deserialize(item).map_err(|it| it.at(&self.index.to_string()))?;
        self.index += 1;
        Ok(Some(read))
    }
}

struct Fields {
    fields: std::vec::IntoIter<(String, Input)>,
    value: Option<(String, Input)>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Mismatch;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        let Some((name, value)) = self.fields.next() else { return Ok(None) };
        let key: StringDeserializer<Mismatch> = name.clone().into_deserializer();
        self.value = Some((name, value));
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mismatch> {
        let (name, value) = self.value.take().unwrap_or((String::new(), Input::Null));
        seed.deserialize(value).map_err(|it| it.at(&name))
    }
}

/// The default texts of serde print numbers and types; these do not.
impl Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::says(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::default()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::says("the value is out of range")
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::says("the list has another length")
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::says([variant, " is none of ", &expected.join(", ")].concat())
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::says(
            ["there is no field ", field, "; the fields are ", &expected.join(", ")].concat(),
        )
    }

    fn missing_field(field: &'static str) -> Self {
        Self::says(["the field ", field, " is missing"].concat())
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::says(["the field ", field, " is there twice"].concat())
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            formatter.write_str(&self.path)?;
            formatter.write_str(": ")?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Mismatch {}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::{Algorithm, Failure, Fault, Locale, catalog::Catalog};

    fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, String> {
        let input: Input = serde_json::from_str(json).unwrap();
        input.read().map_err(|mismatch| mismatch.to_string())
    }

    #[test]
    fn what_serde_json_reads_is_read_the_same() {
        let failure = Failure::of(Fault::NotFound, Locale::Zh);
        let json = serde_json::to_string(&failure).unwrap();
        assert_eq!(read(&json), Ok(failure));
        let catalog = r#"{"components":[
            {"code":"a","label":{"en":"A","zh":"甲"},"values":{"type":"number","min":1,"max":9}},
            {"code":"b","label":{"en":"B","zh":"乙"},"values":{"type":"select","options":["x"]},"default":"x"},
            {"code":"c","label":{"en":"C","zh":"丙"},"values":{"type":"text"}}]}"#;
        assert_eq!(read::<Catalog>(catalog), Ok(serde_json::from_str(catalog).unwrap()));
        assert_eq!(read(r#""ROA-HMAC-SHA1""#), Ok(Algorithm::RoaHmacSha1));
        assert_eq!(read(r#"[["a","b"]]"#), Ok(vec![("a".to_owned(), "b".to_owned())]));
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        let catalog = |json| read::<Catalog>(json).unwrap_err();
        assert_eq!(catalog("[]"), "an object is needed, not a list");
        assert_eq!(catalog("{}"), "the field components is missing");
        assert_eq!(
            catalog(r#"{"components":1}"#),
            "/components: another kind of value is needed, not a number"
        );
        assert_eq!(
            catalog(r#"{"components":[{"code":"a","label":{"en":"A"}}]}"#),
            "/components/0/label: the field zh is missing"
        );
        assert_eq!(
            catalog(r#"{"items":[]}"#),
            "there is no field items; the fields are components"
        );
        assert!(read::<Algorithm>(r#""MD5""#).unwrap_err().starts_with("MD5 is none of ACS3-"));
        assert_eq!(read::<u16>("70000").unwrap_err(), "the value is out of range");
    }
}
