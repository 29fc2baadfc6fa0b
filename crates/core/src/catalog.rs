//! The components that a console sells. The API publishes no list of them, so a console brings its own.

use serde::{Deserialize, Serialize};

use crate::{Fields, FromInput, Input, Locale, Mismatch, locale::fill};

/// What a console sells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Catalog {
    /// Its entries, in the order in which a form shows them.
    pub components: Vec<Entry>,
}

/// One component that is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogEntry"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    /// The code that is sent.
    pub code: String,
    /// Its name for people.
    pub label: Text,
    /// What it is good for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// The value to begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The values that may be chosen.
    pub values: Values,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogText"))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

/// The values of a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogValues"))]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Values {
    /// One of a list.
    Select {
        /// The list.
        options: Vec<String>,
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

impl Catalog {
    /// The entry of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Entry> {
        self.components.iter().find(|entry| entry.code == code)
    }
}

impl Entry {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        locale.pick(&self.label.en, &self.label.zh)
    }

    /// Whether a value is offered; the error says in words what is.
    pub fn accepts(&self, value: &str, locale: Locale) -> Result<(), String> {
        match &self.values {
            Values::Text => Ok(()),
            Values::Select { options } if options.iter().any(|option| option == value) => Ok(()),
            Values::Select { options } => Err(fill(
                locale.pick("Choose one of {options}.", "请选择：{options}。"),
                &[("options", &options.join(locale.pick(", ", "、")))],
            )),
            Values::Number { min, max, step } => {
                let offered = value.parse::<i64>().is_ok_and(|number| {
                    (*min..=*max).contains(&number)
                        && number.checked_sub(*min).and_then(|it| it.checked_rem(*step)) == Some(0)
                        && number.to_string() == value
                });
                if offered {
                    return Ok(());
                }
                let template = locale.pick(
                    "Choose a whole number from {min} to {max} in steps of {step}.",
                    "请选择 {min} 至 {max} 之间、步长为 {step} 的整数。",
                );
                let (min, max, step) = (min.to_string(), max.to_string(), step.to_string());
                Err(fill(template, &[("min", &min), ("max", &max), ("step", &step)]))
            }
        }
    }
}

impl FromInput for Catalog {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let catalog = Self { components: fields.required("components")? };
        fields.end().map(|()| catalog)
    }
}

impl FromInput for Entry {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let entry = Self {
            code: fields.required("code")?,
            label: fields.required("label")?,
            help: fields.optional("help")?,
            default: fields.optional("default")?,
            values: fields.required("values")?,
        };
        fields.end().map(|()| entry)
    }
}

impl FromInput for Text {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let text = Self { en: fields.required("en")?, zh: fields.required("zh")? };
        fields.end().map(|()| text)
    }
}

impl FromInput for Values {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let values = match fields.required::<String>("type")?.as_str() {
            "select" => Self::Select { options: fields.required("options")? },
            "number" => Self::Number {
                min: fields.required("min")?,
                max: fields.required("max")?,
                step: fields.optional("step")?.unwrap_or(1),
            },
            "text" => Self::Text,
            _ => return Err(Mismatch::says("none of select, number, text").at("type")),
        };
        fields.end().map(|()| values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_offered() {
        let entry = |values| Entry {
            code: "c".into(),
            label: Text { en: "Size".into(), zh: "大小".into() },
            help: None,
            default: None,
            values,
        };
        let select = entry(Values::Select { options: vec!["a".into(), "b".into()] });
        let number = entry(Values::Number { min: 50, max: 200, step: 50 });
        let none = entry(Values::Number { min: 1, max: 9, step: 0 });
        for (entry, value, offered) in [
            (&select, "a", true),
            (&select, "A", false),
            (&number, "100", true),
            (&number, "120", false),
            (&number, "250", false),
            (&number, "0100", false),
            (&number, "+100", false),
            (&number, "1e2", false),
            (&none, "1", false),
            (&entry(Values::Text), "anything", true),
        ] {
            assert_eq!(entry.accepts(value, Locale::En).is_ok(), offered, "{value}");
        }
        assert_eq!(
            number.accepts("7", Locale::Zh),
            Err("请选择 50 至 200 之间、步长为 50 的整数。".into())
        );
    }
}
