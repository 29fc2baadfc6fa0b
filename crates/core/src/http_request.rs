//! An HTTP request to the API, before and after it is signed.

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::fmt;

/// The header that names the operation.
pub const ACTION: &str = "x-acs-action";
/// The header that names the version of the API.
pub const VERSION: &str = "x-acs-version";
/// The header that holds a number used once.
pub const NONCE: &str = "x-acs-signature-nonce";
/// The header that holds the token of an STS credential.
pub const SECURITY_TOKEN: &str = "x-acs-security-token";

/// Any HTTP request to the API, on either side of the wire.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method, in capitals.
    pub method: String,
    /// The path as it is sent: percent-encoded.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// Names and values, `host` among them.
    pub headers: Vec<(String, String)>,
    /// The body as it is sent; empty when there is none.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// The value of the first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The path, `/` when it is empty.
    #[must_use]
    pub fn path(&self) -> &str {
        if self.path.is_empty() { "/" } else { &self.path }
    }

    pub(crate) fn put_if_absent(&mut self, name: &str, value: &str) {
        if self.header(name).is_none() {
            self.add(name, value);
        }
    }

    pub(crate) fn put(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.add(name, value);
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // With its signature, anybody could send the request.
        let secret = |name: &str| {
            [SECURITY_TOKEN, "authorization"].iter().any(|it| name.eq_ignore_ascii_case(it))
        };
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| (name, if secret(name) { "***" } else { value }));
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers.collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}
