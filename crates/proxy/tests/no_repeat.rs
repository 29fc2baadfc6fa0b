//! An order is not bought again by accident: `Havenask-No-Repeat`, whatever the key.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::collections::BTreeSet;

use havenask_proxy::{Config, access::Authentication, start};
use serde_json::{Value, json};
use support::{
    CREATED, GOOD, Part, Reply, Stage, config, execute, new_ledger, request, shop::Shop,
};

const DAY: &str = "Havenask-No-Repeat: 86400\r\n";

/// Buys with these headers beside the usual ones.
async fn buy(stage: &Stage, key: &str, headers: &str, body: &str) -> Reply {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{headers}");
    stage.post("", &headers, body).await
}

async fn with_ledger(part: Part) -> (Stage, String) {
    let ledger = new_ledger().await;
    let own = ledger.clone().into();
    (Stage::with_config(part, |config| Config { ledger: own, ..config }).await, ledger)
}

fn refusal(answer: &str) -> Part {
    let length = answer.len();
    Part::Answer(format!("HTTP/1.1 400 No\r\nContent-Length: {length}\r\n\r\n{answer}").leak())
}

/// Asserts that nothing was bought because of another purchase, and returns what is said of that.
fn earlier(reply: &Reply) -> Value {
    let failure = reply.json();
    let said = (reply.status, &failure["code"], &failure["outcome"], &failure["retry"]);
    assert_eq!(said, (409, &json!("OrderRepeated"), &json!("not-created"), &json!("same-key")));
    assert!(!failure["remedy"].as_str().unwrap().is_empty());
    failure["purchase"].clone()
}

async fn sent(stage: &Stage) -> usize {
    stage.requests().await.iter().filter(|request| request.starts_with("POST ")).count()
}

/// A change of an order.
type Change<'a> = &'a dyn Fn(&mut Value);

#[tokio::test]
async fn the_same_order_is_bought_again_only_on_purpose() {
    let stage = Stage::with(CREATED).await;
    assert_eq!(buy(&stage, "key-number-1", DAY, GOOD).await.status, 200);
    let refused = buy(&stage, "key-number-2", DAY, GOOD).await;
    let mut purchase = earlier(&refused);
    assert!(purchase["age"].take().as_u64().unwrap() < 3600);
    let expected = json!({
        "key": "key-number-1", "state": "created", "instanceId": "ha-cn-abc123", "age": null,
    });
    assert_eq!(purchase, expected);
    // Nothing stands in the ledger of it, and its key is free.
    assert_eq!(stage.get("/purchases/key-number-2").await.status, 404);
    let again = buy(&stage, "key-number-1", DAY, GOOD).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    assert_eq!(sent(&stage).await, 1);
    for (key, headers) in [("key-number-2", "Havenask-No-Repeat: 0\r\n"), ("key-number-3", "")] {
        assert_eq!(buy(&stage, key, headers, GOOD).await.status, 200, "{headers}");
    }
    assert_eq!(earlier(&buy(&stage, "key-number-4", DAY, GOOD).await)["key"], "key-number-3");
    assert_eq!(sent(&stage).await, 3);
}

