//! Texts by language.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{Locale, json_object, strings::is_blank};

json_object! {
    /// A text by language.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogText"))]
    #[serde(deny_unknown_fields)]
    pub struct LocalizedText: Object {
        /// English.
        en: String,
        /// Chinese.
        zh: String,
    }
}

impl LocalizedText {
    /// A text of which each language has its own.
    pub fn new(text: impl Fn(Locale) -> String) -> Self {
        Self { en: text(Locale::En), zh: text(Locale::Zh) }
    }

    /// Tests for a language without a text that can be seen.
    pub(super) fn has_blank(&self) -> bool {
        is_blank(&self.en) || is_blank(&self.zh)
    }

    /// The text in a language.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        locale.localized(&self.en, &self.zh)
    }
}
