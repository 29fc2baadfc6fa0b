//! The page and its headers.

use std::path::{Path, PathBuf};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use havenask_core::percent;
use tower_http::services::ServeDir;

/// The page may run its own scripts and wasm, and talk to this proxy; nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Cache-Control of a file that never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Bytes of the path of a file, at most.
const MAX_PATH: usize = 1024;
/// Endings of the files that may lie beside a file: the same, compressed.
const COMPRESSED: [&str; 2] = ["br", "gz"];

/// The files of the page.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    folder: PathBuf,
    service: ServeDir,
}

impl Site {
    pub(crate) fn new(folder: &Path) -> Self {
        let service = ServeDir::new(folder).precompressed_br().precompressed_gzip();
        Self { folder: folder.to_owned(), service }
    }

    /// The answer to a request for a file; `None` when there is none that may be shown: one with a dot before its name, one
    /// outside of the folder, whatever leads there, and what is no file.
    pub(crate) async fn answer(&self, request: Request) -> Option<Response> {
        let path = percent::decode_segment(request.uri().path())?;
        let (folder, name) = (self.folder.clone(), path.trim_start_matches('/').to_owned());
        if path.len() > MAX_PATH || path.split('/').any(|part| part.starts_with('.')) {
            return None;
        }
        let shown = tokio::task::spawn_blocking(move || may_be_shown(&folder, &name));
        if !shown.await.unwrap_or_default() {
            return None;
        }
        let response = self.service.clone().try_call(request).await.ok()?;
        (response.status() != StatusCode::NOT_FOUND).then(|| response.map(Body::new))
    }
}

fn may_be_shown(folder: &Path, name: &str) -> bool {
    let Ok(root) = folder.canonicalize() else { return false };
    let path = folder.join(name);
    let path = if path.is_dir() { path.join("index.html") } else { path };
    let is_file = |path: &Path| {
        path.canonicalize().is_ok_and(|real| real.starts_with(&root) && real.is_file())
    };
    let compressed = COMPRESSED.map(|form| {
        let mut name = path.clone().into_os_string();
        name.push(".");
        name.push(form);
        PathBuf::from(name)
    });
    is_file(&path) && compressed.iter().all(|it| it.symlink_metadata().is_err() || is_file(it))
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

/// Tests for a file, or a folder that it is in, with the hash of its content in its name, as xtask writes it: another content
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
            ("/app-9bf1809f/havenask-web_bg.wasm", true),
            ("/styles-3433cc90.css", true),
            ("/havenask-web-9bf1809f7a49b0b7_bg.wasm", true),
            ("/developer-0f24c1d9/index.js", true),
            ("/developer/index.js", false),
            ("/index.html", false),
            ("/", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }
}
