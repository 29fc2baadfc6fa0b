//! A PostgreSQL server that crashes under load.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::collections::BTreeSet;

use rustix::process::{Pid, Signal, kill_process};
use sqlx::{AnyConnection, Connection};
use support::{
    in_time, new_ledger,
    shop::{Shop, counter},
};
use tokio::task::JoinSet;

const CRASHES: usize = 5;
const BUYERS: usize = 6;
const KEYS: usize = 8;

/// Connects as soon as the server takes connections.
async fn connect(ledger: &str) -> AnyConnection {
    loop {
        match AnyConnection::connect(ledger).await {
            Ok(connection) => return connection,
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

/// Kills the process of another connection: the server ends all the others, and recovers as after a loss of power.
async fn crash(ledger: &str) {
    const OTHER: &str = "SELECT CAST(pid AS BIGINT) FROM pg_stat_activity \
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 1";
    loop {
        let mut connection = connect(ledger).await;
        let other = sqlx::query_scalar(OTHER).fetch_optional(&mut connection).await;
        // The server may be in the middle of its recovery.
        let Ok(Some(other)) = other else { continue };
        let other: i64 = other;
        let pid = Pid::from_raw(i32::try_from(other).unwrap()).unwrap();
        if kill_process(pid, Signal::KILL).is_ok() {
            // This connection goes too, and shows that the crash has begun.
            while sqlx::query("SELECT 1").execute(&mut connection).await.is_ok() {}
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_crashes_loses_and_repeats_no_purchase() {
    let ledger = new_ledger().await;
    if ledger.starts_with("sqlite:") {
        return;
    }
    let shop = Shop::with(ledger, |_| {}).await;
    let other = counter(&shop.cloud, &shop.ledger, |_| {}).await;
    let mut buyers = JoinSet::new();
    for buyer in 0..BUYERS {
        let url = if buyer % 2 == 0 { shop.proxy.url() } else { other.url() };
        buyers.spawn(async move {
            for number in 0..KEYS {
                let key = format!("key-number-{buyer}-{number}");
                while support::shop::buy(url.clone(), &key, support::GOOD).await.status != 200 {
                    tokio::task::yield_now().await;
                }
            }
        });
    }
    for _ in 0..CRASHES {
        in_time(crash(&shop.ledger)).await;
    }
    in_time(buyers.join_all()).await;
    let instances = in_time(shop.instances()).await;
    let keys: BTreeSet<_> = instances.iter().map(|it| it["tags"][0]["value"].to_string()).collect();
    assert_eq!((instances.len(), keys.len()), (BUYERS * KEYS, BUYERS * KEYS));
    assert!(shop.is_ready().await);
}
