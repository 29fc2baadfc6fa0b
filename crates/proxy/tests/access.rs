//! Refusals before anything is bought: each line of the contract is a test here.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::collections::BTreeSet;

use clap::Parser;
use havenask_proxy::{
    Config, ConfigError,
    access::{AllowedOrigins, Authentication, BearerTokens, RequestLimits},
    cli::Cli,
};
use support::{CREATED, GOOD, Part, Reply, Stage, assert_refused, request};

const LIST: &str = "/openapi/ha3/instances";

async fn stage(change: impl FnOnce(&mut Config)) -> Stage {
    Stage::with_config(CREATED, |mut config| {
        change(&mut config);
        config
    })
    .await
}

/// Asks for the list with these headers in place of the usual ones.
async fn ask(stage: &Stage, headers: &str) -> Reply {
    stage.raw(&format!("GET {LIST} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")).await
}

/// Users are known by a header that this machine may set.
fn by_user_header(config: &mut Config) {
    let trusted = vec!["127.0.0.0/31".parse().unwrap()];
    config.authentication = Authentication::UserHeader { name: "x-user".parse().unwrap(), trusted };
}

async fn buy(stage: &Stage, key: &str, headers: &str, body: &str) -> Reply {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{headers}");
    stage.post("", &headers, body).await
}

#[tokio::test]
async fn pages_of_other_origins_are_refused() {
    let stage = stage(|_| {}).await;
    let own = stage.url().trim_start_matches("http://").to_owned();
    for headers in [
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: https://evil.example\r\nSec-Fetch-Site: same-origin\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        &format!("Origin: http://{own}\r\nSec-Fetch-Site: cross-site\r\n"),
    ] {
        let headers = format!("Host: {own}\r\n{headers}");
        assert_refused(&ask(&stage, &headers).await, 403, "OriginNotAllowed");
        let bought =
            buy(&stage, "key-of-a-test", headers.split_once("\r\n").unwrap().1, GOOD).await;
        assert_refused(&bought, 403, "OriginNotAllowed");
    }
    assert_eq!(stage.requests().await.len(), 0);
    let preflight =
        format!("OPTIONS {LIST} HTTP/1.1\r\nHost: {own}\r\nOrigin: https://evil.example\r\n");
    let preflight = stage.raw(&(preflight + "Connection: close\r\n\r\n")).await;
    assert_refused(&preflight, 403, "OriginNotAllowed");
    assert!(!preflight.head.contains("access-control-"), "{}", preflight.head);
    for headers in [
        "",
        &format!("Origin: http://{own}\r\nSec-Fetch-Site: same-origin\r\n"),
        &format!("Origin: http://{own}\r\n"),
        "Sec-Fetch-Site: none\r\n",
    ] {
        assert_eq!(
            ask(&stage, &format!("Host: {own}\r\n{headers}")).await.status,
            200,
            "{headers}"
        );
    }
}

