//! The language of a caller's messages, as an extractor.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use havenask_core::Locale;

/// The locale of the header `Accept-Language`.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestLocale(pub(super) Locale);

impl<S: Sync> FromRequestParts<S> for RequestLocale {
    type Rejection = Infallible;

    async fn from_request_parts(head: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let list = head.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(preferred(list.unwrap_or_default())))
    }
}

/// The first of the most wanted languages of a list that the product speaks: RFC 9110, section 12.5.4.
fn preferred(list: &str) -> Locale {
    let mut best = (Locale::default(), 0.0);
    for range in list.split(',') {
        let (tag, parameter) = range.split_once(';').unwrap_or((range, ""));
        let weight = parameter.trim().strip_prefix("q=").map_or(Some(1.0), |it| it.parse().ok());
        let language = tag.trim().split('-').next().unwrap_or_default();
        let mut spoken = Locale::ALL.into_iter();
        let spoken = spoken.find(|locale| language.eq_ignore_ascii_case(locale.as_str()));
        if let Some((locale, weight)) = spoken.zip(weight).filter(|(_, it)| *it > best.1) {
            best = (locale, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_language_that_is_spoken_is_chosen() {
        for (list, locale) in [
            ("", Locale::En),
            ("zh-CN", Locale::Zh),
            ("zh", Locale::Zh),
            ("en;q=0.1,zh;q=0.9", Locale::Zh),
            ("ja,zh-CN;q=0.9", Locale::Zh),
            ("zh;q=0.8, en-GB;q=0.8", Locale::Zh),
            ("en,zh", Locale::En),
            ("zh;q=0,en;q=0.1", Locale::En),
            ("fr, *;q=0.5", Locale::En),
            ("zh;q=high,ja", Locale::En),
        ] {
            assert_eq!(preferred(list), locale, "{list}");
        }
    }
}
