//! Several regions of one proxy: each has an endpoint, and a purchase belongs to one.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::Duration;

use havenask_emulator::{
    Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule, RunningEmulator,
};
use havenask_proxy::{
    Running,
    config::{Endpoints, RegionEndpoint},
    ledger::Ledger,
    start,
};
use serde_json::{Value, json};
use support::{
    GOOD, Reply, SECRET, assert_refused,
    checked::{KEYS, check},
    config, create_ledger, execute, in_time, new_ledger, request,
    shop::{execute_all, ledger_command},
};

const HANGZHOU: &str = "cn-hangzhou";
const BEIJING: &str = "cn-beijing";

/// A proxy of two regions, each an emulator of its own.
struct Regions {
    hangzhou: RunningEmulator,
    beijing: RunningEmulator,
    ledger: String,
    proxy: Running,
}

impl Regions {
    async fn open() -> Self {
        let cloud = async || Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
        let (hangzhou, beijing) = (cloud().await, cloud().await);
        let ledger = new_ledger().await;
        let proxy = proxy(&ledger, &[(HANGZHOU, &hangzhou), (BEIJING, &beijing)]).await.unwrap();
        Self { hangzhou, beijing, ledger, proxy }
    }

    async fn buy(&self, key: &str, query: &str) -> Reply {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        let target = format!("/openapi/ha3/instances{query}");
        request(self.proxy.url(), "POST", &target, &headers, GOOD).await
    }

    async fn get(&self, target: &str) -> Reply {
        request(self.proxy.url(), "GET", target, "", "").await
    }

    /// The number of instances in a region.
    async fn count(&self, query: &str) -> u64 {
        let list = self.get(&format!("/openapi/ha3/instances{query}")).await;
        list.json()["totalCount"].as_u64().unwrap()
    }

