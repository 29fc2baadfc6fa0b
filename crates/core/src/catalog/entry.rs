//! A catalogue and its entries, as JSON.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{localized_text::LocalizedText, values::Values};
use crate::{Locale, json_object, model::CreateInstanceRequest, strings::concat};

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
        /// Orders to begin with.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub presets: Vec<CatalogPreset> = default,
    }
}

json_object! {
    /// An order to begin with.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct CatalogPreset: Object {
        /// Its name for people.
        pub name: LocalizedText,
        /// The order that it fills the form with.
        pub request: CreateInstanceRequest,
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
        /// The unit of its values, which a form shows behind the name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit: Option<LocalizedText>,
        /// The heading that it stands under with its neighbours of the same group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub group: Option<LocalizedText>,
        /// Purpose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub help: Option<LocalizedText>,
        /// An address with more about it, which begins with `https://`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// The value to begin with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub default: Option<String>,
        /// The values that may be chosen.
        pub values: Values,
        /// The condition of its being asked for; without one, it always is.
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

impl Catalog {
    /// The entry of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&CatalogEntry> {
        self.components.iter().find(|entry| entry.code == code)
    }
}

impl CatalogEntry {
    /// Its name in a language, with the unit: `Data size (GB)`.
    #[must_use]
    pub fn name(&self, locale: Locale) -> String {
        let label = self.label.get(locale);
        match &self.unit {
            None => label.into(),
            Some(unit) => {
                let [open, close] = if locale == Locale::En { [" (", ")"] } else { ["（", "）"] };
                concat(&[label, open, unit.get(locale), close])
            }
        }
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_catalogue() {
        let sample: Catalog = serde_json::from_str(SAMPLE).unwrap();
        assert_eq!(sample.validate(Locale::En), []);
        assert!(sample.notice.unwrap().get(Locale::En).starts_with("A sample."));
    }

    #[test]
    fn a_component_depends_on_another() {
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
}
