//! The requests of the official SDKs, byte for byte as they were captured, are let in.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::Arc;

use havenask_core::{Credentials, Timestamp};
use serde::Deserialize;
use support::{Cloud, TestResponse, exchange, wire};

#[derive(Deserialize)]
struct Vector {
    name: String,
    access_key_id: String,
    access_key_secret: String,
    method: String,
    path: String,
    query: Query,
    headers: Vec<(String, String)>,
    body: String,
    action: Option<String>,
}

#[derive(Deserialize)]
struct Query {
    raw: String,
}

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

/// Vectors of a file.
fn vectors(file: &str) -> Vec<Vector> {
    let path = format!("{}/../../tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let file: File = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file.vectors
}

/// Sends a vector to an emulator of its day and its credentials.
async fn send(vector: &Vector) -> TestResponse {
    let date = vector.headers.iter().find_map(|(name, value)| {
        let dated = name == "x-acs-date" || name.eq_ignore_ascii_case("date");
        dated.then(|| Timestamp::parse(value)).flatten()
    });
    let now = date.map_or(0, Timestamp::unix);
    let cloud = Cloud::start_with(|config| {
        config.credentials = Credentials::new(&vector.access_key_id, &vector.access_key_secret);
        config.clock = Arc::new(move || now);
    })
    .await
    .unwrap();
    let target = match vector.query.raw.as_str() {
        "" => vector.path.clone(),
        query => format!("{}?{query}", vector.path),
    };
    let bytes = wire(&vector.method, &target, &vector.headers, vector.body.as_bytes());
    exchange(cloud.address(), &bytes).await
}

#[tokio::test]
async fn vectors_of_the_official_sdks_are_accepted() {
    let mut bought = 0;
    for vector in vectors("official-sdk.json") {
        let name = &vector.name;
        let answer = send(&vector).await;
        let outcome = (answer.status, answer.code());
        let outcome = (outcome.0, outcome.1.as_str());
        match vector.action.as_deref() {
            Some("CreateInstance") => {
                let refused_by_the_service = answer.json()["code"] == "InvalidParameter";
                assert!(answer.status == 200 || refused_by_the_service, "{name}: {outcome:?}");
                bought += u16::from(answer.status == 200);
            }
            Some("ListInstances") => assert_eq!(outcome, (200, ""), "{name}"),
            Some("GetInstance" | "UpdateInstance" | "DeleteInstance") => {
                assert_eq!(outcome, (404, "instance.NotFound"), "{name}");
            }
            // Operations that are not emulated, and other products; those of RPC style share the path of billing.
            _ if vector.path == "/" => {
                assert_eq!(outcome, (404, "InvalidAction.NotFound"), "{name}");
            }
            _ => assert_eq!(outcome, (404, "InvalidApi.NotFound"), "{name}"),
        }
    }
    assert!(bought > 60, "only {bought} of the purchases were let in");
}

#[tokio::test]
async fn vectors_of_prices_and_billing_are_accepted() {
    let vectors = vectors("pricing.json");
    assert!(vectors.len() >= 10);
    for vector in vectors {
        let name = &vector.name;
        let answer = send(&vector).await;
        let outcome = (answer.status, answer.code());
        let expected = match vector.action.as_deref() {
            Some("GetApiPrice" | "QueryProductList" | "DescribePricingModule") => "Success",
            Some("ListSupportedPricingApis") => "",
            Some("QueryAccountBalance") => "200",
            _ => "InternalError",
        };
        assert_eq!(outcome, (200, expected.to_owned()), "{name}: {}", answer.text());
    }
}