    async fn becomes(&self, key: &str, state: &str) -> Value {
        let found = async {
            loop {
                let found = self.get(&format!("/purchases/{key}")).await.json();
                if found["state"] == state {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        in_time(found).await
    }
}

async fn proxy(
    ledger: &str,
    clouds: &[(&str, &RunningEmulator)],
) -> Result<Running, havenask_proxy::StartError> {
    let mut endpoints = clouds.iter().map(|(region, cloud)| {
        let text = format!("{region}={}", cloud.url());
        text.parse::<RegionEndpoint>().unwrap()
    });
    let mut config = config(clouds[0].1.url()).await;
    config.endpoints =
        Endpoints { default: endpoints.next().unwrap(), others: endpoints.collect() };
    config.ledger = ledger.to_owned().into();
    config.limits.reconcile_interval = Duration::from_millis(10);
    start(config).await
}

#[tokio::test]
async fn a_request_chooses_among_the_regions() {
    let shop = Regions::open().await;
    assert_eq!(shop.buy("key-number-1", "").await.status, 200);
    assert_eq!(shop.buy("key-number-2", "?region=cn-beijing").await.status, 200);
    assert_eq!(shop.buy("key-number-3", "?region=cn-beijing").await.status, 200);
    assert_eq!((shop.count("").await, shop.count("?region=cn-beijing").await), (1, 2));
    let bought = shop.get("/purchases/key-number-2").await.json();
    assert_eq!(bought["region"], BEIJING);
    let id = bought["instanceId"].as_str().unwrap();
    assert_eq!(shop.get(&format!("/openapi/ha3/instances/{id}")).await.status, 404);
    let there = format!("/openapi/ha3/instances/{id}?region=cn-beijing");
    assert_eq!(shop.get(&there).await.status, 200);
    let quote = |query: &str| {
        let target = format!("/quotes{query}");
        let url = shop.proxy.url();
        async move { request(url, "POST", &target, "Content-Type: application/json\r\n", GOOD).await }
    };
    assert_eq!(quote("?region=cn-beijing").await.json()["status"], "priced");
    let settings = shop.get("/config.json").await.json();
    assert_eq!(settings["regions"], json!([HANGZHOU, BEIJING]));
    assert_eq!(settings["region"], HANGZHOU);
    let told = shop.get("/metrics").await.body;
    assert!(told.contains(r#"purchases_total{outcome="created",region="cn-beijing"} 2"#), "{told}");
    let listed = ledger_command(&shop.ledger, &["list"]).unwrap();
    assert_eq!(listed.matches(BEIJING).count(), 2, "{listed}");
    let twice = "?region=cn-beijing&region=cn-beijing";
    for query in ["?region=mars-1", "?region=", "?region=CN-BEIJING", twice] {
        assert_refused(&shop.buy("key-number-4", query).await, 400, "RegionNotServed");
        assert_refused(&quote(query).await, 400, "RegionNotServed");
        for target in ["", "/ha-cn-1"] {
            let target = format!("/openapi/ha3/instances{target}{query}");
            assert_refused(&shop.get(&target).await, 400, "RegionNotServed");
        }
    }
    assert_eq!((shop.count("").await, shop.count("?region=cn-beijing").await), (1, 2));
}

#[tokio::test]
async fn a_key_stands_for_a_purchase_in_one_region() {
    let shop = Regions::open().await;
    let first = shop.buy("key-number-1", "?region=cn-beijing").await;
    assert_eq!(first.status, 200);
    for query in ["", "?region=cn-hangzhou"] {
        assert_refused(&shop.buy("key-number-1", query).await, 422, "IdempotencyKeyReused");
    }
    let again = shop.buy("key-number-1", "?region=cn-beijing").await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    // The same order elsewhere is no repeated one.
    let headers = "Content-Type: application/json\r\nHavenask-No-Repeat: 3600\r\n";
    for (key, query, status) in [
        ("key-number-2", "?region=cn-beijing", 409),
        ("key-number-3", "", 200),
        ("key-number-4", "?region=cn-hangzhou", 409),
    ] {
        let headers = format!("{headers}Idempotency-Key: {key}\r\n");
        let target = format!("/openapi/ha3/instances{query}");
        let reply = request(shop.proxy.url(), "POST", &target, &headers, GOOD).await;
        assert_eq!(reply.status, status, "{key}: {}", reply.body);
    }
}

#[tokio::test]
async fn a_lost_purchase_is_looked_for_where_it_was_sent() {
    let shop = Regions::open().await;
    for cloud in [&shop.beijing, &shop.hangzhou] {
        let lost = Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1);
        cloud.faults().add(lost).unwrap();
    }
    assert_eq!(shop.buy("key-number-1", "?region=cn-beijing").await.status, 502);
    assert_eq!(shop.buy("key-number-2", "").await.status, 502);
    for (key, query) in [("key-number-1", "?region=cn-beijing"), ("key-number-2", "")] {
        let found = shop.becomes(key, "created").await;
        let id = found["instanceId"].as_str().unwrap();
        let there = format!("/openapi/ha3/instances/{id}{query}");
        assert_eq!(shop.get(&there).await.status, 200, "{key}");
    }
}

#[tokio::test]
async fn a_proxy_may_serve_more_regions_than_its_ledger_knows_and_not_fewer() {
    let shop = Regions::open().await;
    let Regions { hangzhou, beijing, ledger, proxy: running } = shop;
    running.stop().await;
    let refused = proxy(&ledger, &[(HANGZHOU, &hangzhou)]).await.unwrap_err().to_string();
    assert!(refused.contains("cn-beijing=http://127.0.0.1"), "{refused}");
    let more = [(BEIJING, &beijing), (HANGZHOU, &hangzhou), ("cn-shanghai", &hangzhou)];
    proxy(&ledger, &more).await.unwrap().stop().await;
    let upstream = format!("--upstream=cn-hangzhou={}", hangzhou.url());
    let moved = ledger_command(&ledger, &["bind", &upstream]).unwrap();
    assert!(moved.contains("cn-shanghai"), "{moved}");
    proxy(&ledger, &[(HANGZHOU, &hangzhou)]).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_lost_purchase_of_a_region_that_is_not_served_stays_pending_and_is_told() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    for (key, region, at) in [("key-number-1", HANGZHOU, 0), ("key-number-2", BEIJING, 1)] {
        let lost = format!(
            "INSERT INTO purchases (key, principal, body_hash, request, state, again, region, created_at, updated_at) \
             VALUES ('{key}', 'anyone', '', '{{}}', 'pending', 0, '{region}', {at}, {at})"
        );
        execute_all(&ledger, &lost).await;
    }
    let upstream = format!("{HANGZHOU}={}", cloud.url());
    let checked = check(&["--upstream", &upstream, "--ledger", &ledger], &KEYS).await;
    checked.says("warn", "ledger", "purchases without an answer are in cn-beijing, which");
    let proxy = proxy(&ledger, &[(HANGZHOU, &cloud)]).await.unwrap();
    let state = async |key: &str| {
        request(proxy.url(), "GET", &format!("/purchases/{key}"), "", "").await.json()["state"]
            .take()
    };
    // Both are so old that a look which finds nothing ends them; the newer one is looked for first.
    in_time(async {
        while state("key-number-1").await != "unknown" {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(state("key-number-2").await, "pending");
    proxy.stop().await;
}

#[tokio::test]
async fn purchases_of_before_get_the_region_that_their_ledger_belongs_to() {
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    for back in [
        "DELETE FROM havenask_ledger WHERE version > 6",
        "DROP INDEX purchases_by_readiness",
        "ALTER TABLE purchases DROP COLUMN ready_at",
        "ALTER TABLE purchases DROP COLUMN terms",
        "ALTER TABLE purchases DROP COLUMN account",
        "INSERT INTO havenask_endpoints VALUES ('cn-beijing')",
        "INSERT INTO purchases (key, principal, body_hash, request, state, again, created_at, updated_at) \
         VALUES ('key-number-1', '', '', '{}', 'unknown', 0, 0, 0)",
    ] {
        execute(&ledger, back).await;
    }
    let (open, _) = Ledger::open(&ledger.into()).await.unwrap();
    let entry = open.find("key-number-1").await.unwrap().unwrap();
    assert_eq!(entry.region.as_deref(), Some(BEIJING));
}

#[tokio::test]
async fn a_proxy_with_a_real_region_is_no_test() {
    let ledger = new_ledger().await;
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let mut config = config(cloud.url()).await;
    config.ledger = ledger.into();
    let endpoint = |text: &str| text.parse::<RegionEndpoint>().unwrap();
    config.endpoints = Endpoints {
        default: endpoint(&format!("cn-hangzhou={}", cloud.url())),
        others: vec![endpoint("cn-beijing=https://127.0.0.1:1")],
    };
    let proxy = start(config).await.unwrap();
    let settings = request(proxy.url(), "GET", "/config.json", "", "").await.json();
    assert_eq!(settings["test"], false);
    proxy.stop().await;
}
