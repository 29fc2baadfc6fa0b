//! A store that fails while many buy: nothing is bought twice or lost, and the next purchase after each fault works.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    collections::BTreeSet,
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use sqlx::{AnyConnection, Connection};
use support::{
    GOOD, in_time,
    shop::{Shop, buy},
    store_faults::{breaks, mends},
};
use tokio::task::JoinSet;

const BUYERS: usize = 4;

/// The keys that each buyer has got an instance for, and how often a purchase could not be written.
#[derive(Default)]
struct Buyers {
    enough: AtomicBool,
    unavailable: AtomicUsize,
    bought: AtomicUsize,
}

impl Buyers {
    /// Buys one order after the other, each with its key until it is bought.
    async fn run(self: Arc<Self>, url: String, buyer: usize) -> Vec<(String, String)> {
        let mut bought = Vec::new();
        while !self.enough.load(Ordering::SeqCst) {
            let key = format!("key-of-buyer-{buyer}-{}", bought.len());
            loop {
                let reply = buy(url.clone(), &key, GOOD).await;
                if reply.status == 200 {
                    let id = reply.json()["result"]["instanceId"].as_str().unwrap().to_owned();
                    bought.push((key, id));
                    self.bought.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                let code = reply.json()["code"].as_str().unwrap().to_owned();
                if code.starts_with("Ledger") {
                    self.unavailable.fetch_add(1, Ordering::SeqCst);
                }
            }
        }
        bought
    }

    /// Waits until some purchases more could not be written.
    async fn feel_it(&self) {
        grows(&self.unavailable).await;
    }
}

/// Waits until each buyer may have added one.
async fn grows(count: &AtomicUsize) {
    let before = count.load(Ordering::SeqCst);
    while count.load(Ordering::SeqCst) < before + BUYERS {
        tokio::task::yield_now().await;
    }
}

/// Has the store fail until the buyers feel it.
async fn fail(shop: &Shop, buyers: &Buyers, fault: &str) {
    let file = shop.ledger.strip_prefix("sqlite:");
    match (fault, file) {
        ("locked", _) => {
            let lock = match file {
                Some(_) => "BEGIN IMMEDIATE",
                None => "BEGIN; LOCK TABLE purchases IN EXCLUSIVE MODE",
            };
            let mut connection = AnyConnection::connect(&shop.ledger).await.unwrap();
            sqlx::raw_sql(lock).execute(&mut connection).await.unwrap();
            buyers.feel_it().await;
            sqlx::raw_sql("ROLLBACK").execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
        ("away", Some(file)) => {
            let away = format!("{file}-away");
            fs::rename(file, &away).unwrap();
            buyers.feel_it().await;
            fs::rename(&away, file).unwrap();
        }
        ("away", None) => {
            shop.execute("ALTER TABLE purchases RENAME TO away").await;
            buyers.feel_it().await;
            shop.execute("ALTER TABLE away RENAME TO purchases").await;
        }
        (how, _) => {
            let (change, how) = how.split_once(' ').unwrap();
            shop.execute(&breaks(&shop.ledger, change, "key-of-buyer-%", how)).await;
            // A purchase whose end cannot be written is bought all the same.
            grows(if change == "INSERT" { &buyers.unavailable } else { &buyers.bought }).await;
            shop.execute(mends(&shop.ledger)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_under_load_loses_and_repeats_no_purchase() {
    let shop = Shop::open().await;
    let buyers = Arc::new(Buyers::default());
    let mut tasks = JoinSet::new();
    for buyer in 0..BUYERS {
        tasks.spawn(Arc::clone(&buyers).run(shop.proxy.url(), buyer));
    }
    let faults = [
        "INSERT at once",
        "INSERT and roll back",
        "INSERT and hang up",
        "INSERT at the commit",
        "UPDATE and roll back",
        "UPDATE at the commit",
        "locked",
        "away",
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        in_time(fail(&shop, &buyers, fault)).await;
        let next = shop.buy(&format!("key-after-{number}")).await;
        assert_eq!(next.status, 200, "{fault}: {}", next.body);
        assert!(shop.is_ready().await, "{fault}");
    }
    buyers.enough.store(true, Ordering::SeqCst);
    let bought: Vec<_> = in_time(tasks.join_all()).await.into_iter().flatten().collect();
    for (key, id) in &bought {
        let known = in_time(shop.becomes(key, "created")).await;
        assert_eq!(known["instanceId"], **id, "{key}");
    }
    let ids: BTreeSet<_> = bought.iter().map(|(_, id)| id).collect();
    assert_eq!(ids.len(), bought.len());
    let all = shop.get("/openapi/ha3/instances?pageSize=1").await.json()["totalCount"].clone();
    assert_eq!(all, bought.len() + faults.len());
}
