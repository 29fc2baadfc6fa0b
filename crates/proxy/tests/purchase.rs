//! Purchases through the proxy: what reaches the cloud, what does not, and what the caller learns.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{Credentials, sign::HttpRequest, verify::verify};
use serde_json::json;
use support::{CREATED, GOOD, Part, SECRET, Stage, read_reply};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn requests_to_the_cloud_are_built_and_signed_anew() {
    let stage = Stage::with(CREATED).await;
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\nCookie: c=1\r\n\
                   X-Acs-Action: DeleteInstance\r\nX-Forwarded-For: 1.2.3.4\r\nAuthorization: Bearer x\r\n";
    let reply = stage.post("", headers, GOOD).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.json(), json!({"requestId": "R-1", "result": {"instanceId": "ha-cn-abc123"}}));

    let requests = stage.requests().await;
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let lower = head.to_lowercase();
    for foreign in ["cookie", "deleteinstance", "forwarded", "bearer", "idempotency"] {
        assert!(!lower.contains(foreign), "{head}");
    }
    // In the order of the model, not in that of the client.
    assert!(body.starts_with(r#"{"chargeType":"PREPAY","components":"#), "{body}");
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("POST /openapi/ha3/instances HTTP/1.1"));
    let received = HttpRequest {
        method: "POST".into(),
        path: "/openapi/ha3/instances".into(),
        query: Vec::new(),
        headers: lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(n, v)| (n.into(), v.into()))
            .collect(),
        body: body.into(),
    };
    assert!(verify(&received, &Credentials::new("testid", SECRET)).valid);
}

