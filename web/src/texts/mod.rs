//! Texts of the page in both languages. Messages about a request are those of the core.

pub(crate) mod form;
pub(crate) mod instances;
pub(crate) mod orders;
pub(crate) mod outcome;
pub(crate) mod price;
pub(crate) mod review;

use havenask_core::Locale;

/// A text in both languages. A text may have one placeholder, such as `{term}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) en: &'static str,
    pub(crate) zh: &'static str,
}

impl Text {
    /// The text in a language.
    pub(crate) const fn get(self, locale: Locale) -> &'static str {
        locale.localized(self.en, self.zh)
    }

    /// The text in a language with a value in its placeholder.
    pub(crate) fn with(self, locale: Locale, value: &str) -> String {
        let text = self.get(locale);
        match text.split_once('{').zip(text.split_once('}')) {
            Some(((before, _), (_, after))) => [before, value, after].concat(),
            None => text.to_owned(),
        }
    }
}

/// `NAME: "English", "Chinese";` for each text, and for the tests a list of all.
macro_rules! texts {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        $(
            #[doc = $en]
            pub(crate) const $name: $crate::texts::Text = $crate::texts::Text { en: $en, zh: $zh };
        )*
        #[cfg(test)]
        pub(super) const ALL: &[(&str, $crate::texts::Text)] = &[$((stringify!($name), $name)),*];
    };
}
use texts;

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, and the one text that is in the language that the page is not in.
    const OTHERWISE: [&str; 2] = ["PRODUCT", "OTHER_LANGUAGE"];

    #[test]
    fn every_text_is_there_in_both_languages() {
        let tables =
            [form::ALL, review::ALL, outcome::ALL, instances::ALL, orders::ALL, price::ALL];
        for (name, text) in tables.into_iter().flatten() {
            assert!(!text.en.is_empty() && text.en.trim() == text.en, "{name}");
            if !OTHERWISE.contains(name) {
                let latin = |c: char| c.is_ascii() || "–—’“”…�".contains(c);
                assert!(text.en.chars().all(latin) && !text.zh.is_ascii(), "{name}");
            }
        }
    }

    #[test]
    fn the_page_says_the_same_before_it_is_loaded() {
        let html = include_str!("../../../index.html");
        for text in [form::TITLE, form::LEAD] {
            assert!(html.contains(text.en) && html.contains(text.zh), "{text:?}");
        }
    }

    #[test]
    fn both_languages_have_the_same_place_and_at_most_one() {
        let place = |text: &str| {
            assert!(text.matches('{').count() <= 1, "{text}");
            Some(text.split_once('{')?.1.split_once('}')?.0.to_owned())
        };
        for (name, text) in
            [form::ALL, review::ALL, outcome::ALL, instances::ALL, orders::ALL, price::ALL]
                .into_iter()
                .flatten()
        {
            assert_eq!(place(text.en), place(text.zh), "{name}");
        }
    }

    #[test]
    fn a_value_goes_into_the_place_as_it_is() {
        let text = Text { en: "Ends after {term}.", zh: "{term}后到期。" };
        assert_eq!(text.with(Locale::En, "1 {month}"), "Ends after 1 {month}.");
        assert_eq!(text.with(Locale::Zh, "1 个月"), "1 个月后到期。");
        assert_eq!(form::PRODUCT.with(Locale::En, "x"), form::PRODUCT.en);
    }
}
