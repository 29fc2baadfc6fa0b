//! Consent to terms: `Havenask-Terms`, recorded with the purchase, and required with `--terms-url`.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::purchase::TermsUrl;
use havenask_proxy::{Config, start};
use serde_json::{Value, json};
use support::{
    CREATED, GOOD, Part, Reply, Stage, assert_refused, cloud, config, new_ledger, request,
    shop::ledger_command,
};

const TERMS: &str = "https://shop.example/terms?version=3";
const OTHERS: &str = "https://shop.example/terms?version=4";

/// Buys with these terms.
async fn buy(url: String, key: &str, terms: &[&str]) -> Reply {
    let terms: String = terms.iter().flat_map(|it| ["Havenask-Terms: ", it, "\r\n"]).collect();
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{terms}");
    request(url, "POST", "/openapi/ha3/instances", &headers, GOOD).await
}

fn url(terms: &str) -> TermsUrl {
    TermsUrl::parse(terms).unwrap()
}

/// The terms of a purchase, as its buyer is told.
async fn recorded(stage: &Stage, key: &str) -> Value {
    stage.get(&format!("/purchases/{key}")).await.json()["terms"].clone()
}

#[tokio::test]
async fn the_address_is_recorded_with_the_purchase() {
    let ledger = new_ledger().await;
    let audit = std::env::temp_dir().join(format!("havenask-terms-{}", std::process::id()));
    let change =
        |config| Config { ledger: ledger.clone().into(), audit: Some(audit.clone()), ..config };
    let stage = Stage::with_config(CREATED, change).await;
    assert_eq!(buy(stage.url(), "key-of-a-test", &[TERMS]).await.status, 200);
    assert_eq!(buy(stage.url(), "key-without", &[]).await.status, 200);
    assert_eq!(recorded(&stage, "key-of-a-test").await, TERMS);
    assert_eq!(recorded(&stage, "key-without").await, Value::Null);
    let list = stage.get("/purchases").await.json();
    assert_eq!(list["purchases"][1]["terms"], TERMS);
    // The key stands for the order: the same with other terms gets its answer, and the terms of the purchase stay.
    let again = buy(stage.url(), "key-of-a-test", &[OTHERS]).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    assert_eq!(recorded(&stage, "key-of-a-test").await, TERMS);
    assert!(stage.requests().await.iter().all(|sent| !sent.to_lowercase().contains("terms")));
    stage.stop().await;

    let shown: Value =
        serde_json::from_str(&ledger_command(&ledger, &["show", "key-of-a-test"]).unwrap())
            .unwrap();
    assert_eq!(shown["terms"], TERMS);
    let exported = ledger_command(&ledger, &["export"]).unwrap();
    let file = audit.with_extension("export");
    std::fs::write(&file, &exported).unwrap();
    let copy = new_ledger().await;
    ledger_command(&copy, &["import", file.to_str().unwrap()]).unwrap();
    assert_eq!(ledger_command(&copy, &["export"]).unwrap(), exported);
    let lines = std::fs::read_to_string(&audit).unwrap();
    let accepted: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&accepted["event"], &accepted["terms"]), (&json!("accepted"), &json!(TERMS)));
    for file in [audit, file] {
        std::fs::remove_file(file).unwrap();
    }
}

#[tokio::test]
async fn a_malformed_address_is_refused() {
    let stage = Stage::with(CREATED).await;
    let longest = format!("https://shop.example/{}", "t".repeat(2048));
    for terms in [
        &["http://shop.example/terms"][..],
        &["/terms"],
        &["javascript:alert(1)"],
        &["https://"],
        &["https://shop.example/the terms"],
        &["https://shop.example/\tterms"],
        &["https://shop.example/条款"],
        &[&longest],
        &[TERMS, TERMS],
        &[""],
    ] {
        let reply = buy(stage.url(), "key-of-a-test", terms).await;
        assert_refused(&reply, 400, "TermsMalformed");
    }
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn a_purchase_needs_the_very_terms_of_the_operator() {
    let change = |config| Config { terms_url: Some(url(TERMS)), ..config };
    let stage = Stage::with_config(CREATED, change).await;
    assert_eq!(stage.get("/config.json").await.json()["termsUrl"], TERMS);
    for terms in [&[][..], &[OTHERS]] {
        let reply = buy(stage.url(), "key-of-a-test", terms).await;
        let failure = assert_refused(&reply, 409, "TermsNotAccepted");
        assert_eq!(failure["retry"], "same-key");
        assert!(failure["message"].as_str().unwrap().ends_with(TERMS), "{failure}");
    }
    let is_purchase = |sent: &String| sent.starts_with("POST /openapi/ha3/instances");
    assert!(!stage.requests().await.iter().any(is_purchase));
    // A dry run buys nothing, and a quote does not either.
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";
    assert_eq!(stage.post("?dryRun=true", headers, GOOD).await.status, 200);
    assert_eq!(buy(stage.url(), "key-of-a-test", &[TERMS]).await.status, 200);
    assert_eq!(recorded(&stage, "key-of-a-test").await, TERMS);
}

#[tokio::test]
async fn a_key_that_has_bought_gets_its_answer_when_the_terms_change() {
    let (upstream, _requests) = cloud(CREATED).await;
    let ledger = new_ledger().await;
    let own = async |terms| {
        let ledger = ledger.clone().into();
        let config = Config { ledger, terms_url: Some(url(terms)), ..config(&upstream).await };
        start(config).await.unwrap()
    };
    let proxy = own(TERMS).await;
    assert_eq!(buy(proxy.url(), "key-of-a-test", &[TERMS]).await.status, 200);
    proxy.stop().await;
    let proxy = own(OTHERS).await;
    let again = buy(proxy.url(), "key-of-a-test", &[TERMS]).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    assert_refused(&buy(proxy.url(), "another-key", &[TERMS]).await, 409, "TermsNotAccepted");
    proxy.stop().await;
}

/// The cloud is too busy.
const BUSY: Part = Part::Answer(
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 39\r\n\r\n{\"code\":\"Throttling\",\"message\":\"later\"}\n",
);

#[tokio::test]
async fn a_purchase_that_may_have_bought_keeps_its_terms_and_one_that_was_not_sent_does_not() {
    let soon = |config: Config| {
        let limits = config.limits;
        let resend_delay = std::time::Duration::ZERO;
        Config { limits: havenask_proxy::config::Limits { resend_delay, ..limits }, ..config }
    };
    let stage = Stage::with_config(BUSY, soon).await;
    buy(stage.url(), "key-of-a-test", &[TERMS]).await;
    buy(stage.url(), "key-of-a-test", &[OTHERS]).await;
    assert_eq!(recorded(&stage, "key-of-a-test").await, TERMS);
    let stage = Stage::with_nobody_behind().await;
    let reply = buy(stage.url(), "key-of-a-test", &[TERMS]).await;
    assert_refused(&reply, 502, "UpstreamUnreachable");
    for terms in [TERMS, OTHERS] {
        assert_eq!(recorded(&stage, "key-of-a-test").await, terms);
        buy(stage.url(), "key-of-a-test", &[OTHERS]).await;
    }
}
