//! Every error of the table can be had: by what causes it in the cloud, or on command.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Algorithm, Credentials, Endpoint, SignedRequest, SigningContext, Timestamp,
    model::ListInstancesRequest, operation, sign,
};
use havenask_emulator::{Fault, FaultRule, magic_values};
use support::{Cloud, KEY, SECRET, TestResponse, list, nonce};

/// Status and code of every error that the documents have, and of those that only a server of HTTP has. `InvalidParameter` is said by the service, and by the gateway of what is badly encoded.
const TABLE: [(u16, &str); 35] = [
    (404, "InvalidApi.NotFound"),
    (404, "InvalidAction.NotFound"),
    (400, "UnsupportedHTTPMethod"),
    (400, "InvalidVersion"),
    (400, "MissingParameter"),
    (400, "SignatureDoesNotMatch"),
    (400, "IncompleteSignature"),
    (400, "InvalidSignatureMethod"),
    (400, "ContentMD5NotMatched"),
    (400, "SignatureNonceUsed"),
    (400, "InvalidTimeStamp.Expired"),
    (400, "InvalidTimeStamp.Format"),
    (404, "InvalidAccessKeyId.NotFound"),
    (400, "InvalidAccessKeyId.Inactive"),
    (400, "MissingSecurityToken"),
    (400, "InvalidSecurityToken.Expired"),
    (400, "InvalidSecurityToken.Malformed"),
    (400, "InvalidSecurityToken.MismatchWithAccessKey"),
    (403, "Forbidden.RAM"),
    (403, "NoPermission"),
    (400, "Throttling"),
    (400, "Throttling.User"),
    (400, "Throttling.Api"),
    (500, "InternalError"),
    (503, "ServiceUnavailable"),
    (400, "NotAuthorized"),
    (400, "NotApplicable"),
    (404, "PricingNotSupported"),
    (408, "RequestTimeout"),
    (413, "RequestEntityTooLarge"),
    (400, "InvalidParameter"),
    (400, "InvalidPayMethod"),
    (404, "instance.NotFound"),
    (500, "InternalServerError"),
    (400, "InvalidParameter"),
];

/// Those that the service itself says, in lower case.
const OF_THE_SERVICE: [&str; 4] =
    ["InvalidParameter", "InvalidPayMethod", "instance.NotFound", "InternalServerError"];

#[tokio::test]
async fn every_error_can_be_injected() {
    let cloud = Cloud::start().await;
    for (status, code) in TABLE {
        let rule = FaultRule::new(Fault::Refuse { code: code.into(), committed: false }).times(1);
        cloud.running.faults().add(rule).unwrap();
        let answer = cloud.call(list(&[])).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
        let body = answer.json();
        let texts = if OF_THE_SERVICE.contains(&code) {
            ["requestId", "code", "message"].as_slice()
        } else {
            &["RequestId", "HostId", "Code", "Message", "Recommend"]
        };
        for name in texts {
            assert!(body[name].as_str().is_some_and(|text| !text.is_empty()), "{name} in {body}");
        }
        let denied = ["Forbidden.RAM", "NoPermission"].contains(&code);
        assert_eq!(body["AccessDeniedDetail"].is_object(), denied, "{body}");
        assert_eq!(cloud.call(list(&[])).await.status, 200, "{code} once");
    }
}

#[tokio::test]
async fn the_table_is_whole() {
    let cloud = Cloud::start().await;
    let unknown = FaultRule::new(Fault::Refuse { code: "Nothing".into(), committed: false });
    let error = cloud.running.faults().add(unknown).unwrap_err().to_string();
    let known = error.strip_prefix("code: there is no Nothing; write ").unwrap();
    let mut known: Vec<_> = known.split(", ").collect();
    let mut expected = TABLE.map(|(_, code)| code);
    known.sort_unstable();
    expected.sort_unstable();
    assert_eq!(known, expected);
}

