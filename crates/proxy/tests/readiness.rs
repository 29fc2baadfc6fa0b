//! The time from purchase to READY, as the proxy sees it in the answers that it forwards.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use havenask_emulator::{Emulator, EmulatorConfig};
use serde_json::Value;
use support::{
    SECRET, new_ledger,
    shop::{Shop, counter, ledger_command},
};

/// Seconds after which an instance of the emulator is READY, and more.
const UNTIL_READY: i64 = 30;

/// A shop whose cloud is ahead of time, by these seconds.
async fn shop() -> (Shop, Arc<AtomicI64>) {
    let ahead = Arc::new(AtomicI64::default());
    let mut config = EmulatorConfig::new("testid", SECRET);
    let (clock, of_cloud) = (Arc::clone(&config.clock), Arc::clone(&ahead));
    config.clock = Arc::new(move || clock() + of_cloud.load(Ordering::SeqCst));
    let (cloud, ledger) = (Emulator::start(config).await.unwrap(), new_ledger().await);
    let proxy = counter(&cloud, &ledger, |_| {}).await;
    (Shop { cloud, proxy, ledger }, ahead)
}

/// Buys, and returns the id of the instance.
async fn buy(shop: &Shop, key: &str) -> String {
    shop.buy(key).await.json()["result"]["instanceId"].as_str().unwrap().to_owned()
}

/// Looks at an instance, and returns its status.
async fn look(shop: &Shop, id: &str) -> Value {
    shop.get(&format!("/openapi/ha3/instances/{id}")).await.json()["result"]["status"].clone()
}

async fn expected(shop: &Shop) -> Value {
    shop.get("/config.json").await.json()["expectedReadySeconds"].clone()
}

#[tokio::test]
async fn the_median_of_those_that_were_waited_for_is_told() {
    let (shop, ahead) = shop().await;
    let id = buy(&shop, "key-of-a-test").await;
    assert_eq!(look(&shop, &id).await, "INIT");
    assert_eq!(expected(&shop).await, Value::Null);
    shop.execute("UPDATE purchases SET created_at = created_at - 720000").await;
    ahead.fetch_add(UNTIL_READY, Ordering::SeqCst);
    assert_eq!(look(&shop, &id).await, "READY");
    let ready_at = loop {
        match shop.state("key-of-a-test").await["readyAt"].as_i64() {
            Some(at) => break at,
            None => tokio::task::yield_now().await,
        }
    };
    assert!((720..780).contains(&expected(&shop).await.as_i64().unwrap()));
    let shown = ledger_command(&shop.ledger, &["show", "key-of-a-test"]).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap()["readyAt"], ready_at);

    // It is written down once, and of an instance that nobody waited for never.
    assert_eq!(look(&shop, &id).await, "READY");
    let other = buy(&shop, "another-key").await;
    ahead.fetch_add(UNTIL_READY, Ordering::SeqCst);
    assert_eq!(look(&shop, &other).await, "READY");
    buy(&shop, "the-last-key").await;
    assert_eq!(shop.state("key-of-a-test").await["readyAt"], ready_at);
    assert_eq!(shop.state("another-key").await["readyAt"], Value::Null);
}
