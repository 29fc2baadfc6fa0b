//! CORS: pages of other origins that may use the API. Browsers name the origin; other programs do not, and hold no cookie or password that a
//! page could abuse.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

/// Pages of other origins that may ask: `https://console.example.com`.
#[derive(Clone, Debug, Default)]
pub struct AllowedOrigins(Vec<String>);

/// The request is refused.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForeignOrigin;

impl AllowedOrigins {
    /// Takes origins as a browser writes them: scheme, host, and the port unless it is the usual one.
    #[must_use]
    pub fn new(origins: Vec<String>) -> Self {
        Self(origins)
    }

    /// The origin of another page that may ask; `None` for the page of the proxy itself, which is asked by `host`, and
    /// for what is no page.
    pub(crate) fn cross_origin(
        &self,
        headers: &HeaderMap,
        host: &str,
    ) -> Result<Option<HeaderValue>, ForeignOrigin> {
        let own = |origin: &str| {
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
        };
        let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
        match (headers.get(header::ORIGIN), site) {
            (Some(origin), site) => match origin.to_str() {
                Ok(text) if self.0.iter().any(|it| it == text) => Ok(Some(origin.clone())),
                Ok(text) if own(text) && site.is_none_or(|it| it == "same-origin") => Ok(None),
                _ => Err(ForeignOrigin),
            },
            // A link or an image of another page.
            (None, Some("cross-site" | "same-site")) => Err(ForeignOrigin),
            (None, _) => Ok(None),
        }
    }

    /// Returns whether a page of this host may ask.
    pub(crate) fn has_host(&self, host: &str) -> bool {
        self.0.iter().any(|origin| origin.split_once("://").is_some_and(|(_, it)| it == host))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Adds the CORS headers by which a page of another origin may read the response.
pub(crate) fn add_cors_headers(mut response: Response, origin: Option<&HeaderValue>) -> Response {
    let Some(origin) = origin else { return response };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "accept-language, authorization, content-type, havenask-max-price, havenask-no-repeat, havenask-terms, idempotency-key, x-acs-accesskey-id, \
             x-acs-action, x-acs-content-sha256, x-acs-date, x-acs-security-token, x-acs-signature-nonce, x-acs-version",
        ),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "idempotency-replayed, retry-after"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