/// A list that is asked for with another key.
fn signed(cloud: &Cloud, key: &str, token: Option<&str>, algorithm: Algorithm) -> SignedRequest {
    let credentials = Credentials::new(key, SECRET);
    let credentials = match token {
        Some(token) => credentials.with_security_token(token),
        None => credentials,
    };
    sign::operation(
        operation::list_instances(&ListInstancesRequest::default()),
        &Endpoint::parse(cloud.running.url()).unwrap(),
        &credentials,
        algorithm,
        &SigningContext { date: Timestamp::from_unix(cloud.now()), nonce: nonce() },
    )
}

fn outcome(answer: &TestResponse) -> (u16, String) {
    (answer.status, if answer.status == 200 { "OK".into() } else { answer.code() })
}

#[tokio::test]
async fn magic_values_have_fixed_errors() {
    let [temporary, own] = ["abc", KEY].map(|id| format!("{}{id}", magic_values::TEMPORARY_KEY));
    for algorithm in [Algorithm::Acs3HmacSha256, Algorithm::RoaHmacSha1] {
        let cloud = Cloud::start().await;
        for (key, token, expected) in [
            (magic_values::INACTIVE_KEY, None, (400, "InvalidAccessKeyId.Inactive")),
            (temporary.as_str(), None, (400, "MissingSecurityToken")),
            (temporary.as_str(), Some("x"), (404, "InvalidAccessKeyId.NotFound")),
            (KEY, Some(magic_values::EXPIRED_TOKEN), (400, "InvalidSecurityToken.Expired")),
            (KEY, Some(magic_values::MALFORMED_TOKEN), (400, "InvalidSecurityToken.Malformed")),
            (
                KEY,
                Some(magic_values::FOREIGN_TOKEN),
                (400, "InvalidSecurityToken.MismatchWithAccessKey"),
            ),
            // A key that lasts has no token, and a temporary one is nothing without.
            (KEY, Some("any other"), (400, "InvalidSecurityToken.MismatchWithAccessKey")),
            (KEY, Some(""), (400, "MissingSecurityToken")),
            (KEY, Some(" "), (400, "MissingSecurityToken")),
            (own.as_str(), Some("any other"), (200, "OK")),
            (own.as_str(), Some(""), (400, "MissingSecurityToken")),
            (KEY, None, (200, "OK")),
        ] {
            let answer = cloud.send(&signed(&cloud, key, token, algorithm)).await;
            let expected = (expected.0, expected.1.to_owned());
            assert_eq!(outcome(&answer), expected, "{algorithm:?} {key} {token:?}");
        }
        let own = |token| Credentials::new(&temporary, SECRET).with_security_token(token);
        let cloud = Cloud::start_with(|config| config.credentials = own("right")).await.unwrap();
        for (token, expected) in [
            (Some("right"), (200, "OK")),
            (Some("wrong"), (400, "InvalidSecurityToken.MismatchWithAccessKey")),
            (None, (400, "MissingSecurityToken")),
        ] {
            let answer = cloud.send(&signed(&cloud, &temporary, token, algorithm)).await;
            assert_eq!(outcome(&answer), (expected.0, expected.1.to_owned()), "{token:?}");
        }
    }
}

#[tokio::test]
async fn throttling_has_a_retry_after_header() {
    let cloud = Cloud::start().await;
    cloud.running.faults().add(FaultRule::new(Fault::Throttle { retry_after: 1500 })).unwrap();
    let answer = cloud.call(list(&[])).await;
    assert_eq!(outcome(&answer), (400, "Throttling.User".to_owned()));
    assert_eq!(answer.header("x-acs-retry-after"), Some("1500"));
}

#[tokio::test]
async fn access_control_names_the_denied_action() {
    let cloud = Cloud::start().await;
    let rule = FaultRule::new(Fault::Refuse { code: "NoPermission".into(), committed: false });
    cloud.running.faults().add(rule).unwrap();
    let detail = cloud.call(list(&[])).await.json()["AccessDeniedDetail"].clone();
    assert_eq!(detail["AuthAction"], "searchengine:ListInstances");
    for name in ["AuthPrincipalType", "AuthPrincipalDisplayName", "NoPermissionType", "PolicyType"]
    {
        assert!(detail[name].as_str().is_some_and(|text| !text.is_empty()), "{detail}");
    }
}