#[tokio::test]
async fn bad_input_is_answered_and_does_not_reach_the_cloud() {
    let stage = Stage::with(CREATED).await;
    let json_type = "Content-Type: application/json\r\n";
    let key = "Idempotency-Key: key-of-a-test\r\n";
    let both = [json_type, key].concat();
    let components: Vec<_> =
        (0..1000).map(|n| json!({"code": n.to_string(), "value": "1"})).collect();
    let thousand = json!({"chargeType": "PREPAY", "order": {"duration": 1, "pricingCycle": "Month"}, "components": components});
    let large = "x".repeat(10_000_000);
    for (query, headers, body, status, code) in [
        ("", json_type, GOOD, 400, "IdempotencyKeyMissing"),
        ("", &format!("{json_type}Idempotency-Key: a b\r\n"), GOOD, 400, "IdempotencyKeyMalformed"),
        (
            "",
            &format!("{both}Idempotency-Key: another-key\r\n"),
            GOOD,
            400,
            "IdempotencyKeyMalformed",
        ),
        ("", key, GOOD, 415, "ContentTypeNotJson"),
        ("", &format!("{key}Content-Type: text/plain\r\n"), GOOD, 415, "ContentTypeNotJson"),
        ("", &format!("{both}Content-Type: application/json\r\n"), GOOD, 415, "ContentTypeNotJson"),
        ("", &format!("{both}Content-Encoding: gzip\r\n"), GOOD, 415, "ContentTypeNotJson"),
        ("?dryrun=true", &both, GOOD, 400, "QueryUnknown"),
        ("?dryRun=yes", &both, GOOD, 400, "QueryUnknown"),
        ("?dryRun=true&x=1", &both, GOOD, 400, "QueryUnknown"),
        ("", &both, "", 400, "BodyNotJson"),
        ("", &both, &GOOD[..40], 400, "BodyNotJson"),
        ("", &both, &"[".repeat(10_000), 400, "BodyNotJson"),
        ("", &both, "[]", 400, "InvalidRequest"),
        ("", &both, "null", 400, "InvalidRequest"),
        ("", &both, r#"{"chargeType":"PREPAY"}"#, 400, "InvalidRequest"),
        ("", &both, r#"{"chargeType":"POSTPAY"}"#, 400, "InvalidRequest"),
        ("", &both, &thousand.to_string(), 400, "InvalidRequest"),
        ("", &both, &large, 413, "BodyTooLarge"),
    ] {
        let reply = stage.post(query, headers, body).await;
        let shown = &body[..body.len().min(60)];
        assert_eq!(reply.status, status, "{query} {headers} {shown}: {}", reply.body);
        let failure = reply.json();
        assert_eq!(
            (&failure["code"], &failure["outcome"]),
            (&json!(code), &json!("not-created")),
            "{shown}"
        );
        assert!(!failure["remedy"].as_str().unwrap().is_empty());
    }
    assert_eq!(stage.requests().await.len(), 0);
}

#[tokio::test]
async fn problems_come_with_their_place_in_the_language_of_the_caller() {
    let stage = Stage::with(CREATED).await;
    let headers = "Content-Type: application/json; charset=utf-8\r\nIdempotency-Key: key-of-a-test\r\nAccept-Language: zh-CN\r\n";
    let failure = stage.post("", headers, &GOOD.replace(":1,", ":29,")).await.json();
    assert_eq!(failure["problems"][0]["path"], "/order/duration");
    assert_eq!(failure["problems"][0]["message"], "购买时长不能为 29，请选择 1 至 10 或 12。");
}

#[tokio::test]
async fn a_refusal_of_the_cloud_is_handed_on_with_a_remedy() {
    let body = r#"{"requestId":"R-9","code":"InvalidPayMethod","message":"no balance"}"#;
    let answer =
        format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let stage = Stage::with(Part::Answer(answer.leak())).await;
    let reply = stage.buy(GOOD).await;
    let failure = reply.json();
    assert_eq!(reply.status, 400);
    assert_eq!(
        (&failure["code"], &failure["requestId"]),
        (&json!("InvalidPayMethod"), &json!("R-9"))
    );
    assert_eq!(failure["outcome"], "not-created");
    assert!(failure["remedy"].as_str().unwrap().contains("balance"));
}

#[tokio::test]
async fn a_token_that_the_cloud_quotes_goes_no_further() {
    // JSON may write letters in another way, and an address or HTML in it.
    for quoted in [
        "sentinel/token==",
        r"sentinel\/token==",
        r"sentinel/token\u003d\u003d",
        r"\u0073entinel\u002Ftoken",
        r"sentinel\\/token==",
        "sentinel%2Ftoken%3D%3D",
        "sentinel&#47;token",
    ] {
        let body = format!(
            r#"{{"RequestId":"R-9","Code":"SignatureDoesNotMatch","Message":"server CanonicalRequest is [x-acs-security-token:{quoted}]"}}"#
        );
        let length = body.len();
        let answer = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {length}\r\n\r\n{body}");
        let keys = Credentials::new("testid", SECRET).with_security_token("sentinel/token==");
        let keys = havenask_proxy::credentials::CredentialSource::Fixed(keys);
        let with_token = |config| havenask_proxy::Config { credentials: keys, ..config };
        let stage = Stage::with_config(Part::Answer(answer.leak()), with_token).await;
        for reply in [stage.buy(GOOD).await, stage.get("/openapi/ha3/instances").await] {
            assert!(reply.body.contains("x-acs-security-token:***"), "{}", reply.body);
            assert!(
                !reply.body.contains("token=") && !reply.body.contains("ntinel"),
                "{}",
                reply.body
            );
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_no_text_is_none() {
    let cloud = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", cloud.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = cloud.accept().await {
            let _ = stream.read(&mut [0; 16384]).await;
            let body =
                b"{\"requestId\":\"R-1\xff\",\"result\":{\"instanceId\":\"ha-cn-sentinel-token\"}}";
            let head = format!(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
        }
    });
    let keys = Credentials::new("testid", SECRET).with_security_token("sentinel-token");
    let mut config = support::config(&url).await;
    config.credentials = havenask_proxy::credentials::CredentialSource::Fixed(keys);
    let proxy = havenask_proxy::start(config).await.unwrap();
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";
    for (method, headers, outcome) in [("POST", headers, "unknown"), ("GET", "", "not-created")] {
        let reply =
            support::request(proxy.url(), method, "/openapi/ha3/instances", headers, GOOD).await;
        assert_eq!(
            (reply.status, &reply.json()["code"]),
            (502, &"UpstreamResponseUnreadable".into())
        );
        assert_eq!(reply.json()["outcome"], outcome);
        assert!(!reply.body.contains("sentinel-token"), "{}", reply.body);
    }
}

#[tokio::test]
async fn an_uncertain_purchase_is_never_called_failed_and_never_resent() {
    for (part, status, code) in [
        (Part::Close, 502, "UpstreamResponseUnreadable"),
        (Part::Silence, 504, "UpstreamTimeout"),
        (
            Part::Answer("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"requestId\""),
            502,
            "UpstreamResponseUnreadable",
        ),
        (
            Part::Answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
            502,
            "UpstreamResponseUnreadable",
        ),
        (
            Part::Answer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>"),
            502,
            "UpstreamResponseUnreadable",
        ),
        (
            Part::Answer(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            ),
            502,
            "UpstreamResponseUnreadable",
        ),
        (Part::Answer("no HTTP at all\r\n\r\n"), 502, "UpstreamResponseUnreadable"),
    ] {
        let stage = Stage::with(part).await;
        let reply = stage.buy(GOOD).await;
        assert_eq!(reply.status, status, "{}", reply.body);
        assert_eq!(
            (&reply.json()["code"], &reply.json()["outcome"]),
            (&json!(code), &json!("unknown"))
        );
        // The proxy may have begun to look for the instance.
        let requests = stage.requests().await;
        assert_eq!(requests.iter().filter(|it| it.starts_with("POST ")).count(), 1);
    }
}

#[tokio::test]
async fn nothing_was_bought_when_nobody_could_be_reached() {
    let stage = Stage::with_nobody_behind().await;
    let reply = stage.buy(GOOD).await;
    assert_eq!(reply.status, 502);
    assert_eq!(
        (&reply.json()["code"], &reply.json()["outcome"]),
        (&json!("UpstreamUnreachable"), &json!("not-created"))
    );
}

#[tokio::test]
async fn a_dry_run_shows_the_request_and_sends_nothing() {
    let stage = Stage::with(CREATED).await;
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";
    for query in ["?dryRun=true", "?dryRun=True"] {
        let shown = stage.post(query, headers, GOOD).await.json();
        assert_eq!((&shown["dryRun"], &shown["sent"]), (&json!(true), &json!(false)));
        assert!(shown["url"].as_str().unwrap().ends_with("/openapi/ha3/instances"));
        assert!(
            shown["canonicalRequest"]
                .as_str()
                .unwrap()
                .starts_with("POST\n/openapi/ha3/instances\n")
        );
        assert!(!shown.to_string().contains("Signature="));
    }
    assert_eq!(stage.requests().await.len(), 0);
    assert_eq!(stage.post("?dryRun=false", headers, GOOD).await.status, 200);
    assert_eq!(stage.requests().await.len(), 1);
}

#[tokio::test]
async fn instances_are_asked_for_with_a_request_of_our_own() {
    let stage = Stage::with(CREATED).await;
    assert_eq!(stage.get("/openapi/ha3/instances/ha-cn-1").await.status, 200);
    assert_eq!(stage.get("/openapi/ha3/instances/..%2f..%2fx").await.status, 404);
    assert_eq!(
        stage.get("/openapi/ha3/instances?pageSize=50&description=%E9%97%AE+x").await.status,
        200
    );
    for target in [
        "?pageSize=51",
        "?pageNumber=0",
        "?pageNumber=1&pageNumber=2",
        "?other=1",
        "?tags=x",
        "?description=%ff",
    ] {
        let reply = stage.get(&format!("/openapi/ha3/instances{target}")).await;
        assert_eq!(
            (reply.status, &reply.json()["code"]),
            (400, &json!("QueryUnknown")),
            "{target}"
        );
    }
    let targets: Vec<_> =
        stage.requests().await.iter().map(|it| it.lines().next().unwrap().to_owned()).collect();
    assert_eq!(
        targets,
        [
            "GET /openapi/ha3/instances/ha-cn-1 HTTP/1.1",
            "GET /openapi/ha3/instances?pageSize=50&description=%E9%97%AE%20x HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn a_question_is_answered_although_the_connection_closed_after_the_last_one() {
    // It answers once on each connection.
    let stage = Stage::with(CREATED).await;
    for _ in 0..20 {
        assert_eq!(stage.get("/openapi/ha3/instances/ha-cn-1").await.status, 200);
    }
    assert_eq!(stage.requests().await.len(), 20);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_json() {
    let stage = Stage::with(CREATED).await;
    assert_eq!(stage.get("/nowhere").await.json()["code"], "NotFound");
    let reply = stage.raw("DELETE /openapi/ha3/instances/ha-cn-1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
    assert_eq!((reply.status, &reply.json()["code"]), (405, &json!("MethodNotAllowed")));
    assert_eq!(stage.requests().await.len(), 0);
}

#[tokio::test]
async fn no_answer_holds_the_secret() {
    let stage = Stage::with(CREATED).await;
    let bought = stage.buy(GOOD).await;
    for reply in [
        bought,
        stage.get("/metrics").await,
        stage.get("/config.json").await,
        stage.get("/x").await,
    ] {
        assert!(!reply.body.contains(SECRET) && !reply.head.contains(SECRET));
    }
    assert!(
        stage
            .get("/metrics")
            .await
            .body
            .contains("purchases_total{outcome=\"created\",region=\"\"} 1")
    );
}

#[tokio::test]
async fn requests_in_flight_are_answered_before_the_proxy_ends() {
    let purchase = format!(
        "POST /openapi/ha3/instances HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\nContent-Type: application/json\r\n\
         Idempotency-Key: key-of-a-test\r\n\r\n{GOOD}",
        GOOD.len()
    );
    let question = "GET /openapi/ha3/instances HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for request in [&purchase, question] {
        let stage = Stage::with(Part::Silence).await;
        let stream = stage.begin(request).await;
        stage.reached().await;
        let (reply, ()) = tokio::join!(read_reply(stream), stage.stop());
        assert_eq!(reply.status, 504, "{request}");
    }
}
