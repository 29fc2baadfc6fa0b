//! Injected faults, and the state that they leave.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use havenask_core::operation::{INSTANCES, create_instance};
use havenask_emulator::{ErrorFormat, Fault, FaultRule};
use serde_json::{Value, json};
use support::{Cloud, FULL, TestResponse, exchange, list, read, request, wire};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Buys once, and returns every byte that comes back until the connection ends.
async fn buy(cloud: &Cloud) -> Vec<u8> {
    let signed = cloud.sign(create_instance(&request(FULL), None));
    let mut headers = signed.headers;
    headers.push(("Connection".into(), "close".into()));
    let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
    stream.write_all(&wire("POST", INSTANCES, &headers, &signed.body)).await.unwrap();
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut bytes).await;
    bytes
}

async fn answer(bytes: &[u8]) -> TestResponse {
    read(&mut &*bytes).await.unwrap()
}

async fn count(cloud: &Cloud) -> u64 {
    let answer = cloud.call(list(&[])).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["totalCount"].as_u64().unwrap()
}

/// A cloud in which the first purchase goes wrong.
async fn with(fault: Fault) -> Cloud {
    let cloud = Cloud::start().await;
    cloud.running.faults().add(FaultRule::new(fault).on("CreateInstance").times(1)).unwrap();
    cloud
}

/// After a fault that is used up, everything is as it was.
async fn assert_mended(cloud: &Cloud, instances: u64) {
    assert_eq!(count(cloud).await, instances);
    assert_eq!(answer(&buy(cloud).await).await.status, 200);
    assert_eq!(count(cloud).await, instances + 1);
}

#[tokio::test]
async fn a_connection_is_closed_before_or_after() {
    for (fault, instances) in [(Fault::CloseBeforeReading, 0), (Fault::CloseAfterCommit, 1)] {
        let cloud = with(fault.clone()).await;
        assert_eq!(buy(&cloud).await, b"", "{fault:?}");
        assert_mended(&cloud, instances).await;
    }
}