#[tokio::test]
async fn a_foreign_name_for_this_machine_is_refused() {
    let stage = stage(|_| {}).await;
    for host in
        ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"]
    {
        // A page whose name was made to point here sends requests of its own origin.
        let headers =
            format!("Host: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n");
        assert_refused(&ask(&stage, &headers).await, 403, "OriginNotAllowed");
    }
    assert_refused(&ask(&stage, "").await, 403, "OriginNotAllowed");
    for target in ["/purchases/key-of-a-test", "/config.json", "/openapi.json", "/metrics"] {
        let get = format!("GET {target} HTTP/1.1\r\nConnection: close\r\n");
        let foreign = stage.raw(&format!("{get}Host: evil.example\r\n\r\n")).await;
        assert_refused(&foreign, 403, "OriginNotAllowed");
        let own = stage.raw(&format!("{get}Host: localhost\r\n\r\n")).await;
        assert_ne!(own.status, 403, "{target}");
    }
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]"] {
        assert_eq!(ask(&stage, &format!("Host: {host}\r\n")).await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn pages_that_are_allowed_may_ask_and_read() {
    let console = "https://console.example.com";
    let stage =
        stage(|config| config.origins = AllowedOrigins::new(vec![console.to_owned()])).await;
    let visitor = format!("Host: localhost\r\nOrigin: {console}\r\nSec-Fetch-Site: cross-site\r\n");
    let preflight = format!("OPTIONS {LIST} HTTP/1.1\r\nConnection: close\r\n{visitor}\r\n");
    let preflight = stage.raw(&preflight).await;
    assert_eq!(preflight.status, 204);
    for (name, value) in [
        ("access-control-allow-origin", console),
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-expose-headers", "idempotency-replayed, retry-after"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("vary", "origin"),
    ] {
        assert_eq!(preflight.header(name), Some(value), "{name}");
    }
    let headers = preflight.header("access-control-allow-headers").unwrap();
    for name in ["idempotency-key", "havenask-no-repeat", "content-type", "authorization"] {
        assert!(headers.split(", ").any(|it| it == name), "{name}: {headers}");
    }
    let list = ask(&stage, &visitor).await;
    assert_eq!((list.status, list.header("access-control-allow-origin")), (200, Some(console)));
    for reply in [&preflight, &list] {
        assert_eq!(reply.header("access-control-allow-credentials"), None);
    }
    for path in ["/config.json", "/catalog.json"] {
        for (method, status) in [("GET", 200), ("OPTIONS", 204)] {
            let ask = |headers: &str| {
                format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")
            };
            let told = stage.raw(&ask(&visitor)).await;
            let allowed = told.header("access-control-allow-origin");
            assert_eq!((told.status, allowed), (status, Some(console)), "{method} {path}");
            let own = stage.raw(&ask("Host: localhost\r\n")).await;
            assert_eq!(own.header("access-control-allow-origin"), None, "{method} {path}");
        }
    }
    let refused = buy(&stage, "key-of-a-test", &format!("Origin: {console}\r\n"), "{").await;
    assert_eq!(refused.header("access-control-allow-origin"), Some(console), "to read why");
    for other in ["https://console.example.com.evil.example", "http://console.example.com"] {
        let headers = format!("Host: localhost\r\nOrigin: {other}\r\n");
        assert_refused(&ask(&stage, &headers).await, 403, "OriginNotAllowed");
    }
}

#[tokio::test]
async fn a_token_says_who_asks() {
    // The SHA-256 of `abc`, and of the empty text.
    let file = "alice ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n\
                bob e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let stage = stage(|config| {
        config.authentication = Authentication::BearerTokens(BearerTokens::parse(file).unwrap());
    })
    .await;
    for headers in [
        "",
        "Authorization: abc\r\n",
        "Authorization: Bearer abd\r\n",
        "Authorization: Basic abc\r\n",
        "Authorization: Bearer\r\n",
        "Authorization: Bearer ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\r\n",
    ] {
        let refused = ask(&stage, &format!("Host: localhost\r\n{headers}")).await;
        assert_refused(&refused, 401, "Unauthorized");
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    }
    assert_eq!(ask(&stage, "Host: localhost\r\nAuthorization: bearer abc\r\n").await.status, 200);
    assert_eq!(stage.get("/healthz").await.status, 200, "nobody asks who that is");
}

#[tokio::test]
async fn a_purchase_is_shown_to_its_principal_alone() {
    let stage = stage(by_user_header).await;
    assert_refused(&buy(&stage, "key-of-a-test", "", GOOD).await, 401, "Unauthorized");
    assert_eq!(buy(&stage, "key-of-a-test", "X-User: alice\r\n", GOOD).await.status, 200);
    for (user, status) in [("alice", 200), ("bob", 404)] {
        let request = format!(
            "GET /purchases/key-of-a-test HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-User: {user}\r\n\r\n"
        );
        assert_eq!(stage.raw(&request).await.status, status, "{user}");
    }
    assert_eq!(stage.requests().await.len(), 1);
}

