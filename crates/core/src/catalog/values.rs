//! The values of a component.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::localized_text::LocalizedText;
use crate::{
    FromValue, Locale, ObjectReader, Schema, Value,
    json::Property,
    json_object,
    locale::interpolate,
    strings::{i64_to_string, parse_i64},
};

/// The values of a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogValues"))]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Values {
    /// One of a list.
    Select {
        /// The list.
        options: Vec<CatalogOption>,
    },
    /// A whole number.
    Number {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
        /// The distance from one to the next, counted from the smallest.
        #[serde(default = "one")]
        step: i64,
    },
    /// Any text.
    Text,
}

const fn one() -> i64 {
    1
}

/// A value that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "an option is a text, or an object with value, label and perhaps help"
)]
pub enum CatalogOption {
    /// A value that is its own name.
    Value(String),
    /// A value with a name.
    Labelled(LabelledOption),
}

json_object! {
    /// A value with a name for people.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogLabelledOption"))]
    #[serde(deny_unknown_fields)]
    pub struct LabelledOption: Object {
        /// The value that is sent.
        pub value: String,
        /// Its name for people.
        pub label: LocalizedText,
        /// Help for those who choose it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub help: Option<LocalizedText>,
    }
}

impl CatalogOption {
    /// The value that is sent.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Value(value) | Self::Labelled(LabelledOption { value, .. }) => value,
        }
    }

    /// Its name in a language; the value where it has none.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        match self {
            Self::Value(value) => value,
            Self::Labelled(option) => option.label.get(locale),
        }
    }

    /// The help for those who choose.
    #[must_use]
    pub const fn help(&self) -> Option<&LocalizedText> {
        match self {
            Self::Value(_) => None,
            Self::Labelled(option) => option.help.as_ref(),
        }
    }
}

/// Numbers that a message lists one by one, at most.
const MAX_LISTED: i64 = 10;

impl Values {
    /// The option of a value.
    #[must_use]
    pub fn option(&self, value: &str) -> Option<&CatalogOption> {
        match self {
            Self::Select { options } => options.iter().find(|option| option.value() == value),
            _ => None,
        }
    }

    /// Tests whether a value is offered; the error says in words what is: `1, 3 or 5`.
    pub fn accepts(&self, value: &str, locale: Locale) -> Result<(), String> {
        match self {
            Self::Text => Ok(()),
            Self::Select { options } => {
                if self.option(value).is_some() {
                    return Ok(());
                }
                let mut offer = String::new();
                for (index, option) in options.iter().enumerate() {
                    or(&mut offer, option.label(locale), index + 1 == options.len(), locale);
                }
                Err(offer)
            }
            Self::Number { min, max, step } => {
                let it = parse_i64(value);
                let offered = (*min..=*max).contains(&it)
                    && it.abs_diff(*min).checked_rem(step.unsigned_abs()) == Some(0)
                    && i64_to_string(it) == value;
                if offered { Ok(()) } else { Err(range(*min, *max, *step, locale)) }
            }
        }
    }
}

/// The numbers of a range: a few one by one, many by their ends.
fn range(min: i64, max: i64, step: i64, locale: Locale) -> String {
    let mut few = String::new();
    let mut next = Some(min);
    for _ in 0..MAX_LISTED {
        let Some(number) = next else { break };
        next = number.checked_add(step).filter(|it| *it <= max);
        or(&mut few, &i64_to_string(number), next.is_none(), locale);
    }
    if next.is_none() {
        return few;
    }
    let template = locale.localized(
        "a whole number from {min} to {max} in steps of {step}",
        "{min} 至 {max} 之间、步长为 {step} 的整数",
    );
    let (min, max, step) = (i64_to_string(min), i64_to_string(max), i64_to_string(step));
    interpolate(template, &[("min", &min), ("max", &max), ("step", &step)])
}

/// Adds one to a list such as `a, b or c`.
fn or(list: &mut String, name: &str, is_last: bool, locale: Locale) {
    let [en, zh] = if is_last { [" or ", " 或 "] } else { [", ", "、"] };
    if !list.is_empty() {
        list.push_str(locale.localized(en, zh));
    }
    list.push_str(name);
}

impl FromValue for CatalogOption {
    const SCHEMA: &'static Schema = &Schema::TextOr(LabelledOption::SCHEMA);

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::Object(_) => Self::Labelled(FromValue::from_checked(value)),
            _ => Self::Value(FromValue::from_checked(value)),
        }
    }
}

impl FromValue for Values {
    const SCHEMA: &'static Schema = &Schema::Tagged(&[
        Property::required(
            "select",
            &Schema::Object(&[
                Property::required("type", &Schema::Text),
                Property::required("options", Vec::<CatalogOption>::SCHEMA),
            ]),
        ),
        Property::required(
            "number",
            &Schema::Object(&[
                Property::required("type", &Schema::Text),
                Property::required("min", &Schema::Integer),
                Property::required("max", &Schema::Integer),
                Property::optional("step", &Schema::Integer),
            ]),
        ),
        Property::required("text", &Schema::Object(&[Property::required("type", &Schema::Text)])),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        match fields.value("type") {
            Value::Text(text) if text == "select" => {
                Self::Select { options: fields.read("options") }
            }
            Value::Text(text) if text == "number" => Self::Number {
                min: fields.read("min"),
                max: fields.read("max"),
                step: fields.read::<Option<_>>("step").unwrap_or(1),
            },
            _ => Self::Text,
        }
    }
}
