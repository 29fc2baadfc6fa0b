//! The one endpoint: whoever asks, whatever it answers, and whoever stands in its place, nothing is sent anywhere else.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::Arc;

use havenask_core::Endpoint;
use havenask_proxy::{
    Config,
    config::{Endpoints, RegionEndpoint},
};
use serde_json::json;
use support::{CREATED, GOOD, Part, Stage, in_time};
use tokio::{net::TcpListener, sync::mpsc};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{AlertDescription, Error, ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

const LIST: &str = "/openapi/ha3/instances";

#[tokio::test]
async fn a_client_does_not_say_where_to_send() {
    let (stage, elsewhere) = (Stage::with(CREATED).await, Stage::with(CREATED).await);
    let (url, host) = (&elsewhere.upstream, elsewhere.upstream.trim_start_matches("http://"));
    // Two hosts in one request are refused.
    let two = format!("GET {url}{LIST} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(stage.raw(&two).await.status, 400);
    for request in [
        format!("GET {url}{LIST} HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET {LIST} HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET {LIST} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: {host}\r\n"),
    ] {
        let reply = stage.raw(&(request + "Connection: close\r\n\r\n")).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    for id in ["..%2F..%2F", &format!("%40{host}")] {
        let reply = stage.get(&format!("{LIST}/{id}")).await;
        assert_eq!(reply.status, 404, "{id}: {}", reply.body);
    }
    let own = format!("host: {}\r\n", stage.upstream.trim_start_matches("http://"));
    let requests = stage.requests().await;
    assert_eq!(requests.len(), 3);
    for request in requests {
        assert!(request.starts_with(&format!("GET {LIST}")), "{request}");
        assert!(request.contains(&own), "{request}");
    }
    assert_eq!(elsewhere.requests().await.len(), 0);
}

#[tokio::test]
async fn no_other_operation_is_sent() {
    let relays = |config| Config { relay: true, ..config };
    let stage = Stage::with_config(CREATED, relays).await;
    let relayed = stage.upstream.replace("http://", "/relay/");
    for (method, path) in [
        ("PUT", "/openapi/ha3/instances/ha-cn-1"),
        ("DELETE", "/openapi/ha3/instances/ha-cn-1"),
        ("POST", "/openapi/ha3/instances/ha-cn-1"),
        ("PUT", "/openapi/ha3/instances"),
        ("POST", "/openapi/ha3/instances/ha-cn-1/tables"),
        ("GET", "/openapi/ha3/instances/ha-cn-1/clusters"),
        ("GET", "/openapi/ha3/regions"),
        ("GET", "/openapi/ha3"),
        ("GET", "/v4/openapi/app-groups"),
        ("GET", "/"),
    ] {
        for path in [path.to_owned(), [&relayed, path].concat()] {
            let headers = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";
            let reply = support::request(stage.url(), method, &path, headers, GOOD).await;
            assert!([404, 405].contains(&reply.status), "{method} {path}: {}", reply.body);
        }
    }
    assert_eq!(stage.requests().await.len(), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Stage::with(CREATED).await;
    for status in ["301 Moved", "302 Found", "303 Other", "307 Temporary", "308 Permanent"] {
        let location = format!("{}{LIST}", elsewhere.upstream);
        let answer =
            format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        let stage = Stage::with(Part::Answer(answer.leak())).await;
        for reply in [stage.buy(GOOD).await, stage.get(LIST).await] {
            assert_eq!(reply.status, 502, "{status}: {}", reply.body);
            assert_eq!(reply.header("location"), None);
        }
        // The proxy may have begun to look for the instance.
        let requests = stage.requests().await;
        assert_eq!(requests.iter().filter(|it| it.starts_with("POST ")).count(), 1);
    }
    assert_eq!(elsewhere.requests().await.len(), 0);
}

#[tokio::test]
async fn rejects_an_upstream_with_an_untrusted_certificate() {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let server = ServerConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (seen, mut refusals) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(server));
        while let Ok((stream, _)) = listener.accept().await {
            let refused =
                acceptor.accept(stream).await.map(drop).map_err(std::io::Error::into_inner);
            seen.send(refused.map_err(|it| it.unwrap().downcast::<Error>().unwrap())).unwrap();
        }
    });
    let upstream = Endpoint::parse(&format!("https://localhost:{port}")).unwrap();
    let endpoints = Endpoints::single(RegionEndpoint::new(upstream));
    let stage = Stage::with_config(CREATED, |config| Config { endpoints, ..config }).await;
    for reply in [stage.buy(GOOD).await, stage.get(LIST).await] {
        assert_eq!(reply.json()["code"], json!("UpstreamUnreachable"), "{}", reply.body);
    }
    // Both sides spoke TLS, and the proxy did not believe the certificate.
    let refused = in_time(refusals.recv()).await.unwrap().unwrap_err();
    assert_eq!(*refused, Error::AlertReceived(AlertDescription::UnknownCA));
}
