//! `GET /purchases`: the purchases of a principal, page by page.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_proxy::access::Authentication;
use serde_json::{Value, json};
use support::{CREATED, GOOD, Part, Reply, Stage, assert_refused};

/// A shop whose users are known by a header.
async fn stage(part: Part) -> Stage {
    Stage::with_config(part, |mut config| {
        let trusted = vec!["127.0.0.0/31".parse().unwrap()];
        let name = "x-user".parse().unwrap();
        config.authentication = Authentication::UserHeader { name, trusted };
        config
    })
    .await
}

async fn buy(stage: &Stage, user: &str, key: &str, body: &str) -> Reply {
    let headers =
        format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\nX-User: {user}\r\n");
    stage.post("", &headers, body).await
}

async fn list(stage: &Stage, user: &str, query: &str) -> Reply {
    let head =
        format!("GET /purchases{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    stage.raw(&format!("{head}X-User: {user}\r\n\r\n")).await
}

fn keys(list: &Value) -> Vec<String> {
    let purchases = list["purchases"].as_array().unwrap().iter();
    purchases.map(|it| it["key"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_principal_is_shown_its_own_purchases_page_by_page() {
    let stage = stage(CREATED).await;
    for number in 0..45 {
        assert_eq!(
            buy(&stage, "alice", &format!("key-number-{number:02}"), GOOD).await.status,
            200
        );
    }
    assert_eq!(buy(&stage, "bob", "key-number-00", GOOD).await.status, 200);
    let (mut found, mut query, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = list(&stage, "alice", &query).await.json();
        found.extend(keys(&page));
        pages += 1;
        let Some(next) = page["nextToken"].as_str() else { break };
        query = format!("?nextToken={next}");
    }
    let mut sorted = found.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!((found.len(), sorted.len(), pages), (45, 45, 3), "{found:?}");
    assert_eq!(found.first().map(String::as_str), Some("key-number-44"), "the newest first");
    // A token of one principal opens nothing of another.
    assert_eq!(keys(&list(&stage, "bob", "").await.json()), ["key-number-00"]);
    let others = list(&stage, "bob", &query).await.json();
    assert!(keys(&others).len() <= 1, "{others}");
    assert_eq!(list(&stage, "carol", "").await.json(), json!({ "purchases": [] }));
}

#[tokio::test]
async fn an_entry_tells_the_order_and_how_it_ended() {
    let bought = stage(CREATED).await;
    assert_eq!(buy(&bought, "alice", "key-of-a-test", GOOD).await.status, 200);
    let page = list(&bought, "alice", "").await.json();
    let entry = &page["purchases"][0];
    assert_eq!(
        (&entry["state"], &entry["instanceId"]),
        (&json!("created"), &json!("ha-cn-abc123"))
    );
    let order: Value = serde_json::from_str(GOOD).unwrap();
    assert_eq!(entry["request"], order, "without the tag of the purchase");
    assert!(entry["createdAt"].as_i64() > Some(0));
    let lost = stage(Part::Close).await;
    assert_eq!(buy(&lost, "alice", "key-of-a-test", GOOD).await.status, 502);
    let page = list(&lost, "alice", "").await.json();
    assert_eq!(page["purchases"][0]["state"], "pending");
}

#[tokio::test]
async fn a_list_is_asked_for_nothing_else() {
    let stage = stage(CREATED).await;
    for query in [
        "?nextToken=",
        "?nextToken=1",
        "?nextToken=x.key-of-a-test",
        "?nextToken=1.key%20of%20a%20test",
        "?nextToken=1.key-of-a-test&nextToken=1.key-of-a-test",
        "?nextToken=99999999999999999999.key-of-a-test",
        "?principal=bob",
        "?%ff",
    ] {
        assert_refused(&list(&stage, "alice", query).await, 400, "QueryUnknown");
    }
    let nobody = "GET /purchases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_refused(&stage.raw(nobody).await, 401, "Unauthorized");
}
