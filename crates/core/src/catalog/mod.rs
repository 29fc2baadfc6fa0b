//! The components that a console sells. The API publishes no list of them, so a console brings its own.

mod validate;

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Fields, FromInput, Input, Locale, Shape,
    locale::fill,
    shape::Field,
    text::{integer, join, number},
};

/// Where a proxy hands out what it sells.
pub const PATH: &str = "/catalog.json";
/// A sample of a catalogue, as JSON: most of it is made up, and it says so.
pub const SAMPLE: &str = include_str!("sample.json");

/// What a console sells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Catalog {
    /// What a buyer must know of it: that it is a sample, until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Text>,
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
    /// When it is asked for: always, unless this says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Condition>,
}

/// What another component has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogCondition"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Condition {
    /// The code of the other component.
    pub code: String,
    /// Its values with which this one is asked for; without any, it is with all values but those of `isNot`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// Its values with which this one is not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is_not: Vec<String>,
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

    /// Whether it is asked for, given the values of the others.
    pub fn is_visible<'v>(&self, value_of: impl Fn(&str) -> Option<&'v str>) -> bool {
        self.visible_if.as_ref().is_none_or(|condition| {
            let Condition { code, is, is_not } = condition;
            let among = |values: &[String], value| values.iter().any(|it| it == value);
            let is_met = |value| (is.is_empty() || among(is, value)) && !among(is_not, value);
            value_of(code).is_some_and(is_met)
        })
    }

    /// Whether a value is offered; the error says in words what is.
    pub fn accepts(&self, value: &str, locale: Locale) -> Result<(), String> {
        match &self.values {
            Values::Text => Ok(()),
            Values::Select { options } if options.iter().any(|option| option == value) => Ok(()),
            Values::Select { options } => Err(fill(
                locale.pick("Choose one of {options}.", "请选择：{options}。"),
                &[(
                    "options",
                    &join(
                        &options.iter().map(String::as_str).collect::<Vec<_>>(),
                        locale.pick(", ", "、"),
                    ),
                )],
            )),
            Values::Number { min, max, step } => {
                let it = integer(value);
                let offered = (*min..=*max).contains(&it)
                    && it.checked_sub(*min).and_then(|it| it.checked_rem(*step)) == Some(0)
                    && number(it) == value;
                if offered {
                    return Ok(());
                }
                let template = locale.pick(
                    "Choose a whole number from {min} to {max} in steps of {step}.",
                    "请选择 {min} 至 {max} 之间、步长为 {step} 的整数。",
                );
                let (min, max, step) = (number(*min), number(*max), number(*step));
                Err(fill(template, &[("min", &min), ("max", &max), ("step", &step)]))
            }
        }
    }
}

impl FromInput for Catalog {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::optional("notice", Text::SHAPE),
        Field::required("components", Vec::<Entry>::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self { notice: fields.optional("notice"), components: fields.required("components") }
    }
}

impl FromInput for Entry {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("code", &Shape::Text),
        Field::required("label", Text::SHAPE),
        Field::optional("help", Text::SHAPE),
        Field::optional("default", &Shape::Text),
        Field::required("values", Values::SHAPE),
        Field::optional("visibleIf", Condition::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            code: fields.text("code"),
            label: fields.required("label"),
            help: fields.optional("help"),
            default: fields.optional_text("default"),
            values: fields.required("values"),
            visible_if: fields.optional("visibleIf"),
        }
    }
}

impl FromInput for Condition {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("code", &Shape::Text),
        Field::optional("is", Vec::<String>::SHAPE),
        Field::optional("isNot", Vec::<String>::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            code: fields.text("code"),
            is: fields.required("is"),
            is_not: fields.required("isNot"),
        }
    }
}

impl FromInput for Text {
    const SHAPE: &'static Shape =
        &Shape::Object(&[Field::required("en", &Shape::Text), Field::required("zh", &Shape::Text)]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self { en: fields.text("en"), zh: fields.text("zh") }
    }
}

impl FromInput for Values {
    const SHAPE: &'static Shape = &Shape::Variants(&[
        Field::required(
            "select",
            &Shape::Object(&[
                Field::required("type", &Shape::Text),
                Field::required("options", Vec::<String>::SHAPE),
            ]),
        ),
        Field::required(
            "number",
            &Shape::Object(&[
                Field::required("type", &Shape::Text),
                Field::required("min", &Shape::Integer),
                Field::required("max", &Shape::Integer),
                Field::optional("step", &Shape::Integer),
            ]),
        ),
        Field::required("text", &Shape::Object(&[Field::required("type", &Shape::Text)])),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        match fields.text("type").as_str() {
            "select" => Self::Select { options: fields.required("options") },
            "number" => Self::Number {
                min: fields.required("min"),
                max: fields.required("max"),
                step: fields.optional("step").unwrap_or(1),
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
        let mut entry: Entry = serde_json::from_str(
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
        let entry = |values| Entry {
            code: "c".into(),
            label: Text { en: "Size".into(), zh: "大小".into() },
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
