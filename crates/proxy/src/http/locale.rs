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
        let tag = head.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(Locale::from_tag(tag.unwrap_or_default())))
    }
}
