//! The page and its headers.

use std::path::Path;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use tower_http::services::ServeDir;

/// The page may run its own scripts and wasm, and talk to this proxy; nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For a year, and never asked for again.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The files; beside each may lie what it is when compressed.
pub(crate) fn service(folder: &Path) -> ServeDir {
    ServeDir::new(folder).precompressed_br().precompressed_gzip()
}

/// Puts on the headers that every answer carries, unless it says otherwise.
pub(crate) fn put_headers(path: &str, response: &mut Response) {
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let always = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        // Answers about purchases are nobody else's; files are asked for anew, and are unchanged most of the time.
        (header::CACHE_CONTROL, if found && is_hashed(path) { FOREVER } else { "no-cache" }),
    ];
    for (name, value) in always {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Whether a file, or a folder that it is in, has its content's hash in its name, as trunk and xtask write it: another content
/// has another address.
fn is_hashed(path: &str) -> bool {
    let mut parts = path.split(['/', '-', '.', '_']);
    parts.any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn names_with_a_hash() {
        for (path, hashed) in [
            ("/havenask-web-9bf1809f7a49b0b7_bg.wasm", true),
            ("/boot-3433cc90.js", true),
            ("/e70b093ea002d023-loading.mjs", true),
            ("/developer-0f24c1d9/index.js", true),
            ("/developer/index.js", false),
            ("/index.html", false),
            ("/", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }
}
