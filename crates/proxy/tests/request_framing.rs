//! Requests that two servers may read differently.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use support::{CREATED, GOOD, Stage};

const POST: &str = "POST /openapi/ha3/instances HTTP/1.1\r\nHost: localhost\r\n\
    Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";

/// A purchase in one chunk.
fn chunked() -> String {
    format!("{:x}\r\n{GOOD}\r\n0\r\n\r\n", GOOD.len())
}

#[tokio::test]
async fn a_request_that_two_servers_may_read_differently_is_refused() {
    let stage = Stage::with(CREATED).await;
    let length = GOOD.len();
    let chunked = chunked();
    for request in [
        "GET /healthz HTTP/1.1\nHost: localhost\n\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: localhost\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\n".to_owned(),
        format!("{POST}Content-Length: {length}\n\r\n{GOOD}"),
        format!("{POST}X: a\nContent-Length: {length}\r\n\r\n{GOOD}"),
        format!("{POST}Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}"),
        format!("{POST}transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n{chunked}"),
        format!("{POST}Content-Length: 3\r\nContent-Length: {length}\r\n\r\n{GOOD}"),
    ] {
        let refused = stage.raw(&request).await;
        assert_eq!(refused.status, 400, "{request:?}");
        assert!(refused.header("connection").is_some_and(|it| it == "close"), "{request:?}");
    }
    for path in ["/healthz", "/readyz", "/metrics", "/config.json", "/openapi/ha3/instances"] {
        let two = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        assert_eq!(stage.raw(&two).await.status, 400, "{path}");
    }
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn the_request_after_a_body_is_checked() {
    let stage = Stage::with(CREATED).await;
    let good = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let post = format!("{POST}Content-Length: {}\r\n\r\n{GOOD}", GOOD.len());
    let bad = "GET /healthz HTTP/1.1\nHost: localhost\n\n";
    let statuses = async |requests: String| {
        let reply = stage.raw(&requests).await;
        let text = format!("{}\r\n\r\n{}", reply.head, reply.body);
        let statuses =
            text.match_indices("HTTP/1.1 ").map(|(at, _)| text[at + 9..at + 12].to_owned());
        statuses.collect::<Vec<_>>()
    };
    assert_eq!(statuses([good, &post, good, bad].concat()).await, ["200", "200", "200", "400"]);
    // A connection ends after chunks: nobody reads where they end.
    let chunked = format!("{POST}Transfer-Encoding: chunked\r\n\r\n{}", chunked());
    assert_eq!(statuses([good, &chunked, bad].concat()).await, ["200", "200"]);
}
