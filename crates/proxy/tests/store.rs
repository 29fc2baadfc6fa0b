//! After any failure of the store: nothing is sent that is not written, and the next purchase works as soon as the store does.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::Duration;

use havenask_emulator::{Fault, Rule};
use havenask_proxy::{
    ledger::{Ledger, PurchaseState},
    start,
};
use support::{
    GOOD, config, new_ledger, request,
    shop::{Shop, assert_unavailable},
};

/// Statements that have every change of this kind (`INSERT` or `UPDATE`) of this key fail, and how.
fn breaks(ledger: &str, change: &str, key: &str, how: &str) -> String {
    if ledger.starts_with("sqlite:") {
        let fails = match how {
            "at the commit" => "INSERT INTO orphans VALUES (1)".to_owned(),
            // As SQLite does when the disk is full: the transaction is gone already.
            "and roll back" => "SELECT RAISE(ROLLBACK, 'injected')".to_owned(),
            _ => "SELECT RAISE(ABORT, 'injected')".to_owned(),
        };
        return format!(
            "CREATE TABLE IF NOT EXISTS parents (id INTEGER PRIMARY KEY);
             CREATE TABLE IF NOT EXISTS orphans (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER broken AFTER {change} ON purchases WHEN NEW.key LIKE '{key}' BEGIN {fails}; END"
        );
    }
    let (constraint, deferred) = match how {
        "at the commit" => ("CONSTRAINT", "DEFERRABLE INITIALLY DEFERRED"),
        _ => ("", ""),
    };
    let fails = match how {
        "and hang up" => "PERFORM pg_terminate_backend(pg_backend_pid())",
        _ => "RAISE EXCEPTION 'injected'",
    };
    format!(
        "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {fails}; RETURN NEW; END $$;
         CREATE {constraint} TRIGGER broken AFTER {change} ON purchases {deferred} FOR EACH ROW
         WHEN (NEW.key LIKE '{key}') EXECUTE FUNCTION broken()"
    )
}

fn mends(ledger: &str) -> &'static str {
    if ledger.starts_with("sqlite:") {
        "DROP TRIGGER broken"
    } else {
        "DROP TRIGGER broken ON purchases"
    }
}

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
async fn what_cannot_be_written_of_the_end_is_written_later_and_nothing_is_sent_again() {
    for how in ["at once", "and roll back", "and hang up", "at the commit"] {
        let shop = Shop::with(new_ledger().await, |config| {
            config.limits.first_look = Duration::from_hours(1);
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
async fn one_bad_record_spoils_itself_alone() {
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
    config.limits.answer = Duration::from_secs(10);
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
