//! Errors of the gateway, their order and their messages.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Algorithm, Credentials, Endpoint, SignedRequest, SigningContext, Timestamp,
    model::ListInstancesRequest,
    operation::{self, API_VERSION, INSTANCES},
    sign::{self, HttpRequest},
};
use serde_json::Value;
use support::{Cloud, FULL, KEY, SECRET, TestResponse, nonce, request};

use Algorithm::{Acs3HmacSha256 as V3, Acs3HmacSm3 as Sm3, RoaHmacSha1 as Roa};

fn header<'a>(request: &'a mut SignedRequest, name: &str) -> &'a mut String {
    let found = request.headers.iter_mut().find(|(known, _)| known == name);
    &mut found.unwrap().1
}

fn remove(request: &mut SignedRequest, name: &str) {
    request.headers.retain(|(known, _)| known != name);
}

fn put(request: &mut SignedRequest, name: &str, value: &str) {
    remove(request, name);
    request.headers.push((name.to_owned(), value.to_owned()));
}

/// A refusal by the gateway is complete.
fn assert_refused(answer: &TestResponse, cloud: &Cloud, status: u16, code: &str, message: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json;charset=utf-8"));
    let body = answer.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    assert!(text("Message").contains(message), "{code}: {}", text("Message"));
    assert_eq!(text("HostId"), cloud.address());
    assert_eq!(answer.header("x-acs-request-id"), Some(text("RequestId")));
    let recommend = format!(
        "https://api.aliyun.com/troubleshoot?q={code}&product=searchengine&requestId={}",
        text("RequestId")
    );
    assert_eq!(text("Recommend"), recommend);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one table")]
async fn the_gateway_rejects_invalid_requests() {
    type Change = fn(&mut SignedRequest);
    let cases: [(Algorithm, Change, u16, &str, &str); 27] = [
        (V3, |r| r.url += "/a/b", 404, "InvalidApi.NotFound", "check your url and method"),
        (V3, |r| r.method = "DELETE".into(), 404, "InvalidApi.NotFound", ""),
        (V3, |r| r.method = "PATCH".into(), 400, "UnsupportedHTTPMethod", "http method"),
        (V3, |r| put(r, "x-acs-action", "ListInstances"), 404, "InvalidAction.NotFound", ""),
        (V3, |r| remove(r, "x-acs-version"), 400, "MissingParameter", "Version is mandatory"),
        (V3, |r| put(r, "x-acs-version", "2014-05-26"), 400, "InvalidVersion", "not valid"),
        (V3, |r| remove(r, "authorization"), 400, "MissingParameter", "Authorization is mandatory"),
        (V3, |r| put(r, "authorization", "Bearer x"), 400, "IncompleteSignature", "Credential="),
        (V3, |r| put(r, "authorization", "acs x"), 400, "IncompleteSignature", "conform"),
        (
            V3,
            |r| put(r, "authorization", "ACS3-RSA-SHA256 Credential=a"),
            400,
            "InvalidSignatureMethod",
            "method is not valid",
        ),
        (
            V3,
            |r| *header(r, "authorization") = r.authorization.replace("testid", "nobody"),
            404,
            "InvalidAccessKeyId.NotFound",
            "Specified access key is not found.",
        ),
        (
            Roa,
            |r| *header(r, "authorization") = r.authorization.replace("testid", "nobody"),
            404,
            "InvalidAccessKeyId.NotFound",
            "Specified access key is not found.",
        ),
        (V3, |r| remove(r, "x-acs-date"), 400, "InvalidTimeStamp.Format", "well formatted"),
        (V3, |r| put(r, "x-acs-date", "yesterday"), 400, "InvalidTimeStamp.Format", ""),
        (
            V3,
            |r| put(r, "x-acs-date", "Sun, 01 Mar 2026 08:00:00 GMT"),
            400,
            "InvalidTimeStamp.Format",
            "",
        ),
        (Roa, |r| remove(r, "date"), 400, "InvalidTimeStamp.Format", ""),
        (Roa, |r| put(r, "date", "2026-03-01T08:00:00Z"), 400, "InvalidTimeStamp.Format", ""),
        (
            V3,
            |r| r.body.push(b' '),
            400,
            "SignatureDoesNotMatch",
            "server CanonicalRequest is [POST\n",
        ),
        (
            V3,
            |r| put(r, "x-acs-signature-nonce", "another"),
            400,
            "SignatureDoesNotMatch",
            "does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n",
        ),
        (V3, |r| r.url += "?dryRun=true", 400, "SignatureDoesNotMatch", "\ndryRun=true\n"),
        (Sm3, |r| r.body.push(b' '), 400, "SignatureDoesNotMatch", "[ACS3-HMAC-SM3\n"),
        (
            Roa,
            |r| put(r, "x-acs-signature-nonce", "another"),
            400,
            "SignatureDoesNotMatch",
            "is not matched with our calculation. server string to sign is:POST\n",
        ),
        (Roa, |r| r.url += "?x=1", 400, "SignatureDoesNotMatch", "/openapi/ha3/instances?x=1"),
        (Roa, |r| r.body.push(b' '), 400, "ContentMD5NotMatched", "md5"),
        (V3, |r| put(r, "x-acs-extra", "1"), 400, "IncompleteSignature", "SignedHeaders"),
        (V3, |r| remove(r, "content-type"), 400, "IncompleteSignature", "not sent"),
        // Of several faults, the first in this order is named.
        (
            V3,
            |r| {
                remove(r, "x-acs-date");
                put(r, "x-acs-version", "1");
                r.body.push(b' ');
            },
            400,
            "InvalidVersion",
            "",
        ),
    ];
    let cloud = Cloud::start().await;
    for (algorithm, change, status, code, message) in cases {
        let operation = operation::create_instance(&request(FULL), None);
        let mut request = cloud.sign_as(operation, algorithm, 0);
        change(&mut request);
        assert_refused(&cloud.send(&request).await, &cloud, status, code, message);
    }
    let list = cloud.list(&ListInstancesRequest::default()).await;
    assert_eq!(list["totalCount"], 0, "a refused request must buy nothing");
}

#[tokio::test]
async fn a_date_may_be_a_quarter_of_an_hour_off() {
    let cloud = Cloud::start().await;
    for algorithm in [V3, Roa] {
        for (off, status) in [(0, 200), (900, 200), (-900, 200), (901, 400), (-901, 400)] {
            let operation = operation::list_instances(&ListInstancesRequest::default());
            let answer = cloud.send(&cloud.sign_as(operation, algorithm, off)).await;
            assert_eq!(answer.status, status, "{algorithm:?} {off}");
            if status != 200 {
                let message = "Specified time stamp or date value is expired.";
                assert_refused(&answer, &cloud, 400, "InvalidTimeStamp.Expired", message);
            }
        }
    }
}

#[tokio::test]
async fn a_nonce_is_accepted_once() {
    let cloud = Cloud::start().await;
    for algorithm in [V3, Roa] {
        let operation = operation::create_instance(&request(FULL), None);
        let purchase = cloud.sign_as(operation, algorithm, 0);
        // A request with a wrong signature must not use up the nonce of a right one.
        let mut forged = purchase.clone();
        forged.url += "?a=b";
        let refused = cloud.send(&forged).await;
        assert_refused(&refused, &cloud, 400, "SignatureDoesNotMatch", "");

        assert_eq!(cloud.send(&purchase).await.status, 200);
        let again = cloud.send(&purchase).await;
        let message = "Specified signature nonce was used already.";
        assert_refused(&again, &cloud, 400, "SignatureNonceUsed", message);
        cloud.pass(900);
        let again = cloud.send(&purchase).await;
        assert_refused(&again, &cloud, 400, "SignatureNonceUsed", message);
        cloud.pass(1);
        let again = cloud.send(&purchase).await;
        assert_refused(&again, &cloud, 400, "InvalidTimeStamp.Expired", "expired");
    }
    assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 2);
}

