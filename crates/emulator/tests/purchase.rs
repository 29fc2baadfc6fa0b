//! CreateInstance, GetInstance, ListInstances.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Algorithm,
    model::{CreateInstanceRequest, ListInstancesRequest, Tag},
    operation::{INSTANCES, Operation, create_instance},
};
use serde_json::{Value, json};
use support::{Cloud, FULL, list, operation, request};

/// A `CreateInstance` with any body and query.
fn create(body: &str, query: &[(&str, &str)]) -> Operation {
    let operation = operation("CreateInstance", "POST", INSTANCES, query);
    Operation { body: Some(body.into()), ..operation }
}

#[tokio::test]
async fn an_instance_is_bought_and_becomes_ready() {
    let cloud = Cloud::start().await;
    let answer = cloud.call(create_instance(&request(FULL), None)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json;charset=utf-8"));
    let created = answer.json();
    assert_eq!(created["requestId"].as_str(), answer.header("x-acs-request-id"));
    let id = created["result"]["instanceId"].as_str().unwrap();

    cloud.pass(9);
    for (pass, status, since) in [
        (0, "INIT", "2026-03-01T08:00:00Z"),
        (1, "CONFIG_UPDATING", "2026-03-01T08:00:10Z"),
        (19, "CONFIG_UPDATING", "2026-03-01T08:00:10Z"),
        (1, "READY", "2026-03-01T08:00:30Z"),
        (1_000_000, "READY", "2026-03-01T08:00:30Z"),
    ] {
        cloud.pass(pass);
        let mut instance = cloud.get(id).await.json()["result"].clone();
        assert_eq!(
            (instance["status"].as_str(), instance["updateTime"].as_str()),
            (Some(status), Some(since))
        );
        for unlisted in ["bsVersion", "newMode", "zoneCount"] {
            assert!(instance.as_object_mut().unwrap().remove(unlisted).is_some());
        }
        assert_eq!(cloud.list(&ListInstancesRequest::default()).await["result"][0], instance);
    }
    let instance = cloud.get(id).await.json()["result"].clone();
    let network = json!({
        "vpcId": "vpc-emulated", "vSwitchId": "vsw-emulated", "endpoint": format!("{id}.havenask.invalid"),
        "publicEndpoint": format!("{id}.public.havenask.invalid"), "allow": "127.0.0.1",
    });
    let node =
        |disk| json!({"cpu": 4, "mem": 16, "disk": disk, "nodeCount": 1, "category": "cloud"});
    let expected = json!({
        "instanceId": id, "status": "READY", "chargeType": "PREPAY", "commodityCode": "havenask_emulated",
        "createTime": "2026-03-01T08:00:00Z", "updateTime": "2026-03-01T08:00:30Z",
        "expiredTime": "2026-04-01T08:00:00Z", "lockMode": "Unlock", "inDebt": false,
        "resourceGroupId": "rg-1", "edition": "engine", "network": network,
        "spec": {"qrsResource": node(50), "searchResource": node(200)},
        "version": "emulated", "bsVersion": "emulated", "userName": "emulated",
        "newMode": true, "noQrs": false, "zoneCount": 1,
        "tags": [{"key": "team", "value": "搜索"}, {"key": "env", "value": "prod"}],
    });
    assert_eq!(instance, expected);
}

#[tokio::test]
async fn every_algorithm_buys() {
    let cloud = Cloud::start().await;
    for algorithm in [Algorithm::Acs3HmacSha256, Algorithm::Acs3HmacSm3, Algorithm::RoaHmacSha1] {
        let operation = create_instance(&request(FULL), None);
        assert_eq!(cloud.send(&cloud.sign_as(operation, algorithm, 0)).await.status, 200);
    }
    assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 3);
}

#[tokio::test]
async fn errors_of_the_service_are_in_lower_case() {
    let with = |change: fn(&mut CreateInstanceRequest)| {
        let mut request = request(FULL);
        change(&mut request);
        request.to_json()
    };
    let postpay = FULL.replace("PREPAY", "POSTPAY");
    let cases = [
        (String::new(), 400, "InvalidParameter", "The body is not JSON"),
        ("{".to_owned(), 400, "InvalidParameter", "The body is not JSON"),
        ("[]".to_owned(), 400, "InvalidParameter", "object"),
        (r#"{"chargeType":"PREPAY"}"#.to_owned(), 400, "InvalidParameter", "/order: "),
        (r#"{"chargetype":"PREPAY"}"#.to_owned(), 400, "InvalidParameter", "/chargetype: "),
        (postpay, 400, "InvalidParameter", "/chargeType: "),
        (FULL.replace("200", "\\u0000"), 400, "InvalidParameter", "/components/0/value: "),
        (
            FULL.replace("\"duration\": 1", "\"duration\": 29"),
            400,
            "InvalidParameter",
            "/order/duration: ",
        ),
        (with(|it| it.resource_group_id = Some("rg-no-money".into())), 400, "InvalidPayMethod", ""),
        (
            with(|it| it.resource_group_id = Some("rg-broken".into())),
            500,
            "InternalServerError",
            "internal server error",
        ),
    ];
    let cloud = Cloud::start().await;
    for (body, status, code, message) in cases {
        for query in [&[][..], &[("dryRun", "true")]] {
            let answer = cloud.call(create(&body, query)).await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{body}");
            assert_eq!(answer.header("content-type"), Some("application/json;charset=utf-8"));
            let error = answer.json();
            assert!(error["message"].as_str().unwrap().contains(message), "{error}");
            assert_eq!(error["requestId"].as_str(), answer.header("x-acs-request-id"));
        }
    }
    let answer = cloud.get("ha-cn-nothing").await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "instance.NotFound"));
    let forbidden = FULL.replace("rg-1", "rg-forbidden");
    let answer = cloud.call(create(&forbidden, &[])).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "Forbidden.RAM"));
    let detail = &answer.json()["AccessDeniedDetail"];
    assert_eq!(detail["AuthAction"], "searchengine:CreateInstance");
    assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 0);
}

