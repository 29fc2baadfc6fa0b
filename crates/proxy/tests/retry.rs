//! Refusals of the cloud that may be sent again, and those that prove nothing.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::Duration;

use havenask_emulator::Fault;
use havenask_proxy::{Config, config::Endpoints};
use serde_json::json;
use support::{
    new_ledger,
    shop::{Shop, counter},
};

#[tokio::test]
async fn a_throttled_purchase_is_sent_again_with_its_key() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::Throttle { retry_after: 1500 });
    let denied = shop.buy("key-number-1").await;
    let code = denied.json();
    assert_eq!((denied.status, &code["code"]), (400, &json!("Throttling.User")));
    assert_eq!((&code["outcome"], &code["retry"]), (&json!("unknown"), &json!("same-key")));
    assert_eq!(denied.header("retry-after"), Some("2"));
    assert_eq!(shop.state("key-number-1").await["state"], "pending");
    assert!(shop.instances().await.is_empty(), "it is not bought around");
    assert_eq!(shop.buy("key-number-1").await.status, 200);
    assert_eq!(shop.instances().await.len(), 1);
}

#[tokio::test]
async fn a_purchase_that_never_reached_the_cloud_stays_failed() {
    let cloud = Shop::open().await;
    let ledger = new_ledger().await;
    // Nobody listens there any more.
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let proxy = counter(&cloud.cloud, &ledger, |config| {
        let upstream = format!("http://{nowhere}").parse().unwrap();
        config.endpoints = Endpoints::single(upstream);
    })
    .await;
    let shop = Shop { proxy, ..cloud };
    for _ in 0..2 {
        let failure = shop.buy("key-number-1").await.json();
        assert_eq!(failure["code"], "UpstreamUnreachable");
        let (outcome, retry) = (&failure["outcome"], &failure["retry"]);
        assert_eq!((outcome, retry), (&json!("not-created"), &json!("same-key")), "{failure}");
        assert_eq!(shop.state("key-number-1").await["state"], "failed");
    }
}

#[tokio::test]
async fn a_throttled_purchase_is_not_sent_again_before_its_pause() {
    let shop = Shop::open().await;
    let patient = |config: &mut Config| config.limits.resend_delay = Duration::from_hours(1);
    let proxy = counter(&shop.cloud, &new_ledger().await, patient).await;
    let shop = Shop { proxy, ..shop };
    shop.goes_wrong(Fault::Throttle { retry_after: 1500 });
    for _ in 0..2 {
        let denied = shop.buy("key-number-1").await;
        assert_eq!((denied.status, denied.header("retry-after")), (400, Some("3600")));
    }
    assert!(shop.instances().await.is_empty());
}

/// Something between the proxy and the cloud has sent the request twice: the first buys, the second is answered.
#[tokio::test]
async fn a_refusal_of_a_second_delivery_is_no_proof_that_nothing_was_bought() {
    for code in [
        "SignatureNonceUsed",
        "Throttling",
        "Throttling.Api",
        "ServiceUnavailable",
        "InternalError",
    ] {
        let shop = Shop::open().await;
        shop.goes_wrong(Fault::Refuse { code: code.into(), committed: true });
        let first = shop.buy("key-number-1").await.json();
        let (outcome, retry) = (&first["outcome"], &first["retry"]);
        assert_eq!((outcome, retry), (&json!("unknown"), &json!("same-key")), "{code}: {first}");
        let again = shop.buy("key-number-1").await;
        assert!([200, 409].contains(&again.status), "{code}: {}", again.body);
        shop.becomes("key-number-1", "created").await;
        assert_eq!(shop.instances().await.len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_throttled_purchase_without_an_instance_ends_as_not_made() {
    let shop = Shop::open().await;
    let hasty = |config: &mut Config| config.limits.reconcile_deadline = Duration::from_secs(2);
    let proxy = counter(&shop.cloud, &new_ledger().await, hasty).await;
    let shop = Shop { proxy, ..shop };
    shop.goes_wrong(Fault::Throttle { retry_after: 100 });
    shop.buy("key-number-1").await;
    let ended = shop.becomes("key-number-1", "failed").await;
    assert_eq!(
        (&ended["error"]["code"], &ended["error"]["outcome"]),
        (&json!("Throttling.User"), &json!("not-created"))
    );
    assert_eq!(shop.buy("key-number-1").await.status, 200, "and may be bought with its key");
}