#[tokio::test]
async fn a_nonce_is_required_except_in_roa() {
    let cloud = Cloud::start().await;
    let bare = HttpRequest {
        method: "GET".into(),
        path: INSTANCES.into(),
        headers: vec![
            ("x-acs-version".into(), API_VERSION.into()),
            ("x-acs-signature-nonce".into(), String::new()),
        ],
        ..HttpRequest::default()
    };
    let endpoint = Endpoint::parse(cloud.running.url()).unwrap();
    let stamp = SigningContext { date: Timestamp::from_unix(cloud.now()), nonce: nonce() };
    let credentials = Credentials::new(KEY, SECRET);
    let sign =
        |algorithm| sign::request(bare.clone(), &endpoint, &credentials, algorithm, None, &stamp);
    let message = "SignatureNonce is mandatory for this action.";
    for algorithm in [V3, Sm3] {
        let answer = cloud.send(&sign(algorithm)).await;
        assert_refused(&answer, &cloud, 400, "MissingParameter", message);
    }
    // Nothing tells one such request from a second one.
    for _ in 0..2 {
        assert_eq!(cloud.send(&sign(Roa)).await.status, 200);
    }
    let mut forged = sign(Roa);
    forged.url += "?a=b";
    assert_refused(&cloud.send(&forged).await, &cloud, 400, "SignatureDoesNotMatch", "");
}

