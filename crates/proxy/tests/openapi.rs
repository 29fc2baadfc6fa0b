//! The document of the proxy, against what the proxy does.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::collections::BTreeSet;

use havenask_core::ErrorCode;
use havenask_proxy::{
    Config,
    access::{Authentication, BearerTokens, RequestLimits},
    purchase::PurchasePolicy,
};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;
use support::{CREATED, GOOD, Part, Reply, Stage, request};

const API: &str = "/openapi/ha3/instances";
const ONE: &str = "/openapi/ha3/instances/{id}";
const PURCHASE: &str = "/purchases/{key}";
const JSON: &str = "Content-Type: application/json\r\n";
const KEY: &str = "Idempotency-Key: key-of-a-test\r\n";

/// A change of a configuration.
type Change<'a> = &'a dyn Fn(Config) -> Config;

async fn document(stage: &Stage) -> Value {
    let reply = stage.get("/openapi.json").await;
    assert_eq!(reply.status, 200);
    reply.json()
}

/// Each address, with its methods and what is said of them.
fn operations(document: &Value) -> impl Iterator<Item = (&str, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap();
        methods.iter().map(move |(method, it)| (path.as_str(), method.to_uppercase(), it))
    })
}

fn filled(path: &str) -> String {
    path.replace("{id}", "ha-cn-abc123").replace("{key}", "key-of-a-test")
}