#[tokio::test]
async fn orders_differ_by_their_content() {
    let stage = Stage::with_config(CREATED, |mut config| {
        config.policy.allow_auto_renew = true;
        config
    })
    .await;
    let order = |change: &dyn Fn(&mut Value)| {
        let mut order: Value = serde_json::from_str(GOOD).unwrap();
        order["components"] = json!([{"code": "a", "value": "1"}, {"code": "b", "value": "2"}]);
        order["tags"] = json!([{"key": "team", "value": "search"}, {"key": "for", "value": "me"}]);
        change(&mut order);
        order.to_string()
    };
    assert_eq!(buy(&stage, "key-number-0", DAY, &order(&|_| {})).await.status, 200);
    for (number, list) in (1..).zip(["components", "tags"]) {
        let reversed = order(&|order| order[list].as_array_mut().unwrap().reverse());
        earlier(&buy(&stage, &format!("key-number-{number}"), DAY, &reversed).await);
    }
    let other: [&dyn Fn(&mut Value); 6] = [
        &|order| order["components"][0]["value"] = json!("3"),
        &|order| order["components"][0]["code"] = json!("c"),
        &|order| order["order"]["duration"] = json!(2),
        &|order| order["order"]["autoRenew"] = json!(true),
        &|order| order["tags"] = json!([]),
        &|order| order["resourceGroupId"] = json!("rg-other"),
    ];
    for (number, change) in (3..).zip(other) {
        let bought = buy(&stage, &format!("key-number-{number}"), DAY, &order(change)).await;
        assert_eq!(bought.status, 200, "{}", bought.body);
    }
    // A member that is left out is the same as its default.
    let same: [(Change<'_>, &str); 5] = [
        (&|order| order["tags"] = json!(null), "key-number-7"),
        (&|order| order["order"]["autoRenew"] = json!(false), "key-number-0"),
        (&|order| order["order"]["autoRenew"] = json!(null), "key-number-0"),
        (&|order| order["resourceGroupId"] = json!(""), "key-number-0"),
        (&|order| order["resourceGroupId"] = json!(null), "key-number-0"),
    ];
    for (change, key) in same {
        let body = order(change);
        let refused = buy(&stage, "key-number-9", DAY, &body).await;
        assert_eq!(earlier(&refused)["key"], key, "{body}");
    }
}

#[tokio::test]
async fn an_order_that_is_older_is_bought_again() {
    let (stage, ledger) = with_ledger(CREATED).await;
    assert_eq!(buy(&stage, "key-number-1", "", GOOD).await.status, 200);
    execute(&ledger, "UPDATE purchases SET created_at = created_at - 1000000").await;
    let refused = buy(&stage, "key-number-2", DAY, GOOD).await;
    let age = earlier(&refused)["age"].as_u64().unwrap();
    assert!((1000..4600).contains(&age), "{age}");
    let within = "Havenask-No-Repeat: 1000\r\n";
    assert_eq!(buy(&stage, "key-number-2", within, GOOD).await.status, 200);
}

#[tokio::test]
async fn a_repeat_counts_open_purchases_and_not_failed_ones() {
    let (stage, ledger) = with_ledger(Part::Silence).await;
    assert_eq!(buy(&stage, "key-number-1", DAY, GOOD).await.status, 504);
    for (state, statement) in [
        ("pending", "UPDATE purchases SET state = 'pending'"),
        ("unknown", "UPDATE purchases SET state = 'unknown'"),
    ] {
        execute(&ledger, statement).await;
        let purchase = earlier(&buy(&stage, "key-number-2", DAY, GOOD).await);
        assert_eq!((&purchase["state"], purchase.get("instanceId")), (&json!(state), None));
    }
    execute(&ledger, "UPDATE purchases SET state = 'failed'").await;
    assert_eq!(buy(&stage, "key-number-2", DAY, GOOD).await.status, 504, "it is sent");
    let poor = refusal(r#"{"requestId":"R","code":"InvalidPayMethod","message":"no money"}"#);
    let stage = Stage::with(poor).await;
    for key in ["key-number-1", "key-number-2"] {
        assert_eq!(buy(&stage, key, DAY, GOOD).await.json()["code"], "InvalidPayMethod");
    }
}

#[tokio::test]
async fn a_retried_order_counts_from_its_retry() {
    let shop = Shop::open().await;
    let buy = async |key: &str| {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{DAY}");
        request(shop.proxy.url(), "POST", "/openapi/ha3/instances", &headers, GOOD).await
    };
    assert_eq!(buy("key-number-1").await.status, 200);
    shop.execute("UPDATE purchases SET state = 'failed', again = 1, created_at = 0").await;
    // Somebody else has bought it meanwhile.
    assert_eq!(buy("key-number-2").await.status, 200);
    assert_eq!(earlier(&buy("key-number-1").await)["key"], "key-number-2");
    shop.execute("DELETE FROM purchases WHERE key = 'key-number-2'").await;
    assert_eq!(buy("key-number-1").await.status, 200);
    assert_eq!(earlier(&buy("key-number-2").await)["key"], "key-number-1");
}

#[tokio::test]
async fn a_malformed_no_repeat_is_refused() {
    let stage = Stage::with(CREATED).await;
    for value in [
        "-1",
        "+1",
        "1.5",
        "x",
        "",
        "1e12",
        "1000000000000",
        "31622401",
        "0x10",
        "1 2",
        "86400s",
        "86400, 86400",
        "٣",
        "18446744073709551617",
        "true",
    ] {
        let headers = format!("Havenask-No-Repeat: {value}\r\n");
        let failure = buy(&stage, "key-number-1", &headers, GOOD).await;
        let said = failure.json();
        assert_eq!((failure.status, &said["code"]), (400, &json!("NoRepeatMalformed")), "{value}");
        assert_eq!(said["outcome"], "not-created");
    }
    let twice = "Havenask-No-Repeat: 0\r\nHavenask-No-Repeat: 0\r\n";
    let twice = buy(&stage, "key-number-1", twice, GOOD).await;
    assert_eq!((twice.status, &twice.json()["code"]), (400, &json!("NoRepeatMalformed")));
    assert_eq!(sent(&stage).await, 0);
    for (key, value) in [("key-number-1", "0"), ("key-number-2", "00"), ("key-number-3", "0")] {
        let headers = format!("Havenask-No-Repeat:  {value} \r\n");
        assert_eq!(buy(&stage, key, &headers, GOOD).await.status, 200, "{value}");
    }
    earlier(&buy(&stage, "key-number-4", "Havenask-No-Repeat: 31622400\r\n", GOOD).await);
}

#[tokio::test]
async fn a_dry_run_neither_counts_nor_is_counted() {
    let stage = Stage::with(CREATED).await;
    let dry = async |key: &str| {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{DAY}");
        stage.post("?dryRun=true", &headers, GOOD).await.status
    };
    assert_eq!(dry("key-number-1").await, 200);
    assert_eq!(buy(&stage, "key-number-2", DAY, GOOD).await.status, 200);
    assert_eq!(dry("key-number-3").await, 200);
    assert_eq!(earlier(&buy(&stage, "key-number-4", DAY, GOOD).await)["key"], "key-number-2");
}

#[tokio::test]
async fn a_repeat_counts_per_principal() {
    let trusted = vec!["127.0.0.1".parse().unwrap()];
    let authentication = Authentication::UserHeader { name: "x-user".parse().unwrap(), trusted };
    let stage = Stage::with_config(CREATED, |config| Config { authentication, ..config }).await;
    let as_user = |user: &str| format!("{DAY}X-User: {user}\r\n");
    for (key, user) in [("key-number-1", "alice"), ("key-number-2", "bob")] {
        assert_eq!(buy(&stage, key, &as_user(user), GOOD).await.status, 200);
    }
    let refused = buy(&stage, "key-number-3", &as_user("alice"), GOOD).await;
    assert_eq!(earlier(&refused)["key"], "key-number-1");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_concurrent_orders_over_two_proxies_one_is_sent() {
    let (stage, ledger) = with_ledger(CREATED).await;
    let other = config(&stage.upstream).await;
    let other = start(Config { ledger: ledger.into(), ..other }).await.unwrap();
    let mut all = 0;
    // Each key of an order at another proxy than the one before.
    for (orders, keys) in [(1, 50), (50, 2)] {
        let mut buyers = tokio::task::JoinSet::new();
        for number in 0..orders * keys {
            let url = if number / orders % 2 == 0 { stage.url() } else { other.url() };
            let order = format!(r#"{{"resourceGroupId":"rg-{orders}-{}","#, number % orders);
            let body = GOOD.replacen('{', &order, 1);
            let headers = format!(
                "Content-Type: application/json\r\nIdempotency-Key: key-number-{orders}-{number}\r\n{DAY}"
            );
            buyers.spawn(async move {
                request(url, "POST", "/openapi/ha3/instances", &headers, &body).await
            });
        }
        let replies = buyers.join_all().await;
        let (bought, refused): (Vec<_>, Vec<_>) = replies.iter().partition(|it| it.status == 200);
        all += orders;
        let expected = (orders, orders * (keys - 1), all);
        assert_eq!((bought.len(), refused.len(), sent(&stage).await), expected);
        let keys: BTreeSet<_> = refused.iter().map(|it| earlier(it)["key"].to_string()).collect();
        assert_eq!(keys.len(), orders, "{keys:?}");
    }
}