#[tokio::test]
async fn a_retryable_purchase_is_bound_to_its_principal() {
    let busy = "HTTP/1.1 400 Busy\r\nContent-Length: 42\r\n\r\n{\"requestId\":\"R\",\"code\":\"Throttling.User\"}";
    let stage = Stage::with_config(Part::Answer(busy), |mut config| {
        by_user_header(&mut config);
        config
    })
    .await;
    for user in ["alice", "bob"] {
        let reply = buy(&stage, "key-of-a-test", &format!("X-User: {user}\r\n"), GOOD).await;
        assert_eq!(reply.status, 400, "{user}: {}", reply.body);
    }
    let requests = stage.requests().await;
    assert!(requests.iter().all(|request| request.starts_with("POST")), "{requests:?}");
    let tagged: BTreeSet<_> =
        requests.iter().map(|it| it.split_once("purchase\",\"value\":").unwrap().1).collect();
    assert_eq!(tagged.len(), 2, "{tagged:?}");
}

#[tokio::test]
async fn a_user_header_from_elsewhere_says_nothing() {
    let header = |config: &mut Config| {
        let trusted = vec!["192.0.2.1".parse().unwrap()];
        config.authentication =
            Authentication::UserHeader { name: "x-user".parse().unwrap(), trusted };
    };
    let stage = stage(header).await;
    assert_refused(&ask(&stage, "Host: localhost\r\nX-User: alice\r\n").await, 401, "Unauthorized");
}