#[tokio::test]
async fn an_address_takes_the_methods_that_are_documented() {
    let stage = Stage::with(CREATED).await;
    let document = document(&stage).await;
    for path in document["paths"].as_object().unwrap().keys() {
        let mut taken: BTreeSet<_> =
            operations(&document).filter(|it| it.0 == path).map(|it| it.1).collect();
        if taken.contains("GET") {
            taken.insert("HEAD".into());
        }
        for method in
            ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
        {
            let reply = request(stage.url(), method, &filled(path), "", "").await;
            assert_eq!(reply.status != 405, taken.contains(method), "{method} {path}");
            if reply.status == 405 {
                let allowed = reply.header("allow").unwrap().split(',').map(str::to_owned);
                assert_eq!(allowed.collect::<BTreeSet<_>>(), taken, "{method} {path}");
                // The answer to HEAD has no body.
                if method != "HEAD" {
                    assert_eq!(reply.json()["code"], "MethodNotAllowed");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_answer_is_documented() {
    let stage = Stage::with(CREATED).await;
    let document = document(&stage).await;
    let both = [JSON, KEY].concat();
    let foreign = format!("{both}Origin: https://evil.example\r\n");
    let tag = GOOD.replace('}', r#","x":1}"#);
    let reserved =
        GOOD.replace("\"chargeType\"", r#""tags":[{"key":"havenask-purchase"}],"chargeType""#);
    let large = "x".repeat(100_000);
    for (path, target, headers, body, status) in [
        (API, API, &both[..], GOOD, 200),
        (API, API, &both, &GOOD.replace(":1,", ":2,"), 422),
        (API, "/openapi/ha3/instances?dryRun=true", &both, GOOD, 200),
        (API, "/openapi/ha3/instances?dryrun=true", &both, GOOD, 400),
        (API, API, JSON, GOOD, 400),
        (API, API, &both, "{", 400),
        (API, API, &both, &tag, 400),
        (API, API, &both, &reserved, 400),
        (API, API, KEY, GOOD, 415),
        (API, API, &both, &large, 413),
        (API, API, &foreign, GOOD, 403),
    ] {
        let reply = request(stage.url(), "POST", target, headers, body).await;
        assert_eq!(reply.status, status, "{target} {headers}: {}", reply.body);
        assert_documented(&document, path, "post", &reply);
    }
    for (path, target, status) in [
        (API, API, 200),
        (API, "/openapi/ha3/instances?pageSize=51", 400),
        (ONE, "/openapi/ha3/instances/ha-cn-abc123", 200),
        (ONE, "/openapi/ha3/instances/%FF", 404),
        (PURCHASE, "/purchases/key-of-a-test", 200),
        (PURCHASE, "/purchases/key-of-nobody", 404),
        (PURCHASE, "/purchases/%FF", 404),
        ("/config.json", "/config.json", 200),
        ("/openapi.json", "/openapi.json", 200),
        ("/healthz", "/healthz", 200),
        ("/readyz", "/readyz", 200),
        ("/metrics", "/metrics", 200),
    ] {
        let reply = stage.get(target).await;
        assert_eq!(reply.status, status, "{target}: {}", reply.body);
        assert_documented(&document, path, "get", &reply);
    }
}

#[tokio::test]
async fn answers_of_the_cloud_and_the_limits_are_documented() {
    let tokens = || Authentication::BearerTokens(BearerTokens::default());
    let request_limits =
        RequestLimits { per_principal: 1, total: 100, concurrent: 0, ..RequestLimits::default() };
    let policy = PurchasePolicy { max_term_months: Some(0), ..PurchasePolicy::default() };
    let none = PurchasePolicy { purchases_per_hour: Some(0), ..PurchasePolicy::default() };
    let rows: [(Part, Change<'_>, [u16; 2]); 8] = [
        (CREATED, &|config| Config { authentication: tokens(), ..config }, [401, 401]),
        (CREATED, &|config| Config { request_limits, ..config }, [429, 429]),
        (CREATED, &|config| Config { policy: policy.clone(), ..config }, [403, 200]),
        (CREATED, &|config| Config { policy: none.clone(), ..config }, [429, 200]),
        (Part::Close, &|config| config, [502, 502]),
        (Part::Silence, &|config| config, [504, 504]),
        (refusal("418 Teapot"), &|config| config, [418, 418]),
        (refusal("503 Unavailable"), &|config| config, [503, 503]),
    ];
    for (part, change, statuses) in rows {
        let stage = Stage::with_config(part, change).await;
        let document = document(&stage).await;
        let replies = [(stage.buy(GOOD).await, API, "post"), (stage.get(API).await, API, "get")];
        for ((reply, path, method), status) in replies.into_iter().zip(statuses) {
            assert_eq!(reply.status, status, "{}", reply.body);
            assert_documented(&document, path, method, &reply);
        }
    }
}

fn refusal(status: &str) -> Part {
    let body = r#"{"requestId":"R-9","code":"Some.Code","message":"no"}"#;
    let length = body.len();
    Part::Answer(format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}").leak())
}

/// The status is among those of the operation, or is one of the cloud's; the type is that of the status; and a failure of
/// the proxy itself is named there.
fn assert_documented(document: &Value, path: &str, method: &str, reply: &Reply) {
    let responses = document["paths"][path][method]["responses"].as_object().unwrap();
    let shown = format!("{method} {path} {}: {}", reply.status, reply.body);
    let family = format!("{}XX", reply.status / 100);
    let response = responses.get(&reply.status.to_string()).or_else(|| responses.get(&family));
    assert!(response.is_some(), "{shown}");
    let kind = reply.header("content-type").unwrap().split(';').next().unwrap();
    let said = response.and_then(|it| it["content"].get(kind));
    assert!(said.is_some(), "{kind} of {shown}");
    if reply.status != 200 {
        let code = reply.json()["code"].as_str().unwrap().to_owned();
        let named = said.is_some_and(|it| it["examples"].get(&code).is_some());
        assert!(named || (code == "Some.Code" && responses.contains_key(&family)), "{shown}");
    }
}

#[tokio::test]
async fn a_token_is_documented_where_one_is_asked_for() {
    let identities =
        [Authentication::Anonymous, Authentication::BearerTokens(BearerTokens::default())];
    for (authentication, some) in identities.into_iter().zip([false, true]) {
        let stage = Stage::with_config(CREATED, |config| Config { authentication, ..config }).await;
        let document = document(&stage).await;
        let mut secured = 0;
        for (path, method, operation) in operations(&document) {
            let reply = request(stage.url(), &method, &filled(path), "", "").await;
            let needed = operation["security"].as_array().is_some_and(|it| !it.is_empty());
            assert_eq!(reply.status == 401, needed, "{method} {path}");
            secured += usize::from(needed);
        }
        assert_eq!(secured > 0, some);
    }
}

#[tokio::test]
async fn every_failure_of_the_proxy_is_documented() {
    let stage = Stage::with_config(CREATED, |config| Config { relay: true, ..config }).await;
    let document = document(&stage).await;
    let responses = operations(&document).filter_map(|(_, _, it)| it["responses"].as_object());
    let examples = responses.flat_map(|it| it.values()).filter_map(|response| {
        response["content"].as_object()?.values().find_map(|it| it["examples"].as_object())
    });
    let documented: BTreeSet<_> = examples.flat_map(|it| it.keys().cloned()).collect();
    let faults = ErrorCode::json_schema(&mut SchemaGenerator::default());
    let all = faults.as_value()["oneOf"].as_array().unwrap();
    let all: BTreeSet<_> = all.iter().map(|it| it["const"].as_str().unwrap().to_owned()).collect();
    // No operation has that method, a quote tells of the price, and the rest happens where no proxy answers.
    let elsewhere = [
        "Aborted",
        "InvalidArgument",
        "MethodNotAllowed",
        "NetworkError",
        "PriceUnreadable",
        "ProxyUnreachable",
        "UnexpectedResponse",
    ];
    let missing: Vec<_> = all.difference(&documented).map(String::as_str).collect();
    assert_eq!(missing, elsewhere);
}
