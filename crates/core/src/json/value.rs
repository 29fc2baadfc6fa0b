//! A value of any shape, as it came from a stranger: from JSON through serde, from JavaScript through `havenask-wasm`. Reading
//! it never fails on its content, so that [`crate::rules`] can name everything that is wrong with it at once.

use alloc::{
    borrow::{Cow, ToOwned},
    string::String,
    vec::Vec,
};
use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

use crate::Timestamp;

/// Levels to which lists and objects may nest; a request needs three.
pub const MAX_DEPTH: u8 = 16;

/// A value of any shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null` or `undefined`: not set.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number that 64 bits hold.
    Integer(i64),
    /// Any other number: a fraction, one beyond 64 bits, one that JavaScript no longer holds exactly.
    OtherNumber,
    /// Text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object, its fields in order, as often as they were written.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
    /// A date, which only JavaScript has.
    Date(Timestamp),
    /// Bytes, which only JavaScript has.
    Bytes(Vec<u8>),
    /// Anything else that no JSON can say: a function, a map, a date that is none.
    Foreign,
}

/// The largest whole number to which all smaller ones are exact, as JavaScript names it.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

impl Value<'_> {
    /// A number of JavaScript, or of JSON with a point or an exponent: `1.0` is the whole number 1.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "what is lost makes it differ"
    )]
    pub fn of_number(number: f64) -> Self {
        let whole = number as i64;
        let exact = whole as f64 == number && number.abs() <= MAX_SAFE_INTEGER;
        if exact { Self::Integer(whole) } else { Self::OtherNumber }
    }

    /// The kind of value, for a person, in English and in Chinese.
    pub(crate) const fn kind(&self) -> [&'static str; 2] {
        match self {
            Self::Null => ["nothing", "空值"],
            Self::Bool(_) => ["true or false", "布尔值"],
            Self::Integer(_) => ["a number", "数字"],
            Self::OtherNumber => ["a fraction or a number too large", "小数或过大的数字"],
            Self::Text(_) => ["text", "文本"],
            Self::List(_) => ["a list", "列表"],
            Self::Object(_) => ["an object", "对象"],
            Self::Date(_) | Self::Bytes(_) | Self::Foreign => {
                ["something that JSON cannot say", "JSON 无法表示的值"]
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Depth(0).deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct Depth(u8);

impl Depth {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.0 < MAX_DEPTH { Ok(Self(self.0 + 1)) } else { Err(E::custom("nested too deeply")) }
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Value<'static>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value<'static>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Value<'static>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a plain value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'static>, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value<'static>, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value<'static>, E> {
        Ok(i64::try_from(value).map_or(Value::OtherNumber, Value::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value<'static>, E> {
        Ok(Value::of_number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value<'static>, E> {
        Ok(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Value<'static>, E> {
        Ok(Value::Text(Cow::Owned(value)))
    }

    fn visit_unit<E>(self) -> Result<Value<'static>, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value<'static>, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'static>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<'static>, A::Error> {
        let depth = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(depth)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value<'static>, A::Error> {
        let depth = self.deeper()?;
        let mut object = Vec::new();
        while let Some(name) = fields.next_key()? {
            object.push((name, fields.next_value_seed(depth)?));
        }
        Ok(Value::Object(object))
    }
}

/// The first field of this name.
pub(crate) fn find<'a>(
    entries: &'a [(Cow<'_, str>, Value<'_>)],
    name: &str,
) -> Option<&'a Value<'a>> {
    entries.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_json_is_read() {
        let input: Value<'_> = serde_json::from_str(
            r#"{"a":[null,true,-1,1.5,1.0,2e1,1e16,9007199254740993,18446744073709551615,"x"]}"#,
        )
        .unwrap();
        let list = vec![
            Value::Null,
            Value::Bool(true),
            Value::Integer(-1),
            Value::OtherNumber,
            Value::Integer(1),
            Value::Integer(20),
            Value::OtherNumber,
            Value::Integer(9_007_199_254_740_993),
            Value::OtherNumber,
            Value::Text("x".into()),
        ];
        assert_eq!(input, Value::Object(vec![("a".into(), Value::List(list))]));
    }

    #[test]
    fn a_tower_of_lists_is_refused_and_does_not_overflow() {
        let tower = "[".repeat(100_000);
        assert!(serde_json::from_str::<Value<'_>>(&tower).is_err());
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(serde_json::from_str::<Value<'_>>(&nested(16)).is_ok());
        assert!(serde_json::from_str::<Value<'_>>(&nested(17)).is_err());
    }
}
