//! A catalogue and its entries, as JSON.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    FromValue, Locale, ObjectReader, Schema, Value,
    json::Property,
    json_object,
    locale::interpolate,
    strings::{i64_to_string, join, parse_i64},
};

/// A sample of a catalogue, as JSON: most of it is made up, and it says so.
pub const SAMPLE: &str = include_str!("sample.json");

json_object! {
    /// Catalogue of a console.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct Catalog: Object {
        /// Notice for buyers: that it is a sample, until when it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notice: Option<LocalizedText>,
        /// Its entries, in the order in which a form shows them.
        pub components: Vec<CatalogEntry>,
    }
}

json_object! {
    /// One component that is sold.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogEntry"))]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct CatalogEntry: Object {
        /// The code that is sent.
        pub code: String,
        /// Its name for people.
        pub label: LocalizedText,
        /// Purpose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub help: Option<LocalizedText>,
        /// The value to begin with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub default: Option<String>,
        /// The values that may be chosen.
        pub values: Values,
        /// When it is asked for: always, unless this says otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub visible_if: Option<Condition>,
    }
}

json_object! {
    /// Condition on another component.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogCondition"))]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct Condition: Object {
        /// The code of the other component.
        pub code: String,
        /// Its values with which this one is asked for; without any, it is with all values but those of `isNot`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub is: Vec<String> = default,
        /// Its values with which this one is not asked for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub is_not: Vec<String> = default,
    }
}

json_object! {
    /// A text in both languages.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogText"))]
    #[serde(deny_unknown_fields)]
    pub struct LocalizedText: Object {
        /// English.
        pub en: String,
        /// Chinese.
        pub zh: String,
    }
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
    pub fn find(&self, code: &str) -> Option<&CatalogEntry> {
        self.components.iter().find(|entry| entry.code == code)
    }
}

impl CatalogEntry {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        locale.localized(&self.label.en, &self.label.zh)
    }

    /// Tests whether it is asked for, given the values of the others.
    pub fn is_visible<'v>(&self, value_of: impl Fn(&str) -> Option<&'v str>) -> bool {
        self.visible_if.as_ref().is_none_or(|condition| {
            let Condition { code, is, is_not } = condition;
            let among = |values: &[String], value| values.iter().any(|it| it == value);
            let is_met = |value| (is.is_empty() || among(is, value)) && !among(is_not, value);
            value_of(code).is_some_and(is_met)
        })
    }

    /// Tests whether a value is offered; the error says in words what is.
    pub fn accepts(&self, value: &str, locale: Locale) -> Result<(), String> {
        match &self.values {
            Values::Text => Ok(()),
            Values::Select { options } if options.iter().any(|option| option == value) => Ok(()),
            Values::Select { options } => Err(interpolate(
                locale.localized("Choose one of {options}.", "请选择：{options}。"),
                &[(
                    "options",
                    &join(
                        &options.iter().map(String::as_str).collect::<Vec<_>>(),
                        locale.localized(", ", "、"),
                    ),
                )],
            )),
            Values::Number { min, max, step } => {
                let it = parse_i64(value);
                let offered = (*min..=*max).contains(&it)
                    && it.checked_sub(*min).and_then(|it| it.checked_rem(*step)) == Some(0)
                    && i64_to_string(it) == value;
                if offered {
                    return Ok(());
                }
                let template = locale.localized(
                    "Choose a whole number from {min} to {max} in steps of {step}.",
                    "请选择 {min} 至 {max} 之间、步长为 {step} 的整数。",
                );
                let (min, max, step) =
                    (i64_to_string(*min), i64_to_string(*max), i64_to_string(*step));
                Err(interpolate(template, &[("min", &min), ("max", &max), ("step", &step)]))
            }
        }
    }
}

impl FromValue for Values {
    const SCHEMA: &'static Schema = &Schema::Tagged(&[
        Property::required(
            "select",
            &Schema::Object(&[
                Property::required("type", &Schema::Text),
                Property::required("options", Vec::<String>::SCHEMA),
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
        match fields.read::<String>("type").as_str() {
            "select" => Self::Select { options: fields.read("options") },
            "number" => Self::Number {
                min: fields.read("min"),
                max: fields.read("max"),
                step: fields.read::<Option<_>>("step").unwrap_or(1),
            },
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_catalogue() {
        let sample: Catalog = serde_json::from_str(SAMPLE).unwrap();
        assert_eq!(sample.validate(Locale::En), []);
        assert!(sample.notice.unwrap().en.starts_with("A sample."));
    }

    #[test]
    fn what_is_asked_for_depends_on_another() {
        let one = |text: &str| vec![text.to_owned()];
        let condition = |is, is_not| Condition { code: "nodes".into(), is, is_not };
        let mut entry: CatalogEntry = serde_json::from_str(
            r#"{"code":"spec","label":{"en":"Spec","zh":"规格"},"values":{"type":"text"}}"#,
        )
        .unwrap();
        assert!(entry.is_visible(|_| None));
        for (is, is_not, value, visible) in [
            (one("2"), vec![], Some("2"), true),
            (one("2"), vec![], Some("0"), false),
            (one("2"), vec![], None, false),
            (vec![], one("0"), Some("2"), true),
            (vec![], one("0"), Some("0"), false),
            (vec![], one("0"), None, false),
        ] {
            entry.visible_if = Some(condition(is, is_not));
            assert_eq!(entry.is_visible(|_| value), visible, "{value:?}");
        }
    }

    #[test]
    fn values_that_are_offered() {
        let entry = |values| CatalogEntry {
            code: "c".into(),
            label: LocalizedText { en: "Size".into(), zh: "大小".into() },
            help: None,
            default: None,
            values,
            visible_if: None,
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
