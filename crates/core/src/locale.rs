//! Languages in which the product speaks.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{json_enum, strings::split_once};

json_enum! {
    /// A language of messages.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum Locale {
        /// English.
        #[default]
        En = "en",
        /// Simplified Chinese.
        Zh = "zh",
    }
}

impl Locale {
    /// The language that a tag such as `zh-CN`, or the first of an `Accept-Language` list, asks for; English for every
    /// language that the product does not speak.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let language = tag.trim_ascii_start();
        match language.get(..2) {
            Some(start) if start.eq_ignore_ascii_case("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// The tag for a `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn localized<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

/// Puts values into the `{name}` places of a text.
pub(crate) fn interpolate(template: &str, values: &[(&str, &str)]) -> String {
    interpolate_between(["{", "}"], template, values)
}

/// The same, where braces mean something else.
pub(crate) fn interpolate_between(
    [open, close]: [&str; 2],
    template: &str,
    values: &[(&str, &str)],
) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = split_once(rest, open) {
        text.push_str(before);
        let Some((name, after)) = split_once(after, close) else { break };
        text.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}