#[tokio::test]
async fn a_dry_run_creates_nothing() {
    let cloud = Cloud::start().await;
    for (name, value) in [
        ("dryRun", "true"),
        ("dryRun", "True"),
        ("dryRun", "TRUE"),
        ("DryRun", "tRue"),
        ("dryrun", "true"),
    ] {
        let answer = cloud.call(create(FULL, &[(name, value)])).await;
        assert_eq!((answer.status, &answer.json()["result"]), (200, &json!({})));
    }
    for value in ["", "1", "yes"] {
        let answer = cloud.call(create(FULL, &[("dryRun", value)])).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "InvalidParameter"));
    }
    let answer = cloud.call(create(FULL, &[("dryRun", "false"), ("dryRun", "true")])).await;
    assert_eq!((answer.status, &answer.json()["result"]), (200, &json!({})));
    assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 0);
    assert_eq!(cloud.call(create(FULL, &[("dryRun", "False")])).await.status, 200);
    assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 1);
}

#[tokio::test]
async fn a_list_has_pages_with_the_newest_first() {
    let cloud = Cloud::start().await;
    let mut ids = Vec::new();
    for _ in 0..23 {
        ids.push(cloud.buy(&request(FULL)).await);
    }
    ids.reverse();
    let ids_of = |list: &Value| -> Vec<String> {
        let instances = list["result"].as_array().unwrap();
        instances.iter().map(|it| it["instanceId"].as_str().unwrap().to_owned()).collect()
    };
    for (number, size, expected) in [
        (None, None, &ids[..10]),
        (Some(3), None, &ids[20..]),
        (Some(2), Some(5), &ids[5..10]),
        (None, Some(50), &ids[..]),
        (Some(4), Some(10), &[]),
        (Some(u32::MAX), Some(50), &[]),
    ] {
        let asked = ListInstancesRequest {
            page_number: number,
            page_size: size,
            ..ListInstancesRequest::default()
        };
        let list = cloud.list(&asked).await;
        assert_eq!(ids_of(&list), expected);
        assert_eq!(list["totalCount"], 23);
    }
    for (name, value) in [
        ("pageNumber", "0"),
        ("pageNumber", "-1"),
        ("pageNumber", "one"),
        ("pageNumber", "99999999999999999999999"),
        ("pageSize", "0"),
        ("pageSize", "51"),
        ("pageSize", "1.5"),
        ("tags", "team"),
        ("tags", r#"{"key":"team"}"#),
    ] {
        let answer = cloud.call(list(&[(name, value)])).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "InvalidParameter"), "{name}");
        assert!(answer.json()["message"].as_str().unwrap().starts_with(name));
    }
}

#[tokio::test]
async fn a_list_is_filtered() {
    let cloud = Cloud::start().await;
    let one = cloud.buy(&request(FULL)).await;
    let two = cloud
        .buy(&CreateInstanceRequest {
            resource_group_id: None,
            tags: Some(vec![Tag::new("team", "ads"), Tag { key: "bare".into(), value: None }]),
            ..request(FULL)
        })
        .await;
    let (one, two) = (one.as_str(), two.as_str());
    for (query, expected) in [
        (vec![("instanceId", one)], vec![one]),
        (vec![("instanceId", "ha-cn-nothing")], vec![]),
        (vec![("instanceId", ""), ("edition", "")], vec![two, one]),
        (vec![("resourceGroupId", "rg-1")], vec![one]),
        (vec![("edition", "engine")], vec![two, one]),
        (vec![("edition", "vector")], vec![]),
        (vec![("description", "x")], vec![]),
        (vec![("table", "x")], vec![]),
        (vec![("tags", "[]")], vec![two, one]),
        (vec![("tags", r#"[{"key":"team","value":"搜索"}]"#)], vec![one]),
        (vec![("tags", r#"[{"key":"team"}]"#)], vec![two, one]),
        (vec![("tags", r#"[{"key":"bare"}]"#)], vec![two]),
        (vec![("tags", r#"[{"key":"team","value":"搜索"},{"key":"env","value":"test"}]"#)], vec![]),
        (vec![("tags", r#"[{"key":"env","value":"prod"}]"#), ("instanceId", two)], vec![]),
    ] {
        let list = cloud.call(list(&query)).await.json();
        let found = list["result"].as_array().unwrap();
        let found: Vec<_> = found.iter().map(|it| it["instanceId"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{query:?}");
        assert_eq!(list["totalCount"], expected.len(), "{query:?}");
    }
}
