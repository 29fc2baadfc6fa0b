//! Exactly once: what the ledger promises, in front of an emulator that misbehaves on command.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{collections::BTreeSet, path::Path, time::Duration};

use havenask_emulator::{Emulator, EmulatorConfig as Cloud, ErrorFormat, Fault};
use havenask_proxy::{
    Config, Running,
    access::Authentication,
    ledger::{Ledger, PurchaseState},
    start,
};
use serde_json::{Value, json};
use support::{
    GOOD, SECRET, config, execute, new_ledger, request,
    shop::{Shop, buy, counter, ledger_command},
};

const INSTANCES: &str = "/openapi/ha3/instances";

/// Buys with so many keys at each of these proxies, all at the same time; the statuses of the answers.
async fn buy_at_once(name: &str, keys: u32, proxies: &[&Running]) -> Vec<u16> {
    let mut buyers = tokio::task::JoinSet::new();
    for number in 0..keys {
        for proxy in proxies {
            let (url, key) = (proxy.url(), format!("{name}-{number}"));
            buyers.spawn(async move { buy(url, &key, GOOD).await.status });
        }
    }
    buyers.join_all().await
}

#[tokio::test]
async fn the_same_key_buys_once_and_gets_the_same_answer() {
    let shop = Shop::open().await;
    let first = shop.buy("key-number-1").await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first.header("idempotency-replayed"), None);
    // The same purchase, written in another way.
    let other = json!(serde_json::from_str::<Value>(GOOD).unwrap()).to_string();
    for body in [GOOD, &other] {
        let again = buy(shop.proxy.url(), "key-number-1", body).await;
        assert_eq!((again.status, again.body.as_str()), (200, first.body.as_str()));
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
    }
    let changed = buy(shop.proxy.url(), "key-number-1", &GOOD.replace(":1,", ":2,")).await;
    assert_eq!((changed.status, &changed.json()["code"]), (422, &json!("IdempotencyKeyReused")));
    assert_eq!(shop.buy("key-number-2").await.status, 200);

    let instances = shop.instances().await;
    assert_eq!(instances.len(), 2);
    assert_eq!(
        instances[1]["tags"],
        json!([{"key": "havenask-purchase", "value": "key-number-1"}])
    );
    let state = shop.state("key-number-1").await;
    assert_eq!((&state["state"], &state["error"]), (&json!("created"), &Value::Null));
    assert_eq!(state["instanceId"], first.json()["result"]["instanceId"]);
    assert_eq!(state["requestId"], first.json()["requestId"]);
}

#[tokio::test]
async fn a_refusal_is_remembered() {
    let shop = Shop::open().await;
    let body = GOOD.replace("{\"order\"", "{\"resourceGroupId\":\"rg-no-money\",\"order\"");
    let first = buy(shop.proxy.url(), "key-number-1", &body).await;
    assert_eq!((first.status, &first.json()["code"]), (400, &json!("InvalidPayMethod")));
    let again = buy(shop.proxy.url(), "key-number-1", &body).await;
    assert_eq!((again.status, again.body), (400, first.body));
    let state = shop.state("key-number-1").await;
    assert_eq!(
        (&state["state"], &state["error"]["code"]),
        (&json!("failed"), &json!("InvalidPayMethod"))
    );
    assert_eq!(
        request(shop.proxy.url(), "GET", "/purchases/key-unknown", "", "").await.status,
        404
    );
}