#[tokio::test]
async fn half_a_response_is_cut_off() {
    let cloud = with(Fault::HalfAnswer).await;
    let bytes = String::from_utf8(buy(&cloud).await).unwrap();
    let (head, body) = bytes.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().parse().unwrap();
    assert_eq!(body.len(), length / 2);
    assert!(body.starts_with(r#"{"requestId":"#), "{body}");
    assert_mended(&cloud, 1).await;
}

#[tokio::test]
async fn server_errors_are_json_or_html() {
    for status in [500, 502, 503, 504] {
        for (format, committed) in
            [ErrorFormat::Json, ErrorFormat::Html].into_iter().zip([false, true])
        {
            let cloud = with(Fault::Error { status, format, committed }).await;
            let answer = answer(&buy(&cloud).await).await;
            assert_eq!(answer.status, status);
            if format == ErrorFormat::Html {
                assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
                assert_eq!(answer.header("x-acs-request-id"), None, "it is not the gateway's");
                assert!(answer.text().contains(&format!("<h1>{status} ")), "{}", answer.text());
            } else {
                let code = if status == 500 { "InternalError" } else { "ServiceUnavailable" };
                assert_eq!(answer.code(), code);
            }
            assert_mended(&cloud, committed.into()).await;
        }
    }
}

#[tokio::test]
async fn a_committed_error_does_not_replace_another_error() {
    let fault = Fault::Error { status: 502, format: ErrorFormat::Html, committed: true };
    let cloud = with(fault).await;
    let mut signed = cloud.sign(create_instance(&request(FULL), None));
    signed.body.push(b' ');
    assert_eq!(cloud.send(&signed).await.code(), "SignatureDoesNotMatch");
    assert_mended(&cloud, 0).await;
}

#[tokio::test]
async fn a_delay_precedes_the_change_and_a_late_answer_follows_it() {
    for (fault, instances) in [
        (Fault::Delay { milliseconds: 3_600_000 }, 0),
        (Fault::LateAnswer { milliseconds: 3_600_000 }, 1),
    ] {
        let cloud = Arc::new(with(fault).await);
        let buyer = Arc::clone(&cloud);
        let purchase = tokio::spawn(async move { buy(&buyer).await });
        while cloud.running.faults().list()[0].hit == 0 || count(&cloud).await < instances {
            tokio::task::yield_now().await;
        }
        assert_eq!(count(&cloud).await, instances);
        assert!(!purchase.is_finished());
        purchase.abort();
    }
    for fault in [Fault::Delay { milliseconds: 30 }, Fault::LateAnswer { milliseconds: 30 }] {
        let cloud = with(fault).await;
        let start = Instant::now();
        assert_eq!(answer(&buy(&cloud).await).await.status, 200);
        assert!(start.elapsed() >= Duration::from_millis(30));
    }
}

#[tokio::test]
async fn slow_bytes_arrive_in_the_end() {
    let cloud = with(Fault::SlowBytes { bytes_per_second: 2000 }).await;
    let start = Instant::now();
    let answer = answer(&buy(&cloud).await).await;
    assert_eq!(answer.status, 200);
    assert!(answer.json()["result"]["instanceId"].is_string());
    let least = answer.body.len() as u64 * 1000 / 2000;
    assert!(start.elapsed() >= Duration::from_millis(least - 1), "{:?}", start.elapsed());
    assert_mended(&cloud, 1).await;
}

#[tokio::test]
async fn an_instance_appears_late_in_lists() {
    let path = support::store_path("late");
    let cloud = Cloud::in_file(&path).await.unwrap();
    let rule = FaultRule::new(Fault::LateVisibility { seconds: 60 }).times(1);
    cloud.running.faults().add(rule).unwrap();
    assert_eq!(count(&cloud).await, 0, "a rule for purchases is not used up by a list");
    let hidden = cloud.buy(&request(FULL)).await;
    let shown = cloud.buy(&request(FULL)).await;
    assert_eq!(cloud.get(&hidden).await.status, 200);
    let found = cloud.call(list(&[])).await.json();
    assert_eq!((&found["result"][0]["instanceId"], count(&cloud).await), (&json!(shown), 1));
    let tagged = [("tags", r#"[{"key":"team"}]"#), ("instanceId", hidden.as_str())];
    assert_eq!(cloud.call(list(&tagged)).await.json()["totalCount"], 0);
    cloud.pass(59);
    let now = cloud.now() - havenask_core::Timestamp::parse(support::START).unwrap().unix();
    assert_eq!(count(&cloud).await, 1);
    cloud.running.stop().await;

    let cloud = Cloud::in_file(&path).await.unwrap();
    cloud.pass(now);
    assert_eq!(count(&cloud).await, 1, "a restart shows it no earlier");
    cloud.pass(1);
    assert_eq!(count(&cloud).await, 2);
}

#[tokio::test]
async fn an_instance_can_be_lost_and_late_at_once() {
    let cloud = with(Fault::CloseAfterCommit).await;
    let late = FaultRule::new(Fault::LateVisibility { seconds: 60 }).times(1);
    cloud.running.faults().add(late).unwrap();
    assert_eq!(buy(&cloud).await, b"");
    assert_eq!(count(&cloud).await, 0);
    cloud.pass(60);
    assert_mended(&cloud, 1).await;
}

/// The admin port of a cloud.
async fn admin(cloud: &Cloud, method: &str, path: &str, body: &str) -> (u16, Value) {
    let address = cloud.running.admin_url().unwrap().strip_prefix("http://").unwrap();
    let bytes = wire(method, path, &[("host".into(), address.into())], body.as_bytes());
    let answer = exchange(address, &bytes).await;
    (answer.status, answer.json())
}

async fn with_admin() -> Cloud {
    Cloud::start_with(|config| config.admin = Some("127.0.0.1:0".into())).await.unwrap()
}

#[tokio::test]
async fn the_admin_api_injects_faults() {
    let cloud = with_admin().await;
    let rule = json!({"operation": "ListInstances", "skip": 1, "times": 1, "fault": "refuse", "code": "NoPermission"});
    assert_eq!(admin(&cloud, "POST", "/faults", &rule.to_string()).await, (201, json!({"id": 1})));
    let chance = json!({"probability": 0.25, "seed": 7, "operation": "GetInstance", "fault": "throttle", "retryAfter": 100});
    assert_eq!(admin(&cloud, "POST", "/faults", &chance.to_string()).await.1, json!({"id": 2}));
    let mut outcomes = Vec::new();
    for _ in 0..3 {
        outcomes.push(cloud.call(list(&[])).await.status);
    }
    assert_eq!(outcomes, [200, 403, 200]);
    for _ in 0..100 {
        cloud.get("ha-cn-nothing").await;
    }
    let (status, standing) = admin(&cloud, "GET", "/faults", "").await;
    assert_eq!(status, 200);
    for (name, value) in rule.as_object().unwrap() {
        assert_eq!(&standing[0][name], value, "{standing}");
    }
    assert_eq!(
        (&standing[0]["id"], &standing[0]["seen"], &standing[0]["hit"]),
        (&json!(1), &json!(3), &json!(1))
    );
    assert!((10..40).contains(&standing[1]["hit"].as_u64().unwrap()), "{standing}");

    assert_eq!(admin(&cloud, "DELETE", "/faults/1", "").await.0, 200);
    assert_eq!(admin(&cloud, "DELETE", "/faults/1", "").await.0, 404);
    assert_eq!(admin(&cloud, "DELETE", "/faults", "").await, (200, json!([])));
    assert_eq!(cloud.get("ha-cn-nothing").await.code(), "instance.NotFound");
}

#[tokio::test]
async fn an_invalid_rule_is_explained() {
    let cloud = with_admin().await;
    for (rule, message) in [
        ("", "JSON object"),
        ("[]", "JSON object"),
        ("{}", "missing field `fault`"),
        (r#"{"fault":"explode"}"#, "unknown variant `explode`, expected one of `delay`"),
        (r#"{"fault":"delay"}"#, "milliseconds"),
        (r#"{"fault":"delay","milliseconds":-1}"#, "-1"),
        (r#"{"fault":"half-answer","often":1}"#, "often"),
        (r#"{"fault":"half-answer","operation":"BuyInstance"}"#, "write CreateInstance"),
        (r#"{"fault":"half-answer","probability":1.5}"#, "from 0 to 1"),
        (r#"{"fault":"half-answer","times":"once"}"#, "once"),
        (r#"{"fault":"error","status":404}"#, "500, 502, 503 or 504"),
        (r#"{"fault":"error","status":500,"format":"xml"}"#, "xml"),
        (r#"{"fault":"refuse","code":"Nothing"}"#, "write InvalidApi.NotFound"),
        (r#"{"fault":"slow-bytes","bytesPerSecond":0}"#, "at least 1"),
        (
            r#"{"fault":"late-visibility","seconds":1,"operation":"GetInstance"}"#,
            "about CreateInstance",
        ),
    ] {
        let (status, said) = admin(&cloud, "POST", "/faults", rule).await;
        assert_eq!(status, 400, "{rule}");
        let said = said["message"].as_str().unwrap();
        assert!(said.contains(message), "{rule}: {said}");
    }
    let (status, said) = admin(&cloud, "GET", "/", "").await;
    assert_eq!((status, said["message"].as_str().unwrap().contains("POST /faults")), (404, true));
    assert_eq!(admin(&cloud, "GET", "/faults", "").await, (200, json!([])));
}

#[tokio::test]
async fn the_body_of_a_rule_has_a_timeout() {
    let cloud = Cloud::start_with(|config| {
        config.admin = Some("127.0.0.1:0".into());
        config.read_timeout = Duration::from_millis(200);
    });
    let cloud = cloud.await.unwrap();
    let address = cloud.running.admin_url().unwrap().strip_prefix("http://").unwrap();
    let half = b"POST /faults HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf";
    let answer = exchange(address, half).await;
    let said = answer.json()["message"].as_str().unwrap().to_owned();
    assert_eq!((answer.status, said.contains("in time")), (400, true), "{said}");
}

#[tokio::test]
async fn the_admin_api_is_off_by_default() {
    let cloud = Cloud::start().await;
    assert_eq!(cloud.running.admin_url(), None);
    let rule = br#"{"fault":"half-answer"}"#;
    let bytes = wire("POST", "/faults", &[("host".into(), "x".into())], rule);
    assert_eq!(exchange(cloud.address(), &bytes).await.code(), "InvalidApi.NotFound");
    assert!(cloud.running.faults().list().is_empty());
}