#[tokio::test]
async fn a_security_token_is_never_shown() {
    let credentials = || Credentials::new(KEY, SECRET).with_security_token("t0ken");
    let cloud = Cloud::start_with(|config| config.credentials = credentials()).await.unwrap();
    let sign = |token: &str| {
        sign::operation(
            operation::list_instances(&ListInstancesRequest::default()),
            &Endpoint::parse(cloud.running.url()).unwrap(),
            &Credentials::new(KEY, SECRET).with_security_token(token),
            V3,
            &SigningContext { date: Timestamp::from_unix(cloud.now()), nonce: nonce() },
        )
    };
    assert_eq!(cloud.send(&sign("t0ken")).await.status, 200);
    let code = "InvalidSecurityToken.MismatchWithAccessKey";
    assert_refused(&cloud.send(&sign("other")).await, &cloud, 400, code, "");
    let mut wrong = sign("t0ken");
    put(&mut wrong, "x-acs-signature-nonce", "another");
    let answer = cloud.send(&wrong).await;
    assert_refused(&answer, &cloud, 400, "SignatureDoesNotMatch", "x-acs-security-token:***");
    assert!(!answer.text().contains("t0ken"));
}

#[tokio::test]
async fn requests_are_counted_in_the_metrics() {
    let cloud = Cloud::start().await;
    cloud.buy(&request(FULL)).await;
    cloud.get("ha-cn-unknown").await;
    support::exchange(cloud.address(), b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
    for (path, text) in [("/healthz", "ok"), ("/readyz", "ok"), ("/metrics", "# HELP")] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
        let answer = support::exchange(cloud.address(), request.as_bytes()).await;
        assert_eq!((answer.status, answer.text().starts_with(text)), (200, true), "{path}");
        if path == "/metrics" {
            for line in [
                r#"havenask_emulator_requests_total{operation="CreateInstance",code="OK"} 1"#,
                r#"havenask_emulator_requests_total{operation="GetInstance",code="instance.NotFound"} 1"#,
                r#"havenask_emulator_requests_total{operation="unknown",code="InvalidApi.NotFound"} 1"#,
            ] {
                assert!(answer.text().lines().any(|it| it == line), "{}", answer.text());
            }
        }
    }
    let answer =
        support::exchange(cloud.address(), b"POST /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!((answer.status, answer.json()["HostId"].clone()), (404, Value::from("x")));
}
