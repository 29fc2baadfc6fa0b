//! Answers while the ledger cannot be read: nothing that may have bought is told to have bought nothing.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_emulator::Fault;
use serde_json::json;
use support::{
    GOOD, Reply,
    shop::{self, Shop},
};

const AWAY: &str = "ALTER TABLE purchases RENAME TO purchases_away";
const BACK: &str = "ALTER TABLE purchases_away RENAME TO purchases";

#[track_caller]
fn assert_unknown(reply: &Reply, status: u16, code: &str) {
    let failure = reply.json();
    assert_eq!((reply.status, &failure["code"]), (status, &json!(code)), "{failure}");
    let (outcome, retry) = (&failure["outcome"], &failure["retry"]);
    assert_eq!((outcome, retry), (&json!("unknown"), &json!("same-key")), "{failure}");
}

#[tokio::test]
async fn a_key_is_in_flight_until_the_ledger_has_its_result() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::LateAnswer { milliseconds: 1500 });
    let url = shop.proxy.url();
    let first = tokio::spawn(shop::buy(url, "key-number-1", GOOD));
    while shop.instances().await.is_empty() {
        tokio::task::yield_now().await;
    }
    shop.execute(AWAY).await;
    assert_unknown(&shop.buy("key-number-1").await, 409, "PurchaseInFlight");
    assert_eq!(first.await.unwrap().status, 200);
    assert_unknown(&shop.buy("key-number-1").await, 409, "PurchaseInFlight");
    assert_unknown(&shop.get("/purchases/key-number-1").await, 503, "LedgerUnreadable");
    assert_unknown(&shop.get("/purchases").await, 503, "LedgerUnreadable");
    assert_unknown(&shop.buy("key-number-2").await, 503, "LedgerUnreadable");
    shop.execute(BACK).await;
    shop.becomes("key-number-1", "created").await;
    let again = shop.buy("key-number-1").await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    assert_eq!(shop.buy("key-number-2").await.status, 200);
    assert_eq!(shop.instances().await.len(), 2);
}
