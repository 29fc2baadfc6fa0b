//! Update, delete, tag, and the operations that list regions and specifications.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::Arc;

use havenask_core::operation::INSTANCES;
use serde_json::{Value, json};
use support::{Cloud, FULL, TestResponse, delete, list, operation, request, tag, update};

fn assert_parameter(answer: &TestResponse, message: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (400, "InvalidParameter"));
    let said = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(said.contains(message), "{said} must contain {message}");
}

fn assert_gone(answer: &TestResponse) {
    let code = (answer.status, answer.code());
    assert_eq!(code, (404, "instance.NotFound".to_owned()), "{}", answer.text());
}

fn ids(list: &Value) -> Vec<&str> {
    list["result"].as_array().unwrap().iter().map(|it| it["instanceId"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_description_is_written_and_found() {
    let cloud = Cloud::start().await;
    let (one, two) = (cloud.buy(&request(FULL)).await, cloud.buy(&request(FULL)).await);
    cloud.pass(100);
    let answer = cloud.ask(update(&one), &json!({"description": "商品搜索 #1"})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let summary = answer.json()["result"].clone();
    assert_eq!(summary["description"], "商品搜索 #1");
    assert_eq!(summary["updateTime"], "2026-03-01T08:01:40Z");
    for absent in ["tags", "network", "spec", "edition"] {
        assert_eq!(summary[absent], Value::Null, "the documents show a summary without {absent}");
    }
    let instance = cloud.get(&one).await.json()["result"].clone();
    assert_eq!(
        (&instance["description"], &instance["status"]),
        (&json!("商品搜索 #1"), &json!("READY"))
    );

    for (part, expected) in [("搜索", vec![&one]), ("#1", vec![&one]), ("2", vec![])] {
        let found = cloud.call(list(&[("description", part)])).await.json();
        assert_eq!(ids(&found), expected, "{part}");
    }
    cloud.ask(update(&one), &json!({"description": ""})).await;
    assert_eq!(cloud.get(&one).await.json()["result"]["description"], "");
    assert_eq!(cloud.get(&two).await.json()["result"].get("description"), None);
}

#[tokio::test]
async fn a_changed_specification_is_built_first() {
    let cloud = Cloud::start().await;
    let id = cloud.buy(&request(FULL)).await;
    cloud.pass(1000);
    for order_type in ["UPGRADE", "UPGRAGE", "DOWNGRADE"] {
        let size = if order_type == "DOWNGRADE" { 100 } else { 400 };
        let component = json!({"code": "searcherdocsize", "value": size.to_string()});
        let body = json!({"components": [component], "orderType": order_type});
        let answer = cloud.ask(update(&id), &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()["result"]["status"], "CONFIG_UPDATING");
        cloud.pass(30);
        let instance = cloud.get(&id).await.json()["result"].clone();
        assert_eq!(instance["status"], "READY");
        assert_eq!(instance["spec"]["searchResource"]["disk"], size);
    }
}

#[tokio::test]
async fn an_invalid_update_changes_nothing() {
    let cloud = Cloud::start().await;
    let id = cloud.buy(&request(FULL)).await;
    let before = cloud.get(&id).await.json()["result"].clone();
    let component = json!([{"code": "searcherdocsize", "value": "400"}]);
    for (body, message) in [
        (json!({"description": "x", "components": component}), "/description"),
        (json!({"description": "x", "orderType": "UPGRADE"}), "/description"),
        (json!({"components": component, "orderType": "SIDEGRADE"}), "/orderType"),
        (json!({"components": [{"code": ""}]}), "/components/0/code"),
        (json!({"components": [{"value": "1"}]}), ""),
        (json!({"description": 1}), ""),
        (json!([]), ""),
    ] {
        assert_parameter(&cloud.ask(update(&id), &body).await, message);
    }
    assert_parameter(&cloud.call(update(&id)).await, "JSON");
    assert_eq!(cloud.get(&id).await.json()["result"], before);
    assert_gone(&cloud.ask(update("ha-cn-nothing"), &json!({"description": "x"})).await);
}

#[tokio::test]
async fn a_deleted_instance_is_gone() {
    let cloud = Cloud::start().await;
    let (one, two) = (cloud.buy(&request(FULL)).await, cloud.buy(&request(FULL)).await);
    let answer = cloud.call(delete(&one)).await;
    assert_eq!((answer.status, &answer.json()["result"]), (200, &json!({})));
    assert_gone(&cloud.get(&one).await);
    assert_gone(&cloud.call(delete(&one)).await);
    assert_gone(&cloud.ask(update(&one), &json!({"description": "x"})).await);
    let left = cloud.call(list(&[])).await.json();
    assert_eq!((ids(&left), &left["totalCount"]), (vec![two.as_str()], &json!(1)));
}

#[tokio::test]
async fn tags_are_put_on_instances() {
    let cloud = Cloud::start().await;
    let (one, two) = (cloud.buy(&request(FULL)).await, cloud.buy(&request(FULL)).await);
    let labels = |ids: &[&str], tags: Value| json!({"resourceType": "instance", "resourceId": ids, "tag": tags});
    let body = labels(
        &[&one, &two],
        json!([{"key": "team", "value": "ads"}, {"key": "new", "value": ""}]),
    );
    let answer = cloud.ask(tag(), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let fields: Vec<_> = answer.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["requestId"], "the document shows nothing else");
    let expected = json!([
        {"key": "team", "value": "ads"}, {"key": "env", "value": "prod"}, {"key": "new", "value": ""},
    ]);
    for id in [&one, &two] {
        assert_eq!(cloud.get(id).await.json()["result"]["tags"], expected);
    }
    let found = cloud.call(list(&[("tags", r#"[{"key":"team","value":"ads"}]"#)])).await.json();
    assert_eq!(ids(&found), [&two, &one]);

    // All of them or none.
    let body = labels(&[&one, "ha-cn-nothing"], json!([{"key": "half", "value": "done"}]));
    assert_gone(&cloud.ask(tag(), &body).await);
    assert_eq!(cloud.get(&one).await.json()["result"]["tags"], expected);
}

#[tokio::test]
async fn tags_have_limits() {
    let cloud = Cloud::start().await;
    let id = cloud.buy(&request(FULL)).await;
    let tags = |count| -> Vec<_> {
        (0..count).map(|n| json!({"key": format!("k{n}"), "value": "v"})).collect()
    };
    let body = |ids: Vec<&str>, tags: Vec<Value>| json!({"resourceType": "instance", "resourceId": ids, "tag": tags});
    assert_eq!(cloud.ask(tag(), &body(vec![&id; 50], tags(20))).await.status, 200);
    for (wrong, message) in [
        (body(vec![&id; 51], tags(1)), "/resourceId"),
        (body(vec![&id], tags(21)), "/tag"),
        (body(vec![&id], vec![json!({"key": ""})]), "/tag/0/key"),
        (json!({"resourceType": "table", "resourceId": [id], "tag": tags(1)}), "/resourceType"),
    ] {
        assert_parameter(&cloud.ask(tag(), &wrong).await, message);
    }
    for (wrong, missing) in [
        (json!({"resourceId": [id], "tag": tags(1)}), "resourceType"),
        (json!({"resourceType": "instance", "tag": tags(1)}), "resourceId"),
        (body(vec![&id], vec![]), "tag"),
    ] {
        let answer = cloud.ask(tag(), &wrong).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "MissingParameter"));
        let message = format!("{missing} is mandatory for this action.");
        assert_eq!(answer.json()["Message"], message);
    }
}

#[tokio::test]
async fn regions_are_named_in_the_language_that_is_asked_for() {
    let cloud = Cloud::start().await;
    for (language, name) in [
        (None, "华东1（杭州）"),
        (Some("zh-cn"), "华东1（杭州）"),
        (Some("en-us"), "China (Hangzhou)"),
    ] {
        let query: Vec<_> = language.map(|it| ("acceptLanguage", it)).into_iter().collect();
        let answer =
            cloud.call(operation("DescribeRegions", "GET", "/openapi/ha3/regions", &query)).await;
        let regions = answer.json()["result"].as_array().unwrap().clone();
        let hangzhou = regions.iter().find(|it| it["regionId"] == "cn-hangzhou").unwrap();
        assert_eq!(hangzhou["localName"], name, "{language:?}");
        assert_eq!(hangzhou["endpoint"], "searchengine.cn-hangzhou.aliyuncs.com");
    }
}

#[tokio::test]
async fn specifications_are_listed_by_type() {
    let cloud = Cloud::start().await;
    let id = cloud.buy(&request(FULL)).await;
    let specs = |id: &str, query: &[(&str, &str)]| {
        operation("ListInstanceSpecs", "GET", &format!("{INSTANCES}/{id}/specs"), query)
    };
    for kind in ["qrs", "search", "index", "cluster"] {
        let answer = cloud.call(specs(&id, &[("type", kind)])).await;
        let first = answer.json()["result"][0].clone();
        for field in ["cpu", "mem", "minDisk", "maxDisk"] {
            assert!(first[field].is_u64(), "{kind} {first}");
        }
    }
    assert_parameter(&cloud.call(specs(&id, &[("type", "table")])).await, "type");
    assert_gone(&cloud.call(specs("ha-cn-nothing", &[("type", "qrs")])).await);
    let answer = cloud.call(specs(&id, &[])).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "MissingParameter"));
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_changes_lose_nothing() {
    let path = support::store_path("changes");
    let cloud = Arc::new(Cloud::in_file(&path).await.unwrap());
    let id = Arc::new(cloud.buy(&request(FULL)).await);
    let crowd: Vec<_> = (0..100)
        .map(|number| {
            let (cloud, id) = (Arc::clone(&cloud), Arc::clone(&id));
            let tags = json!([{"key": format!("k{number}"), "value": "v"}]);
            let body = json!({"resourceType": "instance", "resourceId": [*id], "tag": tags});
            tokio::spawn(async move { cloud.ask(tag(), &body).await.status })
        })
        .collect();
    for change in crowd {
        assert_eq!(change.await.unwrap(), 200);
    }
    let tags = cloud.get(&id).await.json()["result"]["tags"].as_array().unwrap().len();
    assert_eq!(tags, 102, "100 and the two that were bought");
}
