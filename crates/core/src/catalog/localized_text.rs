//! A text in both languages.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Locale, json_object};

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

impl LocalizedText {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        locale.localized(&self.en, &self.zh)
    }
}
