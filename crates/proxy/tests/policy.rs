//! Limits on purchases: term, renewal, components, and number in an hour. An order that cannot be held against a limit is not sold.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_emulator::Fault;
use havenask_proxy::{Config, purchase::PurchasePolicy};
use support::{
    CREATED, GOOD, Reply, Stage, assert_refused,
    shop::{self, Shop, counter},
};

async fn stage(change: impl FnOnce(&mut Config)) -> Stage {
    Stage::with_config(CREATED, |mut config| {
        change(&mut config);
        config
    })
    .await
}

async fn buy(stage: &Stage, key: &str, headers: &str, body: &str) -> Reply {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{headers}");
    stage.post("", &headers, body).await
}

/// A purchase with this order, with nothing else said of its term.
fn order(order: &str) -> String {
    GOOD.replace(r#"{"duration":1,"pricingCycle":"Month"}"#, order)
}

#[tokio::test]
async fn spending_has_limits() {
    let spend = PurchasePolicy {
        purchases_per_hour: Some(2),
        max_term_months: Some(6),
        allowed_components: vec!["searcherdocsize".into(), "other".into()],
        ..PurchasePolicy::default()
    };
    let stage = stage(|config| config.policy = spend).await;
    for (body, place) in [
        (GOOD.replace(":1,", ":7,"), "/order/duration"),
        (GOOD.replace("Month", "Year"), "/order/duration"),
        (GOOD.replace("searcherdocsize", "gold"), "/components/0/code"),
        (GOOD.replace(r#"{"code":"searcherdocsize","value":"200"}"#, ""), "/components"),
        (
            GOOD.replace(r#","components":[{"code":"searcherdocsize","value":"200"}]"#, ""),
            "/components",
        ),
        (GOOD.replace(r#"[{"code":"searcherdocsize","value":"200"}]"#, "null"), "/components"),
    ] {
        let refused = buy(&stage, "key-of-a-test", "", &body).await;
        assert_refused(&refused, 403, "PurchaseNotAllowed");
        assert!(refused.json()["message"].as_str().unwrap().contains(place), "{}", refused.body);
    }
    assert_eq!(buy(&stage, "key-number-1", "", &GOOD.replace(":1,", ":6,")).await.status, 200);
    assert_eq!(buy(&stage, "key-number-2", "", GOOD).await.status, 200);
    let refused = buy(&stage, "key-number-3", "", GOOD).await;
    assert_refused(&refused, 429, "TooManyPurchases");
    assert!(refused.header("retry-after").is_some());
    let again = buy(&stage, "key-number-2", "", GOOD).await;
    assert_eq!(again.status, 200, "what was bought is still told");
    assert_eq!(stage.requests().await.len(), 2);
}

#[tokio::test]
async fn a_key_that_may_have_bought_is_answered_whatever_is_sold_now() {
    let shop = Shop::open().await;
    shop.goes_wrong(Fault::CloseAfterCommit);
    let lost = shop.buy("key-number-1").await;
    assert_eq!(lost.json()["outcome"], "unknown");
    let allowed_components = vec!["other".into()];
    let policy = PurchasePolicy { allowed_components, ..PurchasePolicy::default() };
    let proxy = counter(&shop.cloud, &shop.ledger, |config| config.policy = policy).await;
    let again = shop::buy(proxy.url(), "key-number-1", GOOD).await;
    assert_ne!(again.json()["code"], "PurchaseNotAllowed", "{}", again.body);
    shop.becomes("key-number-1", "created").await;
    let again = shop::buy(proxy.url(), "key-number-1", GOOD).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    let other = shop::buy(proxy.url(), "key-number-2", GOOD).await;
    assert_refused(&other, 403, "PurchaseNotAllowed");
    assert!(other.json()["message"].as_str().unwrap().contains("only other can be bought"));
}

#[tokio::test]
async fn a_term_that_cannot_be_counted_is_not_sold_under_a_limit() {
    let limited = stage(|config| {
        config.allow_postpay = true;
        config.policy = PurchasePolicy {
            max_term_months: Some(1),
            allow_auto_renew: true,
            ..PurchasePolicy::default()
        };
    })
    .await;
    let free = stage(|_| {}).await;
    let absent = GOOD.replace(r#""order":{"duration":1,"pricingCycle":"Month"},"#, "");
    let nameless = absent.replace(r#""chargeType":"PREPAY","#, "");
    for (number, (body, is_request)) in [
        (order(r#"{"duration":12}"#), true),
        (order(r#"{"duration":1}"#), true),
        (order(r#"{"pricingCycle":"Month"}"#), true),
        (order("{}"), true),
        (order(r#"{"duration":null,"pricingCycle":"Month"}"#), true),
        (order(r#"{"duration":1,"pricingCycle":null}"#), true),
        (order(r#"{"autoRenew":true}"#), true),
        (nameless, true),
        (order("{}").replace("PREPAY", "POSTPAY"), true),
        (absent.clone(), false),
        (order("null"), false),
        (order("[]"), false),
        (order(r#"{"duration":"1","pricingCycle":"Month"}"#), false),
        (order(r#"{"duration":0,"pricingCycle":"Month"}"#), false),
        (order(r#"{"duration":-1,"pricingCycle":"Month"}"#), false),
        (order(r#"{"duration":1.5,"pricingCycle":"Month"}"#), false),
        (order(r#"{"duration":768614336404564651,"pricingCycle":"Year"}"#), false),
        (order(r#"{"duration":1,"pricingCycle":"month"}"#), false),
        (order(r#"{"duration":1,"pricingCycle":""}"#), false),
        (order(r#"{"duration":1,"duration":12,"pricingCycle":"Month"}"#), false),
        (order(r#"{"duration":1,"pricingCycle":"Month","pricingCycle":"Year"}"#), false),
        (order(r#"{"duration":1,"pricingCycle":"Month"},"order":{"duration":12,"pricingCycle":"Year"}"#), false),
    ]
    .into_iter()
    .enumerate()
    {
        let refused = buy(&limited, &format!("key-number-{number}"), "", &body).await;
        let (status, code) = if is_request { (403, "PurchaseNotAllowed") } else { (400, "InvalidRequest") };
        assert_refused(&refused, status, code);
        // Without a limit, what the documents leave open is the cloud's to judge.
        if is_request && body.contains("PREPAY") && !body.contains("autoRenew") {
            assert_eq!(buy(&free, &format!("key-number-{number}"), "", &body).await.status, 200, "{body}");
        }
    }
    assert_eq!(limited.requests().await.len(), 0);
    assert_eq!(buy(&limited, "key-of-a-test", "", GOOD).await.status, 200);
    let by_use = absent.replace("PREPAY", "POSTPAY");
    assert_eq!(buy(&limited, "key-of-use", "", &by_use).await.status, 200, "it has no term");
}

#[tokio::test]
async fn renewal_is_sold_where_it_is_allowed() {
    let renewed = order(r#"{"duration":1,"pricingCycle":"Month","autoRenew":true}"#);
    for allow_auto_renew in [false, true] {
        let stage = stage(|config| {
            config.policy = PurchasePolicy { allow_auto_renew, ..PurchasePolicy::default() }
        })
        .await;
        assert_eq!(stage.get("/config.json").await.json()["allowAutoRenew"], allow_auto_renew);
        let reply = buy(&stage, "key-of-a-test", "", &renewed).await;
        if allow_auto_renew {
            assert_eq!(reply.status, 200, "{}", reply.body);
        } else {
            assert_refused(&reply, 403, "PurchaseNotAllowed");
            assert!(reply.body.contains("/order/autoRenew"), "{}", reply.body);
        }
        for (key, value) in [("key-without", "false"), ("key-of-null", "null")] {
            let body = renewed.replace(r#""autoRenew":true"#, &format!(r#""autoRenew":{value}"#));
            assert_eq!(buy(&stage, key, "", &body).await.status, 200, "{value}");
        }
        for wrong in [r#""true""#, "1", r#"true,"autoRenew":false"#, r#"false,"autoRenew":true"#] {
            let body = renewed.replace(r#""autoRenew":true"#, &format!(r#""autoRenew":{wrong}"#));
            assert_refused(&buy(&stage, "key-of-wrong", "", &body).await, 400, "InvalidRequest");
        }
    }
}
