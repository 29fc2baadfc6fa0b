//! Headers: none of a client reaches the cloud, none of the cloud's reaches a client, and every answer carries those that
//! protect a page.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    collections::BTreeSet,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use havenask_proxy::{
    Config,
    access::{AllowedOrigins, Authentication, BearerTokens, RequestLimits},
};
use support::{CREATED, GOOD, Part, Reply, Stage, request};

const LIST: &str = "/openapi/ha3/instances";
const ONE: &str = "/openapi/ha3/instances/ha-cn-1";
const ORDER: &str = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";
const SCRIPT: &str = "/page-0123456789abcdef.js";

/// Headers of every response. Neither the policy nor another header lets anything inline run.
const ALWAYS: [(&str, &str); 4] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
];

fn names(head: &str) -> BTreeSet<String> {
    head.lines().filter_map(|line| Some(line.split_once(':')?.0.to_lowercase())).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[tokio::test]
async fn no_header_of_a_client_reaches_the_cloud() {
    let stage = Stage::with(CREATED).await;
    let foreign: String = [
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Cookie",
        "Forwarded",
        "Referer",
        "TE",
        "Traceparent",
        "User-Agent",
        "X-Acs-Action",
        "X-Acs-Date",
        "X-Acs-More",
        "X-Acs-Security-Token",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-HTTP-Method-Override",
    ]
    .map(|name| format!("{name}: foreign\r\n"))
    .concat();
    for (method, target, order, body) in
        [("POST", LIST, ORDER, GOOD), ("GET", LIST, "", ""), ("GET", ONE, "", "")]
    {
        let headers = [order, &foreign].concat();
        let reply = request(stage.url(), method, target, &headers, body).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    let mut of_a_question = set(&[
        "accept",
        "authorization",
        "host",
        "user-agent",
        "x-acs-action",
        "x-acs-content-sha256",
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-version",
    ]);
    let of_a_purchase = &of_a_question | &set(&["content-length", "content-type"]);
    let requests = stage.requests().await;
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert!(!request.contains("foreign"), "{request}");
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let sent = if body.is_empty() { &mut of_a_question } else { &of_a_purchase };
        assert_eq!(names(head), *sent, "{head}");
    }
}

#[tokio::test]
async fn no_header_of_the_cloud_reaches_a_client() {
    let own = set(&[
        "cache-control",
        "connection",
        "content-length",
        "content-security-policy",
        "content-type",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "date",
        "referrer-policy",
        "x-content-type-options",
        "x-request-id",
    ]);
    let foreign: String = [
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Origin",
        "Cache-Control",
        "Content-Security-Policy",
        "Content-Type",
        "Link",
        "Location",
        "Refresh",
        "Retry-After",
        "Server",
        "Set-Cookie",
        "Strict-Transport-Security",
        "X-Acs-Request-Id",
    ]
    .map(|name| format!("{name}: foreign\r\n"))
    .concat();
    let created = r#"{"requestId":"R-1","result":{"instanceId":"ha-cn-abc123"}}"#;
    let refused = r#"{"requestId":"R-9","code":"Some.Code","message":"no"}"#;
    for (status, body) in [("200 OK", created), ("400 Bad", refused), ("503 Busy", refused)] {
        let length = body.len();
        let answer =
            format!("HTTP/1.1 {status}\r\n{foreign}Content-Length: {length}\r\n\r\n{body}");
        let stage = Stage::with(Part::Answer(answer.leak())).await;
        for reply in [stage.buy(GOOD).await, stage.get(LIST).await, stage.get(ONE).await] {
            assert_eq!(reply.status.to_string(), status[..3]);
            assert_eq!(names(&reply.head), own, "{}", reply.head);
            assert!(!reply.head.contains("foreign"), "{}", reply.head);
        }
    }
}

/// A folder with a page in it, for one test.
fn site(name: &str) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        ("index.html", "<p>page"),
        ("page-0123456789abcdef.js", "long script"),
        ("page-0123456789abcdef.js.br", "brotli"),
        ("page-0123456789abcdef.js.gz", "gzip"),
        ("page_bg.wasm", "wasm"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[tokio::test]
async fn every_answer_carries_what_protects_a_page() {
    let console = "https://console.example.com";
    let change = |config| Config {
        site: Some(site("protected")),
        origins: AllowedOrigins::new(vec![console.to_owned()]),
        ..config
    };
    let stage = Stage::with_config(CREATED, change).await;
    let visitor = format!("Origin: {console}\r\n");
    let fresh = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n";
    let foreign = "Origin: https://evil.example\r\n";
    let twice = GOOD.replace(":1,", ":2,");
    for (method, target, headers, body, status) in [
        ("POST", LIST, ORDER, GOOD, 200),
        ("POST", LIST, ORDER, &twice, 422),
        ("POST", LIST, ORDER, "{", 400),
        ("POST", LIST, ORDER, &"x".repeat(100_000), 413),
        ("POST", LIST, "", GOOD, 415),
        ("GET", LIST, "", "", 200),
        ("GET", LIST, foreign, "", 403),
        ("GET", LIST, &visitor, "", 200),
        ("OPTIONS", LIST, &visitor, "", 204),
        ("DELETE", ONE, "", "", 405),
        ("GET", ONE, "", "", 200),
        ("GET", "/purchases/key-of-a-test", "", "", 200),
        ("GET", "/purchases/key-of-nobody", "", "", 404),
        ("GET", "/config.json", "", "", 200),
        ("GET", "/openapi.json", "", "", 200),
        ("GET", "/healthz", "", "", 200),
        ("GET", "/readyz", "", "", 200),
        ("GET", "/metrics", "", "", 200),
        ("PUT", "/metrics", "", "", 405),
        ("GET", "/", "", "", 200),
        ("GET", SCRIPT, "", "", 200),
        ("GET", SCRIPT, fresh, "", 304),
        ("GET", SCRIPT, "Range: bytes=0-1\r\n", "", 206),
        ("POST", "/", "", "", 405),
        ("GET", "/nowhere", "", "", 404),
    ] {
        let reply = request(stage.url(), method, target, headers, body).await;
        assert_eq!(reply.status, status, "{method} {target} {headers}: {}", reply.body);
        // Pages that are allowed may read an answer; no other page may even hold it.
        let readers = if headers == visitor { "cross-origin" } else { "same-origin" };
        assert_protected(&reply, readers);
        let visible = reply.header("access-control-allow-origin").is_some();
        assert_eq!(visible, headers == visitor, "{method} {target} {headers}");
    }
}

#[tokio::test]
async fn a_refusal_carries_what_protects_a_page() {
    let (some, none) = (
        RequestLimits::default(),
        RequestLimits { per_principal: 0, total: 0, concurrent: 0, ..RequestLimits::default() },
    );
    let refused = Part::Answer("HTTP/1.1 418 T\r\nContent-Length: 2\r\n\r\n{}");
    for (part, authentication, request_limits, status) in [
        (CREATED, Authentication::BearerTokens(BearerTokens::default()), some, 401),
        (CREATED, Authentication::Anonymous, none, 429),
        (Part::Close, Authentication::Anonymous, some, 502),
        (Part::Silence, Authentication::Anonymous, some, 504),
        (refused, Authentication::Anonymous, some, 418),
    ] {
        let change = |config| Config { authentication, request_limits, ..config };
        let stage = Stage::with_config(part, change).await;
        for reply in [stage.buy(GOOD).await, stage.get(LIST).await] {
            assert_eq!(reply.status, status, "{}", reply.body);
            assert_protected(&reply, "same-origin");
        }
    }
}

fn assert_protected(reply: &Reply, readers: &str) {
    for (name, value) in ALWAYS.into_iter().chain([("cross-origin-resource-policy", readers)]) {
        assert_eq!(reply.header(name), Some(value), "{name} of {}", reply.head);
    }
}

#[tokio::test]
async fn files_with_a_hash_stay_and_the_smaller_form_is_sent() {
    let change = |config| Config { site: Some(site("kept")), ..config };
    let stage = Stage::with_config(CREATED, change).await;
    let get = async |path: &str, accept: &str| {
        request(stage.url(), "GET", path, &format!("Accept-Encoding: {accept}\r\n"), "").await
    };
    for (accept, body, encoding) in [
        ("gzip, br", "brotli", Some("br")),
        ("gzip", "gzip", Some("gzip")),
        ("identity", "long script", None),
    ] {
        let reply = get(SCRIPT, accept).await;
        assert_eq!((reply.status, reply.body.as_str()), (200, body));
        assert_eq!(reply.header("content-encoding"), encoding);
        assert_eq!(reply.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert!(reply.header("content-type").unwrap().contains("javascript"));
    }
    assert_eq!(get("/page_bg.wasm", "br").await.header("content-type"), Some("application/wasm"));
    for (path, status, kept) in [
        ("/", 200, "no-cache"),
        ("/index.html", 200, "no-cache"),
        ("/page_bg.wasm", 200, "no-cache"),
        ("/page-fedcba9876543210.js", 404, "no-cache"),
        ("/config.json", 200, "no-cache"),
        ("/metrics", 200, "no-cache"),
        (LIST, 200, "no-store"),
        // They look like the name of a file that never changes.
        ("/purchases/0123456789abcdef", 404, "no-store"),
        ("/openapi/ha3/instances/0123456789abcdef", 200, "no-store"),
    ] {
        let reply = get(path, "br").await;
        assert_eq!((reply.status, reply.header("cache-control")), (status, Some(kept)), "{path}");
    }
}

/// A folder in which there are things that are no files of a page.
fn odd_site() -> PathBuf {
    let folder = site("odd");
    let outside = folder.with_extension("outside");
    std::fs::write(&outside, "outside").unwrap();
    let _ = std::fs::remove_dir_all(folder.join("sub"));
    std::fs::create_dir_all(folder.join("sub")).unwrap();
    std::fs::create_dir_all(folder.join(".git")).unwrap();
    for (name, text) in [
        (".env", "secret"),
        (".git/config", "secret"),
        ("sub/.env", "secret"),
        ("sub/x.js", "x"),
        ("piped.js", "x"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    for name in ["out.html", "sub/out.html", "fifo", "fifo.js", "inside.html", "piped.js.br"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
    symlink(&outside, folder.join("out.html")).unwrap();
    symlink("/etc", folder.join("sub/out.html")).unwrap();
    symlink("index.html", folder.join("inside.html")).unwrap();
    for name in ["fifo", "fifo.js", "piped.js.br"] {
        let made = std::process::Command::new("mkfifo").arg(folder.join(name)).status();
        assert!(made.unwrap().success());
    }
    folder
}

#[tokio::test]
async fn only_files_of_the_page_are_served() {
    let folder = odd_site();
    let stage = Stage::with_config(CREATED, |config| Config { site: Some(folder), ..config }).await;
    let (long, deep) = ("x".repeat(5000), "a/".repeat(2500));
    for path in [
        &*long,
        &deep,
        "fifo",
        "fifo.js",
        "piped.js",
        "out.html",
        "sub/out.html",
        "sub/out.html/passwd",
        ".env",
        "sub/.env",
        "%2eenv",
        ".git/config",
        "sub/../.env",
        "sub/%2e%2e/index.html",
        "../outside",
        "..%2foutside",
        "sub",
        "sub/",
        "x%00.js",
        "%ff",
        "index.html/",
        "index.html/x",
        "%2fetc/passwd",
        "/etc/passwd",
        "nothing.js",
    ] {
        let get = format!(
            "GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: br, gzip\r\n\r\n"
        );
        let reply = support::in_time(stage.raw(&get)).await;
        assert_eq!(reply.status, 404, "{path}: {}", reply.body);
        assert_eq!(reply.json()["code"], "NotFound", "{path}");
    }
    for path in ["", "index.html", "inside.html", "sub/x.js", "sub/%78.js"] {
        assert_eq!(stage.get(&format!("/{path}")).await.status, 200, "{path}");
        let put = format!(
            "PUT /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        let reply = stage.raw(&put).await;
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET,HEAD")), "{path}");
        assert_eq!(reply.json()["code"], "MethodNotAllowed", "{path}");
    }
}
