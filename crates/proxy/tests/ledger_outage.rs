//! Answers while the ledger cannot be read: nothing that may have bought is told to have bought nothing.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_emulator::Fault;
use serde_json::json;
use support::{
    GOOD, Reply, request,
    shop::Shop,
    store_faults::{breaks, mends},
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
    shop.execute(&breaks(&shop.ledger, "UPDATE", "key-number-1", "")).await;
    assert_eq!(shop.buy("key-number-1").await.status, 200, "its buyer is told");
    assert_unknown(&shop.buy("key-number-1").await, 409, "PurchaseInFlight");
    shop.execute(AWAY).await;
    assert_unknown(&shop.buy("key-number-1").await, 409, "PurchaseInFlight");
    assert_unknown(&shop.get("/purchases/key-number-1").await, 503, "LedgerUnreadable");
    assert_unknown(&shop.get("/purchases").await, 503, "LedgerUnreadable");
    assert_unknown(&shop.buy("key-number-2").await, 503, "LedgerUnreadable");
    shop.execute(BACK).await;
    shop.execute(mends(&shop.ledger)).await;
    shop.becomes("key-number-1", "created").await;
    let again = shop.buy("key-number-1").await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    assert_eq!(shop.buy("key-number-2").await.status, 200);
    assert_eq!(shop.instances().await.len(), 2);
}

#[tokio::test]
async fn a_refusal_of_the_region_says_nothing_of_a_key_that_may_have_bought() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::CloseAfterCommit);
    shop.buy("key-number-1").await;
    for (key, outcome) in [("key-number-1", "unknown"), ("key-number-2", "not-created")] {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        let target = "/openapi/ha3/instances?region=mars-1";
        let refused = request(shop.proxy.url(), "POST", target, &headers, GOOD).await.json();
        let said = (&refused["code"], &refused["outcome"]);
        assert_eq!(said, (&json!("RegionNotServed"), &json!(outcome)), "{refused}");
    }
}
