//! The catalogue: served to the form, and checked with every purchase.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Endpoint,
    catalog::{Catalog, SAMPLE},
};
use havenask_proxy::{
    Config,
    config::{Endpoints, RegionEndpoint},
};
use serde_json::json;
use support::{CREATED, Stage};

fn purchase(code: &str, value: &str) -> String {
    json!({
        "chargeType": "PREPAY", "order": { "duration": 1, "pricingCycle": "Month" },
        "components": [{ "code": code, "value": value }],
    })
    .to_string()
}

#[tokio::test]
async fn a_value_that_is_not_offered_is_refused() {
    let own: Catalog = serde_json::from_value(json!({ "components": [{
        "code": "nodes", "label": { "en": "Nodes", "zh": "节点" },
        "values": { "type": "number", "min": 1, "max": 3 },
    }]}))
    .unwrap();
    let sells = |config| Config { catalog: Some(own.clone()), ..config };
    let stage = Stage::with_config(CREATED, sells).await;
    assert_eq!(stage.get("/catalog.json").await.json(), serde_json::to_value(&own).unwrap());
    let refused = stage.buy(&purchase("nodes", "4")).await;
    assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("InvalidRequest")));
    assert_eq!(refused.json()["problems"][0]["path"], "/components/0/value");
    assert!(stage.requests().await.is_empty());
    assert_eq!(stage.buy(&purchase("nodes", "3")).await.status, 200);
}

#[tokio::test]
async fn before_a_real_cloud_nothing_is_offered_that_is_made_up() {
    let real = RegionEndpoint::new(Endpoint::parse("https://127.0.0.1:1").unwrap());
    let real = Endpoints::single(real);
    let stage = Stage::with_config(CREATED, |config| Config { endpoints: real, ..config }).await;
    assert_eq!(stage.get("/catalog.json").await.json(), json!({ "components": [] }));
    assert_eq!(stage.get("/config.json").await.json()["test"], false);
}

#[tokio::test]
async fn without_one_there_is_a_sample_which_binds_nobody() {
    let stage = Stage::with(CREATED).await;
    let sample: serde_json::Value = serde_json::from_str(SAMPLE).unwrap();
    assert_eq!(stage.get("/catalog.json").await.json(), sample);
    assert_eq!(stage.buy(&purchase("sample-query-nodes", "99")).await.status, 200);
}
