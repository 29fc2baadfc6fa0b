//! Metrics with the documented names, and ids that lead from a response to the log.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::collections::BTreeSet;

use havenask_emulator::{Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule};
use havenask_proxy::{Running, start};
use support::{GOOD, Reply, SECRET, config, execute, request};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

async fn buy(proxy: &Running, key: &str) -> Reply {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
    request(proxy.url(), "POST", "/openapi/ha3/instances", &headers, GOOD).await
}

async fn get(proxy: &Running, target: &str) -> Reply {
    request(proxy.url(), "GET", target, "", "").await
}

#[tokio::test]
async fn metrics_count_what_happened_under_the_documented_names() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let proxy = start(config(cloud.url()).await).await.unwrap();
    buy(&proxy, "key-number-1").await;
    for (fault, key) in [
        (Fault::Refuse { code: "InvalidPayMethod".into(), committed: false }, "key-number-2"),
        (Fault::CloseAfterCommit, "key-number-3"),
    ] {
        cloud.faults().add(Rule::new(fault).on("CreateInstance").times(1)).unwrap();
        buy(&proxy, key).await;
    }
    get(&proxy, "/purchases/key-number-9").await;
    get(&proxy, "/a/made/up/address").await;
    let told = get(&proxy, "/metrics").await;
    assert!(told.header("content-type").unwrap().starts_with("application/openmetrics-text"));
    for line in [
        r#"purchases_total{outcome="created",region=""} 1"#,
        r#"purchases_total{outcome="refused",region=""} 1"#,
        r#"purchases_total{outcome="unanswered",region=""} 1"#,
        r#"purchases_open{state="pending"} 1"#,
        r#"purchases_open{state="unknown"} 0"#,
        r#"requests_total{route="/openapi/ha3/instances",status="200"} 1"#,
        r#"requests_total{route="/purchases/{key}",status="404"} 1"#,
        r#"requests_total{route="files",status="404"} 1"#,
        r#"failures_total{code="InvalidPayMethod"} 1"#,
        r#"failures_total{code="UpstreamResponseUnreadable"} 1"#,
        r#"request_duration_seconds_count{route="/openapi/ha3/instances"} 3"#,
        r#"upstream_duration_seconds_count{operation="CreateInstance",answer="complete"} 2"#,
        r"keys_expiry_timestamp_seconds inf",
    ] {
        let line = format!("havenask_proxy_{line}");
        assert!(told.body.lines().any(|told| told == line), "{line} in\n{}", told.body);
    }
    let kinds = told.body.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let told: BTreeSet<String> = kinds
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, kind)| if kind == "counter" { format!("{name}_total") } else { name.into() })
        .collect();
    let documented: BTreeSet<String> = include_str!("../../../docs/metrics.md")
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect();
    assert_eq!(told, documented);
}

#[tokio::test]
async fn metrics_leave_out_an_unreadable_ledger() {
    let ledger = support::new_ledger().await;
    let mut config = config("http://127.0.0.1:1").await;
    config.ledger = ledger.clone().into();
    let proxy = start(config).await.unwrap();
    let open = "havenask_proxy_purchases_open{";
    assert!(get(&proxy, "/metrics").await.body.contains(open));
    execute(&ledger, "ALTER TABLE purchases RENAME TO elsewhere").await;
    let told = get(&proxy, "/metrics").await;
    assert_eq!((told.status, told.body.contains(open)), (200, false), "{}", told.body);
    assert_eq!(get(&proxy, "/readyz").await.status, 503);
}

#[tokio::test]
async fn a_cloud_that_makes_up_codes_makes_no_labels_without_end() {
    let cloud = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", cloud.local_addr().unwrap());
    tokio::spawn(async move {
        for number in 0.. {
            let (mut stream, _) = cloud.accept().await.unwrap();
            let _ = stream.read(&mut [0; 16384]).await;
            let code = match number % 500 {
                498 => "InvalidPayMethod.MadeUp".to_owned(),
                499 => "a\\\"} 1\\nx{y=\\\"".to_owned(),
                number => format!("Code.{number}"),
            };
            let body = format!(r#"{{"requestId":"R","code":"{code}","message":"m"}}"#);
            let answer = format!(
                "HTTP/1.1 400 No\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let proxy = start(config(&url).await).await.unwrap();
    for _ in 0..500 {
        get(&proxy, "/openapi/ha3/instances").await;
    }
    let told = get(&proxy, "/metrics").await.body;
    let codes =
        told.lines().filter(|line| line.starts_with("havenask_proxy_failures_total{")).count();
    assert!((100..110).contains(&codes), "{codes}");
    for line in
        [r#"failures_total{code="InvalidPayMethod"} 1"#, r#"failures_total{code="other"} 398"#]
    {
        assert!(told.contains(line), "{line} in\n{told}");
    }
    assert!(!told.contains("y="), "{told}");
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let proxy = start(config(cloud.url()).await).await.unwrap();
    let mut ids = BTreeSet::new();
    for target in ["/healthz", "/openapi/ha3/instances", "/purchases/key-number-1", "/nowhere"] {
        ids.insert(get(&proxy, target).await.header("x-request-id").unwrap().to_owned());
    }
    assert_eq!(ids.len(), 4);
    assert!(ids.iter().all(|id| id.len() == 32), "{ids:?}");
}
