//! After any failure of the store: nothing is sent that is not written, and the next purchase works as soon as the store does.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::{Duration, Instant};

use havenask_emulator::{Fault, FaultRule as Rule};
use havenask_proxy::{
    ledger::{Ledger, PurchaseState},
    start,
};
use sqlx::{AnyConnection, Connection};
use support::{
    GOOD, config, new_ledger, request,
    shop::{Shop, assert_unavailable, counter},
    store_faults::{breaks, mends},
};

#[tokio::test]
async fn a_purchase_that_cannot_be_written_is_not_sent_and_the_next_one_is_bought() {
    let shop = Shop::open().await;
    for (number, how) in
        ["at once", "and roll back", "and hang up", "at the commit"].iter().enumerate()
    {
        assert!(shop.is_ready().await);
        shop.execute(&breaks(&shop.ledger, "INSERT", "%", how)).await;
        for _ in 0..3 {
            assert_unavailable(&shop.buy(&format!("key-number-{number}")).await);
        }
        assert!(!shop.is_ready().await, "{how}");
        assert_eq!(shop.instances().await.len(), number, "{how}");
        shop.execute(mends(&shop.ledger)).await;
        let bought = shop.buy(&format!("key-number-{number}")).await;
        assert_eq!(bought.status, 200, "{how}: {}", bought.body);
    }
}

#[tokio::test]
async fn a_result_that_cannot_be_written_is_written_later_and_nothing_is_resent() {
    for how in ["at once", "and roll back", "and hang up", "at the commit"] {
        let shop = Shop::with(new_ledger().await, |config| {
            config.limits.reconcile_interval = Duration::from_hours(1);
        })
        .await;
        shop.execute(&breaks(&shop.ledger, "UPDATE", "key-%", how)).await;
        assert_eq!(shop.buy("key-number-1").await.status, 200, "{how}");
        let refuse = Fault::Refuse { code: "InvalidPayMethod".into(), committed: false };
        shop.cloud.faults().add(Rule::new(refuse).on("CreateInstance").times(1)).unwrap();
        assert_eq!(shop.buy("key-number-2").await.status, 400, "{how}");
        for key in ["key-number-1", "key-number-2"] {
            assert_eq!(shop.buy(key).await.json()["code"], "PurchaseInFlight", "{how} {key}");
        }
        assert_eq!(shop.instances().await.len(), 1, "{how}");
        shop.execute(mends(&shop.ledger)).await;
        shop.becomes("key-number-1", "created").await;
        assert_eq!(
            shop.becomes("key-number-2", "failed").await["error"]["code"],
            "InvalidPayMethod"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_record_does_not_spoil_its_batch() {
    let shop = Shop::open().await;
    for how in ["at once", "and roll back", "at the commit"] {
        shop.execute(&breaks(&shop.ledger, "INSERT", "bad-%", how)).await;
        let buy = async |name: &'static str| {
            let mut buyers = tokio::task::JoinSet::new();
            for number in 0..20 {
                let (url, key) =
                    (shop.proxy.url(), format!("{name}-{number}-{}", how.replace(' ', "-")));
                let headers =
                    format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
                buyers.spawn(async move {
                    request(url, "POST", "/openapi/ha3/instances", &headers, GOOD).await.status
                });
            }
            buyers.join_all().await
        };
        let (good, bad) = tokio::join!(buy("good-key"), buy("bad-key"));
        assert!(good.iter().all(|status| *status == 200), "{how}: {good:?}");
        assert!(bad.iter().all(|status| *status == 503), "{how}: {bad:?}");
        assert!(shop.is_ready().await);
        shop.execute(mends(&shop.ledger)).await;
    }
}

#[tokio::test]
async fn a_text_that_no_database_takes_hides_nothing_that_was_bought() {
    const ODD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 73\r\n\r\n{\"requestId\":\"R\\u0000-\\u001b[2J1\",\"result\":{\"instanceId\":\"ha-cn-abc123\"}}";
    let (upstream, _) = support::cloud(support::Part::Answer(ODD)).await;
    let mut config = config(&upstream).await;
    let ledger = config.ledger.clone();
    config.limits.upstream_timeout = Duration::from_secs(10);
    let proxy = start(config).await.unwrap();
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-number-1\r\n";
    let bought = request(proxy.url(), "POST", "/openapi/ha3/instances", headers, GOOD).await;
    assert_eq!(bought.status, 200, "{}", bought.body);
    proxy.stop().await;
    let (ledger, _) = Ledger::open(&ledger).await.unwrap();
    let entry = ledger.find("key-number-1").await.unwrap().unwrap();
    assert_eq!(
        (entry.state, entry.request_id.as_deref()),
        (PurchaseState::Created, Some("R-[2J1"))
    );
}

#[tokio::test]
async fn the_audit_log_tells_an_end_once_over_a_restart() {
    let audit = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("audit-{}", new_ledger().await.replace(['/', ':', '?', '['], "-")));
    let _ = std::fs::remove_file(&audit);
    let shop = Shop::with(new_ledger().await, |config| {
        config.audit = Some(audit.clone());
        config.limits.reconcile_interval = Duration::from_hours(1);
        config.limits.shutdown_timeout = Duration::from_millis(10);
    })
    .await;
    shop.execute(&breaks(&shop.ledger, "UPDATE", "key-%", "at once")).await;
    assert_eq!(shop.buy("key-number-1").await.status, 200);
    let Shop { cloud, proxy, ledger } = shop;
    proxy.stop().await;
    support::shop::execute_all(&ledger, mends(&ledger)).await;
    let proxy = counter(&cloud, &ledger, |config| config.audit = Some(audit.clone())).await;
    let shop = Shop { cloud, proxy, ledger };
    shop.becomes("key-number-1", "created").await;
    assert_eq!(shop.buy("key-number-2").await.status, 200);
    shop.proxy.stop().await;
    let lines = std::fs::read_to_string(&audit).unwrap();
    let events = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        (line["key"].as_str().unwrap().to_owned(), line["event"].as_str().unwrap().to_owned())
    });
    let told: Vec<_> = ["accepted", "created"]
        .iter()
        .map(|event| ("key-number-1".to_owned(), (*event).to_owned()))
        .chain(["accepted", "created"].map(|event| ("key-number-2".to_owned(), event.to_owned())))
        .collect();
    assert_eq!(events.collect::<Vec<_>>(), told);
    std::fs::remove_file(audit).unwrap();
}

#[tokio::test]
async fn readiness_writes_once_a_second_at_most() {
    let shop = Shop::open().await;
    let written = async || {
        let mut connection = AnyConnection::connect(&shop.ledger).await.unwrap();
        let sequence = sqlx::query_scalar("SELECT max(sequence) FROM havenask_witnesses");
        let sequence: i64 = sequence.fetch_one(&mut connection).await.unwrap();
        sequence
    };
    let (before, start) = (written().await, Instant::now());
    for _ in 0..50 {
        assert!(shop.is_ready().await);
    }
    let seconds = i64::try_from(start.elapsed().as_secs()).unwrap();
    let writes = written().await - before;
    assert!((1..=seconds + 1).contains(&writes), "{writes} in {seconds} s");
}
