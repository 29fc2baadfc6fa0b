//! Whose page a request comes from. A browser says so; other programs do not, and hold no cookie or password that a page
//! could abuse.

use std::net::SocketAddr;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

/// Pages of other origins that may ask: `https://console.example.com`.
#[derive(Clone, Debug, Default)]
pub struct Origins(Vec<String>);

/// The request is refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foreign;

impl Origins {
    /// These, each as a browser writes it: scheme, host, and the port unless it is the usual one.
    #[must_use]
    pub fn new(origins: Vec<String>) -> Self {
        Self(origins)
    }

    /// The name by which the proxy is asked, when it is one of its own.
    pub(super) fn own_name<'a>(
        &self,
        headers: &'a HeaderMap,
        listen: SocketAddr,
    ) -> Result<&'a str, Foreign> {
        let host = text(headers, &header::HOST).ok_or(Foreign)?;
        if self.is_own_name(host, listen) { Ok(host) } else { Err(Foreign) }
    }

    /// The origin of another page that may ask; `None` for the proxy's own page, and for whoever is no page.
    pub(super) fn visitor(
        &self,
        headers: &HeaderMap,
        listen: SocketAddr,
    ) -> Result<Option<HeaderValue>, Foreign> {
        let host = self.own_name(headers, listen)?;
        let own = |origin: &str| {
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
        };
        let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
        match (headers.get(header::ORIGIN), site) {
            (Some(origin), site) => match origin.to_str() {
                Ok(text) if self.0.iter().any(|it| it == text) => Ok(Some(origin.clone())),
                Ok(text) if own(text) && site.is_none_or(|it| it == "same-origin") => Ok(None),
                _ => Err(Foreign),
            },
            // A link or an image of another page.
            (None, Some("cross-site" | "same-site")) => Err(Foreign),
            (None, _) => Ok(None),
        }
    }

    /// Whoever listens on this machine only is reached by its names only: any other name is one that a page has made to
    /// point here (DNS rebinding).
    fn is_own_name(&self, host: &str, listen: SocketAddr) -> bool {
        if !listen.ip().is_loopback() {
            return true;
        }
        let name = host.rsplit_once(':').map_or(host, |(name, port)| {
            if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
        });
        let allowed = |origin: &String| origin.split_once("://").is_some_and(|(_, it)| it == host);
        name.eq_ignore_ascii_case("localhost")
            || name
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|it| it.is_loopback())
            || self.0.iter().any(allowed)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Tells the browser that the page of a visitor may read the answer.
pub(super) fn allow(mut response: Response, visitor: Option<&HeaderValue>) -> Response {
    let Some(origin) = visitor else { return response };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "accept-language, authorization, content-type, havenask-no-repeat, idempotency-key, x-acs-accesskey-id, \
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