#[tokio::test]
async fn a_purchase_under_way_is_not_sent_again() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::Delay { milliseconds: 300 });
    let (first, second) = tokio::join!(shop.buy("key-number-1"), async {
        while shop.cloud.faults().list()[0].hit == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(shop.state("key-number-1").await["state"], "pending");
        shop.buy("key-number-1").await
    });
    assert_eq!((second.status, &second.json()["code"]), (409, &json!("PurchaseInFlight")));
    assert_eq!(second.json()["outcome"], "unknown");
    assert!(second.header("retry-after").is_some());
    assert_eq!(first.status, 200);
    assert_eq!(shop.instances().await.len(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_found_again() {
    let html = |committed| Fault::Error { status: 502, format: ErrorFormat::Html, committed };
    for fault in [Fault::CloseAfterCommit, Fault::HalfAnswer, html(true)] {
        let shop = Shop::open().await;
        shop.goes_wrong(fault.clone());
        let lost = shop.buy("key-number-1").await;
        assert_eq!(lost.status, 502, "{fault:?} {}", lost.body);
        assert_eq!(lost.json()["outcome"], "unknown");
        let found = shop.becomes("key-number-1", "created").await;
        let instances = shop.instances().await;
        assert_eq!(instances.len(), 1);
        assert_eq!(found["instanceId"], instances[0]["instanceId"]);
        let again = shop.buy("key-number-1").await;
        assert_eq!(
            (again.status, &again.json()["result"]["instanceId"]),
            (200, &found["instanceId"])
        );
        assert_eq!(shop.instances().await.len(), 1);
    }
}

#[tokio::test]
async fn an_instance_that_appears_late_in_lists_is_found() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::CloseAfterCommit);
    shop.goes_wrong(Fault::LateVisibility { seconds: 2 });
    assert_eq!(shop.buy("key-number-1").await.status, 502);
    assert!(shop.instances().await.is_empty(), "it is there, and no list shows it");
    let found = shop.becomes("key-number-1", "created").await;
    let instances = shop.instances().await;
    assert_eq!((instances.len(), &instances[0]["instanceId"]), (1, &found["instanceId"]));
}

#[tokio::test]
async fn a_lost_purchase_outlives_the_proxy() {
    let shop = Shop::open().await;
    let patient = |config: &mut Config| config.limits.reconcile_interval = Duration::from_hours(1);
    let before = counter(&shop.cloud, &shop.ledger, patient).await;
    shop.goes_wrong(Fault::CloseAfterCommit);
    shop.proxy.stop().await;
    assert_eq!(buy(before.url(), "key-number-1", GOOD).await.status, 502);
    before.stop().await;
    let proxy = counter(&shop.cloud, &shop.ledger, |_| {}).await;
    let shop = Shop { proxy, ..shop };
    let found = shop.becomes("key-number-1", "created").await;
    assert_eq!(found["instanceId"], shop.instances().await[0]["instanceId"]);
}

#[tokio::test]
async fn the_proxy_does_not_end_before_a_purchase_whose_buyer_hung_up() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::Delay { milliseconds: 500 });
    let hang_up = async {
        while shop.cloud.faults().list()[0].hit == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = shop.buy("key-number-1") => {}
        () = hang_up => {}
    }
    shop.proxy.stop().await;
    let (ledger, _) = Ledger::open(&shop.ledger.into()).await.unwrap();
    assert_eq!(ledger.find("key-number-1").await.unwrap().unwrap().state, PurchaseState::Created);
}

