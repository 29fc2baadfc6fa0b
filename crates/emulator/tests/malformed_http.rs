//! Malformed and slow requests: they get a clean response, and no connection hangs.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::Duration;

use havenask_core::{Locale, catalog::Catalog, model::ListInstancesRequest, operation};
use support::{Cloud, FULL, exchange, read, request, wire};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A cloud that does not wait long for anybody.
async fn impatient() -> Cloud {
    Cloud::start_with(|config| config.read_timeout = Duration::from_millis(200)).await.unwrap()
}

#[tokio::test]
async fn garbage_is_a_clean_400() {
    let cloud = Cloud::start().await;
    let heads: [&[u8]; 13] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /openapi/ha3/instances HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET /openapi/ha3/instances HTTP/1.1\r\nhost: \xff\xfe\r\n\r\n",
        b"GET /openapi/ha3/instances?a=%zz HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /openapi/ha3/instances?a=%ff HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /openapi/ha3/instances/%e9 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /openapi/ha3/instances/\xff HTTP/1.1\r\nhost: x\r\n\r\n",
        b"POST /openapi/ha3/instances HTTP/1.1\r\nhost: x\r\ncontent-length: no\r\n\r\n",
        b"POST /openapi/ha3/instances HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n\r\n",
    ];
    for head in heads {
        let answer = exchange(cloud.address(), head).await;
        assert_eq!(answer.status, 400, "{}", head.escape_ascii());
    }
    let mut long = b"GET /openapi/ha3/instances?a=".to_vec();
    long.resize(80_000, b'x');
    long.extend_from_slice(b" HTTP/1.1\r\nhost: x\r\n\r\n");
    let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
    // The answer may come before everything is sent.
    let _ = stream.write_all(&long).await;
    let answer = read(&mut stream).await;
    assert!(answer.is_none_or(|answer| [414, 431].contains(&answer.status)));
    assert_eq!(cloud.get("x").await.status, 404, "it still answers");
}

#[tokio::test]
async fn a_chunked_body_is_accepted() {
    let cloud = Cloud::start().await;
    let mut request = cloud.sign(operation::create_instance(&request(FULL), None));
    request.headers.push(("Transfer-Encoding".into(), "chunked".into()));
    let answer = cloud.send(&request).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn a_connection_takes_one_request_after_the_other() {
    let cloud = Cloud::start().await;
    let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
    for _ in 0..3 {
        let request = cloud.sign(operation::create_instance(&request(FULL), None));
        let bytes = wire("POST", operation::INSTANCES, &request.headers, &request.body);
        stream.write_all(&bytes).await.unwrap();
        assert_eq!(read(&mut stream).await.unwrap().status, 200);
    }
    cloud.running.stop().await;
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0, "stopping closes what is idle");
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let cloud = Cloud::start().await;
    for (length, status, code) in [
        (1 << 20, 400, "InvalidParameter"),
        ((1 << 20) + 1, 413, "RequestEntityTooLarge"),
        (8 << 20, 413, "RequestEntityTooLarge"),
    ] {
        let mut operation = operation::create_instance(&request(FULL), None);
        operation.body = Some(" ".repeat(length));
        let answer = cloud.call(operation).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{length}");
    }
}

#[tokio::test]
async fn slow_requests_time_out() {
    let cloud = impatient().await;
    for head in ["", "GET /openapi", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = read(&mut stream).await;
        assert!(answer.is_none_or(|answer| answer.status == 408), "{head}");
    }
    let slow = b"POST /openapi/ha3/instances HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf";
    let answer = exchange(cloud.address(), slow).await;
    assert_eq!((answer.status, answer.code().as_str()), (408, "RequestTimeout"));
}

#[tokio::test]
async fn a_disconnected_client_does_not_affect_others() {
    let cloud = Cloud::start().await;
    let request = cloud.sign(operation::create_instance(&request(FULL), None));
    let bytes = wire("POST", operation::INSTANCES, &request.headers, &request.body);
    for end in (1..bytes.len()).step_by(37) {
        let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
        stream.write_all(&bytes[..end]).await.unwrap();
        stream.shutdown().await.unwrap();
        let answer = read(&mut stream).await;
        assert!(answer.is_none_or(|answer| answer.status == 400));
    }
    let list = cloud.list(&ListInstancesRequest::default()).await;
    assert_eq!(list["totalCount"], 0, "half a purchase buys nothing");
}

#[tokio::test]
async fn a_catalogue_is_served_and_says_that_it_is_a_sample() {
    let cloud = Cloud::start().await;
    let answer = exchange(cloud.address(), b"GET /catalog.json HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some("*")));
    let catalog: Catalog = serde_json::from_slice(&answer.body).unwrap();
    let notice = catalog.notice.unwrap();
    assert!(notice.get(Locale::En).contains("sample") && notice.get(Locale::Zh).contains("示例"));
    for entry in &catalog.components {
        let documented = entry.code == "searcherdocsize";
        assert!(documented || entry.code.starts_with("sample-"), "{}", entry.code);
        for (locale, word) in [(Locale::En, "(sample)"), (Locale::Zh, "（示例）")] {
            assert_eq!(entry.name(locale).contains(word), !documented, "{}", entry.code);
            let default = entry.default.as_deref().unwrap_or_default();
            assert_eq!(entry.values.accepts(default, locale), Ok(()), "{}", entry.code);
        }
    }
}