#[tokio::test]
async fn a_rate_limited_caller_is_told_when_to_ask_again() {
    let request_limits =
        RequestLimits { per_principal: 2, total: 1000, concurrent: 10, ..RequestLimits::default() };
    let stage = stage(|config| config.request_limits = request_limits).await;
    let statuses = [stage.get(LIST).await.status, stage.get(LIST).await.status];
    assert_eq!(statuses, [200, 200]);
    let refused = stage.get(LIST).await;
    assert_refused(&refused, 429, "TooManyRequests");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=31).contains(&wait), "{wait}");
    assert_eq!(stage.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn all_together_have_a_limit_too() {
    for request_limits in [
        RequestLimits { per_principal: 1000, total: 1, concurrent: 10, ..RequestLimits::default() },
        RequestLimits {
            per_principal: 1000,
            total: 1000,
            concurrent: 0,
            ..RequestLimits::default()
        },
    ] {
        let stage = stage(|config| config.request_limits = request_limits).await;
        let first = stage.get(LIST).await.status;
        assert_eq!(first, if request_limits.concurrent == 0 { 429 } else { 200 });
        assert_refused(&stage.get(LIST).await, 429, "TooManyRequests");
    }
}

#[tokio::test]
async fn foreign_names_are_refused_where_own_ones_are_said() {
    // As whoever listens to a network: this machine's own names are none of its.
    let change = |config: &mut Config| {
        (config.listen, config.own_names) =
            ("0.0.0.0:0".parse().unwrap(), vec!["shop.example".into()]);
        config.operator = Some("127.0.0.1:0".parse().unwrap());
    };
    let stage = stage(change).await;
    let ask = async |target: &str, hosts: &str| {
        stage.raw(&format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{hosts}\r\n")).await
    };
    for target in [LIST, "/config.json", "/catalog.json", "/purchases/key-of-a-test", "/", "/x.js"]
    {
        for host in ["evil.example", "shop.example.evil.example", "localhost", "127.0.0.1", ""] {
            assert_refused(
                &ask(target, &format!("Host: {host}\r\n")).await,
                403,
                "OriginNotAllowed",
            );
        }
        for host in ["shop.example", "SHOP.example:8443", "shop.example."] {
            assert_ne!(
                ask(target, &format!("Host: {host}\r\n")).await.status,
                403,
                "{target} {host}"
            );
        }
        for hosts in [
            "Host: shop.example\r\nHost: shop.example\r\n",
            "Host: shop.example\r\nhost: evil.example\r\n",
        ] {
            assert_refused(&ask(target, hosts).await, 400, "InvalidRequest");
        }
        let absolute = format!("http://evil.example{target}");
        assert_refused(&ask(&absolute, "Host: shop.example\r\n").await, 400, "InvalidRequest");
    }
    assert_eq!(ask("/healthz", "Host: 10.0.0.1\r\n").await.status, 200, "probes ask by an address");
}

#[tokio::test]
async fn the_operator_has_a_listener_of_its_own() {
    let operator = |config: &mut Config| {
        (config.listen, config.operator) =
            ("0.0.0.0:0".parse().unwrap(), Some("127.0.0.1:0".parse().unwrap()));
    };
    let stage = stage(operator).await;
    let url = stage.operator_url().unwrap();
    for target in ["/metrics", "/openapi.json", "/readyz"] {
        assert_refused(&stage.get(target).await, 404, "NotFound");
        assert_eq!(request(url.clone(), "GET", target, "", "").await.status, 200, "{target}");
    }
    for target in [LIST, "/config.json", "/purchases/key-of-a-test", "/"] {
        assert_refused(&request(url.clone(), "GET", target, "", "").await, 404, "NotFound");
    }
    for url in [url, stage.url()] {
        assert_eq!(request(url, "GET", "/healthz", "", "").await.status, 200);
    }
    let read = |arguments: &str| {
        let words = [
            "havenask-proxy",
            "--upstream=http://127.0.0.1:1",
            "--user-header=x",
            "--trusted-proxy=10.0.0.0/8",
        ];
        let arguments = Cli::try_parse_from(words.into_iter().chain(arguments.split_whitespace()));
        Config::new(&arguments.unwrap().settings, |_| Some("x".to_owned())).unwrap().operator
    };
    assert_eq!(read("--listen 127.0.0.1:8080"), None);
    assert_eq!(read("--listen 0.0.0.0:8080"), Some("127.0.0.1:8081".parse().unwrap()));
    assert_eq!(
        read("--listen 0.0.0.0:8080 --operator-listen 0.0.0.0:9000"),
        Some("0.0.0.0:9000".parse().unwrap())
    );
    assert_eq!(read("--listen 0.0.0.0:8080 --operator-listen 0.0.0.0:8080"), None);
}

#[tokio::test]
async fn an_instance_has_an_id_that_is_no_path() {
    let stage = stage(|_| {}).await;
    for id in [
        ".",
        "..",
        "...",
        "%2e",
        "%2E%2e",
        "a%2Fb",
        "%2F",
        "a%5Cb",
        "a%00b",
        "a%0d%0ab",
        "a%3Fb",
        "%20",
        "a%25b",
        &"x".repeat(65),
    ] {
        assert_refused(&stage.get(&format!("{LIST}/{id}")).await, 404, "NotFound");
    }
    assert_eq!(stage.requests().await.len(), 0);
    assert_eq!(stage.get(&format!("{LIST}/ha-cn-abc_1.2")).await.status, 200);
}

#[test]
fn a_public_listener_requires_authentication() {
    let read = |arguments: &str| {
        let words = ["havenask-proxy", "--upstream", "http://127.0.0.1:1"].into_iter();
        let arguments = Cli::try_parse_from(words.chain(arguments.split_whitespace()));
        Config::new(&arguments.unwrap().settings, |_| Some("x".to_owned()))
    };
    let open = read("--listen 0.0.0.0:8080");
    assert!(matches!(open, Err(ConfigError::NotLoopback(_))), "{open:?}");
    let sure = "--listen 0.0.0.0:8080 --user-header x-user --trusted-proxy 10.0.0.1";
    assert!(matches!(read(sure).unwrap().authentication, Authentication::UserHeader { .. }));
    let missing = read("--tokens /nonexistent/tokens").unwrap_err();
    assert!(missing.to_string().contains("/nonexistent/tokens"), "{missing}");
    for wrong in [
        "--user-header x-user",
        "--trusted-proxy 10.0.0.1",
        "--user-header x-user --trusted-proxy 10.0.0.0/33",
        "--own-name https://shop.example",
        "--own-name shop.example:80",
        "--allow-origin *",
        "--allow-origin https://a.example/page",
    ] {
        let words = ["havenask-proxy", "--region", "cn-beijing"].into_iter();
        let read = Cli::try_parse_from(words.chain(wrong.split_whitespace()));
        assert!(read.is_err(), "{wrong}");
    }
}