#[tokio::test]
async fn a_purchase_that_is_never_found_is_unknown() {
    let shop = Shop::open().await;
    let hasty = |config: &mut Config| config.limits.reconcile_deadline = Duration::from_secs(2);
    let proxy = counter(&shop.cloud, &new_ledger().await, hasty).await;
    let shop = Shop { proxy, ..shop };
    shop.goes_wrong(Fault::Error { status: 500, format: ErrorFormat::Html, committed: false });
    assert_eq!(shop.buy("key-number-1").await.json()["outcome"], "unknown");
    let unknown = shop.becomes("key-number-1", "unknown").await;
    assert_eq!(unknown["error"]["code"], "PurchaseUnknown");
    assert!(unknown["error"]["remedy"].as_str().unwrap().contains("ledger resolve"));
    let again = shop.buy("key-number-1").await;
    assert_eq!((again.status, &again.json()["code"]), (504, &json!("PurchaseUnknown")));
    assert!(shop.instances().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_proxies_on_one_ledger_never_send_one_key_twice() {
    let shop = Shop::open().await;
    let other = counter(&shop.cloud, &shop.ledger, |_| {}).await;
    let counters = [&shop.proxy, &other, &shop.proxy, &other];
    let statuses = buy_at_once("key-number", 50, &counters).await;
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    let bought: BTreeSet<_> =
        shop.instances().await.iter().map(|it| it["tags"][0]["value"].to_string()).collect();
    assert_eq!((shop.instances().await.len(), bought.len()), (50, 50));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_proxies_on_one_ledger_together_sell_no_more_than_may_be_sold() {
    let shop = Shop::open().await;
    let few = |config: &mut Config| config.policy.purchases_per_hour = Some(5);
    let one = counter(&shop.cloud, &shop.ledger, few).await;
    let other = counter(&shop.cloud, &shop.ledger, few).await;
    let (one, other) = ([&one], [&other]);
    let (one, other) =
        tokio::join!(buy_at_once("key-of-one", 40, &one), buy_at_once("key-of-other", 40, &other));
    let sold = one.iter().chain(&other).filter(|status| **status == 200).count();
    assert_eq!((sold, shop.instances().await.len()), (5, 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn principals_with_the_same_keys_buy_at_the_same_time_each_once() {
    let shop = Shop::with(new_ledger().await, |config| {
        let trusted = vec!["127.0.0.0/31".parse().unwrap()];
        config.authentication =
            Authentication::UserHeader { name: "x-user".parse().unwrap(), trusted };
    })
    .await;
    let ask = |user: &str, method, target: &str, more: &str, body: &'static str| {
        let headers = format!("X-User: {user}\r\nContent-Type: application/json\r\n{more}");
        let (url, target) = (shop.proxy.url(), target.to_owned());
        async move { request(url, method, &target, &headers, body).await }
    };
    let mut buyers = tokio::task::JoinSet::new();
    for number in 0..16 {
        for user in ["alice", "bob", "carol"] {
            let key = format!("Idempotency-Key: key-number-{number}\r\n");
            let reply = ask(user, "POST", INSTANCES, &key, GOOD);
            buyers.spawn(async move { (user, number, reply.await) });
        }
    }
    let mut bought = BTreeSet::new();
    for (user, number, reply) in buyers.join_all().await {
        assert_eq!(reply.status, 200, "{}", reply.body);
        let entry = ask(user, "GET", &format!("/purchases/key-number-{number}"), "", "").await;
        assert_eq!(entry.json()["instanceId"], reply.json()["result"]["instanceId"], "{user}");
        bought.insert(reply.body);
    }
    let found = ask("alice", "GET", INSTANCES, "", "").await.json()["totalCount"].clone();
    assert_eq!((found, bought.len()), (json!(48), 48));
}

#[tokio::test]
async fn the_tag_of_a_purchase_is_not_the_callers() {
    let shop = Shop::open().await;
    let tag = r#"{"tags":[{"key":"havenask-purchase","value":"key-number-9"}],"order""#;
    let refused = buy(shop.proxy.url(), "key-number-1", &GOOD.replace("{\"order\"", tag)).await;
    assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("TagReserved")));
}

#[tokio::test]
async fn a_malformed_key_is_no_purchase() {
    let shop = Shop::open().await;
    for key in ["short", "with%20space", "%00%00%00%00%00%00%00%00", "%FF%FF%FF%FF%FF%FF%FF%FF"] {
        assert_eq!(shop.state(key).await["code"], "NotFound", "{key}");
    }
}

#[tokio::test]
async fn a_ledger_that_cannot_be_used_is_refused() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    for (ledger, said) in [
        ("ledger.db", "write sqlite:PATH"),
        ("mysql://x/y", "write sqlite:PATH"),
        ("sqlite:/nonexistent/folder/ledger.db", "folder exists"),
        ("postgres://nobody@127.0.0.1:1/none", "server runs"),
    ] {
        let config = Config { ledger: ledger.to_owned().into(), ..config(cloud.url()).await };
        let error = start(config).await.unwrap_err().to_string();
        assert!(error.contains(said), "{ledger}: {error}");
    }
}

#[tokio::test]
async fn a_ledger_of_a_newer_proxy_is_left_alone() {
    let shop = Shop::open().await;
    shop.buy("key-number-1").await;
    shop.proxy.stop().await;
    let newer = "INSERT INTO havenask_ledger (version) VALUES (1000)";
    execute(&shop.ledger, newer).await;
    let config = Config { ledger: shop.ledger.clone().into(), ..config(shop.cloud.url()).await };
    let error = start(config).await.unwrap_err().to_string();
    assert!(error.contains("version 1000") && error.contains("newer proxy"), "{error}");
    execute(&shop.ledger, "DELETE FROM havenask_ledger WHERE version = 1000").await;
    let proxy = counter(&shop.cloud, &shop.ledger, |_| {}).await;
    assert_eq!(
        buy(proxy.url(), "key-number-1", GOOD).await.header("idempotency-replayed"),
        Some("true")
    );
}

#[tokio::test]
async fn a_person_resolves_an_unknown_purchase() {
    let shop = Shop::open().await;
    let audit =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("audit-{}", std::process::id()));
    // An earlier process may have had the same number.
    let _ = std::fs::remove_file(&audit);
    let hasty = |config: &mut Config| {
        config.limits.reconcile_deadline = Duration::from_secs(2);
        config.audit = Some(audit.clone());
    };
    let ledger = new_ledger().await;
    let proxy = counter(&shop.cloud, &ledger, hasty).await;
    let shop = Shop { proxy, ..shop };
    shop.buy("key-number-0").await;
    for key in ["key-number-1", "key-number-2"] {
        shop.goes_wrong(Fault::Error { status: 500, format: ErrorFormat::Json, committed: false });
        shop.buy(key).await;
        shop.becomes(key, "unknown").await;
    }
    let listed = ledger_command(&ledger, &["list"]).unwrap();
    assert_eq!(listed.lines().count(), 3);
    assert_eq!(
        ledger_command(&ledger, &["list", "--state", "unknown"]).unwrap().lines().count(),
        2
    );

    let resolve =
        |key, truth: &[&str]| ledger_command(&ledger, &[&["resolve", key], truth].concat());
    assert!(resolve("key-number-1", &[]).is_err());
    assert!(resolve("key-number-0", &["--not-created"]).unwrap_err().contains("is created"));
    assert!(resolve("key-number-9", &["--not-created"]).unwrap_err().contains("no purchase"));
    resolve("key-number-1", &["--not-created"]).unwrap();
    let audited = ["--created", "ha-cn-by-hand", "--audit", audit.to_str().unwrap()];
    resolve("key-number-2", &audited).unwrap();
    assert!(resolve("key-number-2", &["--not-created"]).unwrap_err().contains("is created"));

    let none = shop.buy("key-number-1").await;
    assert_eq!((none.status, &none.json()["outcome"]), (409, &json!("not-created")));
    assert_eq!(none.json()["code"], "PurchaseNotCreated");
    let made = shop.buy("key-number-2").await;
    assert_eq!((made.status, &made.json()["result"]["instanceId"]), (200, &json!("ha-cn-by-hand")));

    let shown: Value =
        serde_json::from_str(&ledger_command(&ledger, &["show", "key-number-2"]).unwrap()).unwrap();
    assert_eq!((&shown["state"], &shown["settledBy"]), (&json!("created"), &json!("somebody")));
    assert_eq!(shown["request"].as_str().map(|text| text.contains("searcherdocsize")), Some(true));
    let audit = std::fs::read_to_string(audit).unwrap();
    let mut lines = audit.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let of = |key: &'static str| {
        let own = lines.clone().filter(move |line| line["key"] == key);
        own.map(|line| line["event"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("key-number-0"), ["accepted", "created"]);
    assert_eq!(of("key-number-2"), ["accepted", "unknown", "created"]);
    assert!(
        lines.clone().all(|line| line["principal"] == "anyone" && line["bodyHash"].is_string())
    );
    assert_eq!(lines.next_back().unwrap()["settledBy"], "somebody");

    let exported = ledger_command(&ledger, &["export"]).unwrap();
    assert!(exported.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    assert_eq!(exported.lines().count(), 3);
}
