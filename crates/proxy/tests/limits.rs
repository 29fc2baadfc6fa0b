//! Timeouts, sizes and concurrency of the proxy.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::Duration;

use havenask_proxy::{
    Config,
    access::{Authentication, BearerTokens, RequestLimits},
    config::Limits,
    start,
};
use serde_json::json;
use sqlx::{AnyConnection, Connection};
use support::{
    CREATED, GOOD, Part, Reply, Stage, cloud, config, create_ledger, execute, in_time, new_ledger,
    reached, read_reply,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

const LIST: &str = "/openapi/ha3/instances";
/// No test waits for it.
const NEVER: Duration = Duration::from_hours(1);
const SOON: Duration = Duration::from_millis(50);

async fn stage(part: Part, change: impl FnOnce(&mut Limits)) -> Stage {
    Stage::with_config(part, |mut config| {
        change(&mut config.limits);
        config
    })
    .await
}

/// The head of a purchase, but for how long its body is.
fn head(rest: &str) -> String {
    format!(
        "POST {LIST} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Idempotency-Key: key-of-a-test\r\n{rest}\r\n"
    )
}

fn assert_failed(reply: &Reply, status: u16, code: &str, outcome: &str) {
    let failure = reply.json();
    assert_eq!((reply.status, &failure["code"]), (status, &json!(code)), "{}", reply.body);
    assert_eq!(failure["outcome"], outcome);
}

#[tokio::test]
async fn a_head_has_a_limit() {
    let stage = Stage::with(CREATED).await;
    let long = "x".repeat(100_000);
    for headers in [format!("Host: localhost\r\nX-Long: {long}\r\n"), "X-Many: 1\r\n".repeat(80)] {
        let request = format!("GET {LIST} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        assert_eq!(stage.raw(&request).await.status, 431);
    }
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let stage = Stage::with(CREATED).await;
    let most = Limits::default().max_body_bytes;
    for (length, status) in [(most, 200), (most + 1, 413)] {
        let body = GOOD.to_owned() + &" ".repeat(length - GOOD.len());
        let chunks = format!("{length:x}\r\n{body}\r\n0\r\n\r\n");
        let known = head(&format!("Content-Length: {length}\r\n")) + &body;
        let unknown = head("Transfer-Encoding: chunked\r\n") + &chunks;
        for request in [known, unknown] {
            assert_eq!(stage.raw(&request).await.status, status, "{length}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_cut_off_or_broken_is_not_called_too_large() {
    let stage = Stage::with(CREATED).await;
    let chunked = head("Transfer-Encoding: chunked\r\n");
    let length = GOOD.len();
    for request in [
        head(&format!("Content-Length: {}\r\n", length + 1)) + GOOD,
        head("Content-Length: 7\r\n"),
        format!("{chunked}{length:x}\r\n{GOOD}\r\n"),
        format!("{chunked}{length:x}\r\n{}", &GOOD[..20]),
        format!("{chunked}{length:x}\r\n{GOOD}0\r\n\r\n"),
        format!("{chunked}-1\r\n{GOOD}\r\n0\r\n\r\n"),
        format!("{chunked}zz\r\n{GOOD}\r\n0\r\n\r\n"),
        format!("{chunked}fffffffffffffffff\r\n{GOOD}\r\n0\r\n\r\n"),
    ] {
        let mut stream = stage.begin(&request).await;
        // It has no more to say, and reads the answer.
        stream.shutdown().await.unwrap();
        assert_failed(&read_reply(stream).await, 400, "BodyIncomplete", "not-created");
    }
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let stage = stage(CREATED, |limits| limits.body_timeout = NEVER).await;
    let mut stream = stage.begin(&head("Transfer-Encoding: chunked\r\n")).await;
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    in_time(async { while stream.write_all(chunk.as_bytes()).await.is_ok() {} }).await;
    // The answer may be lost with the connection.
    let told = stage.get("/metrics").await.body;
    let refused = format!("requests_total{{route=\"{LIST}\",status=\"413\"}} 1");
    assert!(told.contains(&refused), "{told}");
}

#[tokio::test]
async fn an_unfinished_request_times_out() {
    let half_a_second = Duration::from_millis(500);
    let stage = stage(CREATED, |limits| {
        (limits.header_timeout, limits.body_timeout) = (half_a_second, SOON);
    })
    .await;
    let silent = async |begun: &str| {
        let mut stream = stage.begin(begun).await;
        assert_eq!(in_time(stream.read_to_end(&mut Vec::new())).await.unwrap(), 0, "{begun}");
    };
    let idle = async {
        let stream = stage.begin("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        assert_eq!(read_reply(stream).await.status, 200);
    };
    tokio::join!(silent(""), silent("GET /healthz HTTP/1.1\r\nHost: local"), idle);
    let reply = stage.raw(&(head("Content-Length: 100\r\n") + "{")).await;
    assert_failed(&reply, 408, "BodyTimeout", "not-created");
}

#[tokio::test]
async fn an_unread_response_times_out() {
    let stage = stage(CREATED, |limits| {
        (limits.max_connections, limits.header_timeout, limits.write_timeout) = (1, NEVER, SOON);
    })
    .await;
    let mut deaf = stage.connect().await;
    let request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    // More answers than all buffers on the way have room for; the one place is free again in the end.
    let ask = async { while deaf.write_all(request.as_bytes()).await.is_ok() {} };
    in_time(ask).await;
    assert_eq!(in_time(stage.get("/healthz")).await.status, 200);
}

#[tokio::test]
async fn a_cloud_that_does_not_take_a_connection_is_given_up() {
    // Its queue has room for one that nobody accepts; the next is not answered at all.
    let full = TcpSocket::new_v4().unwrap();
    full.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let full = full.listen(0).unwrap();
    let address = full.local_addr().unwrap();
    let _first = TcpStream::connect(address).await.unwrap();
    let stage = Stage::with_config(CREATED, |mut config| {
        config.endpoints.default.endpoint =
            havenask_core::Endpoint::parse(&format!("http://{address}")).unwrap();
        (config.limits.connect_timeout, config.limits.upstream_timeout) = (SOON, NEVER);
        config
    })
    .await;
    for reply in [stage.buy(GOOD).await, stage.get(LIST).await] {
        assert_failed(&reply, 502, "UpstreamUnreachable", "not-created");
    }
}

#[tokio::test]
async fn a_cloud_that_does_not_finish_its_answer_is_given_up() {
    let half = Part::Half("HTTP/1.1 200 OK\r\nContent-Length: 59\r\n\r\n{\"requestId\":\"R-1\",");
    for part in [Part::Silence, half] {
        let stage = stage(part, |limits| limits.upstream_timeout = SOON).await;
        assert_failed(&stage.buy(GOOD).await, 504, "UpstreamTimeout", "unknown");
        assert_failed(&stage.get(LIST).await, 504, "UpstreamTimeout", "not-created");
    }
}

#[tokio::test]
async fn an_answer_of_the_cloud_has_a_limit() {
    for (bytes, statuses) in [(59, [200, 200]), (58, [502, 502])] {
        let stage = stage(CREATED, |limits| limits.max_response_bytes = bytes).await;
        assert_eq!([stage.buy(GOOD).await.status, stage.get(LIST).await.status], statuses);
    }
}

#[tokio::test]
async fn concurrent_requests_are_limited() {
    let request_limits = RequestLimits {
        per_principal: 100_000,
        total: 100_000,
        concurrent: 1,
        ..RequestLimits::default()
    };
    let change = |config: Config| Config {
        request_limits,
        limits: Limits { upstream_timeout: NEVER, ..config.limits },
        ..config
    };
    let stage = Stage::with_config(Part::Silence, change).await;
    let first = stage.begin(&format!("GET {LIST} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
    stage.reached().await;
    let second = stage.get("/purchases/key-of-nobody").await;
    assert_failed(&second, 429, "TooManyRequests", "not-created");
    assert_eq!(second.header("retry-after"), Some("1"));
    drop(first);
    let free = async { while stage.get("/purchases/key-of-nobody").await.status != 404 {} };
    in_time(free).await;
}

/// Reads an answer without a body, which leaves its connection open.
async fn answered(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(b"ok") {
        assert_ne!(in_time(stream.read_buf(&mut answer)).await.unwrap(), 0);
    }
    String::from_utf8(answer).unwrap()
}

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn a_connection_that_waits_gives_way_to_a_new_one() {
    for one_of in [true, false] {
        let stage = stage(CREATED, |limits| {
            limits.header_timeout = NEVER;
            *(if one_of {
                &mut limits.max_connections_per_address
            } else {
                &mut limits.max_connections
            }) = 2;
        })
        .await;
        let (mut silent, mut second) = (stage.connect().await, stage.begin(HEALTH).await);
        answered(&mut second).await;
        // The oldest goes: it has said nothing.
        let mut third = stage.begin(HEALTH).await;
        answered(&mut third).await;
        assert_eq!(in_time(silent.read_to_end(&mut Vec::new())).await.unwrap_or(0), 0);
        second.write_all(HEALTH.as_bytes()).await.unwrap();
        answered(&mut second).await;
        let told = stage.get("/metrics").await.body;
        assert!(told.contains(r#"connections_ended_total{reason="evicted"}"#), "{told}");
    }
}

#[tokio::test]
async fn a_request_under_way_gives_way_to_none() {
    let stage = stage(Part::Silence, |limits| {
        (limits.upstream_timeout, limits.max_connections_per_address) = (NEVER, 1);
    })
    .await;
    let length = format!("Content-Length: {}\r\n", GOOD.len());
    let buyer = stage.begin(&(head(&length) + GOOD)).await;
    stage.reached().await;
    let mut other = stage.connect().await;
    assert_eq!(in_time(other.read_to_end(&mut Vec::new())).await.unwrap_or(0), 0, "it is refused");
    assert!(buyer.try_read(&mut [0]).is_err(), "the buyer still waits");
    drop(buyer);
}

#[tokio::test]
async fn a_connection_has_a_lifetime() {
    let old = stage(CREATED, |limits| limits.connection_lifetime = Duration::ZERO).await;
    let mut stream = old.begin(&HEALTH.repeat(2)).await;
    let mut answers = String::new();
    in_time(stream.read_to_string(&mut answers)).await.unwrap();
    assert_eq!(
        (answers.matches("200 OK").count(), answers.contains("connection: close")),
        (1, true),
        "{answers}"
    );
    let stuck = stage(CREATED, |limits| {
        (limits.connection_lifetime, limits.shutdown_timeout, limits.header_timeout) =
            (SOON, SOON, NEVER);
    })
    .await;
    let mut stream = stuck.begin("GET /healthz HTT").await;
    assert_eq!(in_time(stream.read_to_end(&mut Vec::new())).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn a_slow_reader_times_out() {
    let stage = stage(CREATED, |limits| {
        (limits.write_timeout, limits.total_write_timeout) = (NEVER, Duration::from_millis(500));
    })
    .await;
    let mut stream = stage.connect().await;
    let (mut answers, mut requests) = stream.split();
    let request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(10_000);
    // It takes a little of the answers after each request of another connection, and lets the proxy wait meanwhile.
    let take = async {
        let mut few = vec![0; 4096];
        while answers.read(&mut few).await.is_ok_and(|length| length > 0) {
            assert_eq!(stage.get("/healthz").await.status, 200);
        }
    };
    in_time(async {
        tokio::join!(take, async { drop(requests.write_all(request.as_bytes()).await) })
    })
    .await;
}

#[tokio::test]
async fn an_anonymous_address_has_a_rate_limit() {
    let token = "Authorization: Bearer abc\r\n";
    let stage = Stage::with_config(CREATED, |mut config| {
        let alice = "alice ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        config.authentication = Authentication::BearerTokens(BearerTokens::parse(alice).unwrap());
        config.request_limits.per_address = 4;
        config
    })
    .await;
    let mut statuses = Vec::new();
    for target in [LIST, "/", "/config.json", "/purchases/key-of-a-test", LIST, "/", "/config.json"]
    {
        statuses.push(stage.get(target).await.status);
    }
    assert_eq!(statuses, [401, 404, 200, 401, 429, 429, 429]);
    let refused = stage.get(LIST).await;
    assert_failed(&refused, 429, "TooManyRequests", "not-created");
    assert!(refused.header("retry-after").is_some());
    assert_eq!(refused.header("connection"), Some("close"));
    // A known caller is not shut out by others at the same address.
    let headers =
        format!("Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n{token}");
    assert_eq!(stage.post("", &headers, GOOD).await.status, 200);
}

#[tokio::test]
async fn the_end_does_not_wait_for_ever() {
    let stage = stage(Part::Silence, |limits| {
        (limits.upstream_timeout, limits.shutdown_timeout) = (NEVER, SOON);
    })
    .await;
    let length = format!("Content-Length: {}\r\n", GOOD.len());
    let mut stream = stage.begin(&(head(&length) + GOOD)).await;
    stage.reached().await;
    in_time(stage.stop()).await;
    assert_eq!(stream.read_to_end(&mut Vec::new()).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn the_end_does_not_wait_until_all_that_is_lost_is_looked_for() {
    const LOST: &str = "INSERT INTO purchases \
        (key, principal, body_hash, request, state, again, created_at, updated_at) VALUES \
        ('lost-1', '', '', '', 'pending', 0, 0, 0), ('lost-2', '', '', '', 'pending', 0, 0, 0), \
        ('lost-3', '', '', '', 'pending', 0, 0, 0), ('lost-4', '', '', '', 'pending', 0, 0, 0)";
    let (upstream, looks) = cloud(Part::Silence).await;
    let mut config = config(&upstream).await;
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    execute(&ledger, LOST).await;
    (config.ledger, config.limits.reconcile_interval) = (ledger.into(), SOON);
    let proxy = start(config).await.unwrap();
    reached(&looks).await;
    proxy.stop().await;
    assert!(looks.lock().await.len() < 4);
}

#[tokio::test]
async fn a_ledger_that_somebody_holds_is_given_up() {
    let ledger = new_ledger().await;
    let own = ledger.clone().into();
    let stage = Stage::with_config(CREATED, |config| Config { ledger: own, ..config }).await;
    let mut holder = AnyConnection::connect(&ledger).await.unwrap();
    let hold = if ledger.starts_with("sqlite:") {
        &["BEGIN IMMEDIATE"][..]
    } else {
        &["BEGIN", "LOCK TABLE purchases"]
    };
    for statement in hold {
        sqlx::query(*statement).execute(&mut holder).await.unwrap();
    }
    // A lock of PostgreSQL's table keeps others from reading it too.
    let (code, outcome) = if ledger.starts_with("sqlite:") {
        ("LedgerUnavailable", "not-created")
    } else {
        ("LedgerUnreadable", "unknown")
    };
    assert_failed(&stage.buy(GOOD).await, 503, code, outcome);
    sqlx::query("ROLLBACK").execute(&mut holder).await.unwrap();
    assert_eq!(stage.buy(GOOD).await.status, 200);
    assert_eq!(stage.requests().await.len(), 1);
}
