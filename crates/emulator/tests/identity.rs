//! The account: who calls, roles that are assumed, and that accounts do not see each other.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Algorithm, Credentials, Endpoint, Operation, SigningContext, Timestamp,
    identity::{STS_VERSION, get_caller_identity},
    operation, sign,
};
use havenask_emulator::magic_values;
use serde_json::{Value, json};
use support::{Cloud, FULL, KEY, SECRET, TestResponse, nonce, request};

/// Signs an operation with credentials of its own.
async fn call_as(cloud: &Cloud, credentials: &Credentials, operation: Operation) -> TestResponse {
    let signed = sign::operation(
        operation,
        &Endpoint::parse(cloud.running.url()).unwrap(),
        credentials,
        Algorithm::Acs3HmacSha256,
        &SigningContext { date: Timestamp::from_unix(cloud.now()), nonce: nonce() },
    );
    cloud.send(&signed).await
}

fn assume_role(query: &[(&str, &str)]) -> Operation {
    Operation { version: STS_VERSION, ..support::operation("AssumeRole", "POST", "/", query) }
}

const ROLE: (&str, &str) = ("RoleArn", "acs:ram::2000000000000002:role/buyer");
const SESSION: (&str, &str) = ("RoleSessionName", "alice@shop");

/// Credentials of a role, for a quarter of an hour.
async fn credentials_of_role(cloud: &Cloud) -> Credentials {
    let told = cloud.call(assume_role(&[ROLE, SESSION, ("DurationSeconds", "900")])).await.json();
    assert_eq!(
        told["AssumedRoleUser"]["Arn"], "acs:ram::2000000000000002:assumed-role/buyer/alice@shop",
        "{told}"
    );
    let [id, secret, token] = ["AccessKeyId", "AccessKeySecret", "SecurityToken"]
        .map(|name| told["Credentials"][name].as_str().unwrap());
    assert_eq!(told["Credentials"]["Expiration"], Timestamp::from_unix(cloud.now() + 900).iso());
    Credentials::new(id, secret).with_security_token(token)
}

#[tokio::test]
async fn the_account_is_told() {
    let cloud = Cloud::start().await;
    let told = cloud.call(get_caller_identity()).await.json();
    assert_eq!(told["IdentityType"], "RAMUser", "{told}");
    let temporary = format!("{}{KEY}", magic_values::TEMPORARY_KEY);
    let credentials = Credentials::new(temporary, SECRET).with_security_token("any");
    let role = call_as(&cloud, &credentials, get_caller_identity()).await.json();
    assert_eq!(
        (&role["AccountId"], &role["IdentityType"]),
        (&told["AccountId"], &json!("AssumedRoleUser"))
    );
    assert!(told["UserId"].is_string() && role["RoleId"].is_string());
    // The action tells operations of one path apart, and must exist.
    let unknown = Operation { action: "GetNothing", ..get_caller_identity() };
    assert_eq!(cloud.call(unknown).await.code(), "InvalidAction.NotFound");
    let other_version = Operation { version: operation::API_VERSION, ..get_caller_identity() };
    assert_eq!(cloud.call(other_version).await.code(), "InvalidVersion");
}

#[tokio::test]
async fn an_assumed_role_is_the_caller_until_it_expires() {
    let cloud = Cloud::start().await;
    let role = credentials_of_role(&cloud).await;
    let identity = call_as(&cloud, &role, get_caller_identity()).await.json();
    assert_eq!(
        (&identity["AccountId"], &identity["Arn"]),
        (
            &json!("2000000000000002"),
            &json!("acs:ram::2000000000000002:assumed-role/buyer/alice@shop")
        )
    );
    let other_token = Credentials::new(role.access_key_id(), role.access_key_secret());
    let other_secret = Credentials::new(role.access_key_id(), "wrong");
    let token = role.security_token().unwrap();
    for (credentials, code) in [
        (other_token.clone(), "MissingSecurityToken"),
        (other_token.with_security_token("x"), "InvalidSecurityToken.MismatchWithAccessKey"),
        (other_secret.with_security_token(token), "SignatureDoesNotMatch"),
    ] {
        assert_eq!(call_as(&cloud, &credentials, get_caller_identity()).await.code(), code);
    }
    cloud.pass(899);
    assert_eq!(call_as(&cloud, &role, get_caller_identity()).await.status, 200);
    cloud.pass(1);
    let expired = call_as(&cloud, &role, get_caller_identity()).await;
    assert_eq!((expired.status, expired.code().as_str()), (400, "InvalidSecurityToken.Expired"));
}

#[tokio::test]
async fn accounts_do_not_see_each_other() {
    let path = support::store_path("accounts");
    let cloud = Cloud::in_file(&path).await.unwrap();
    let role = credentials_of_role(&cloud).await;
    let own = cloud.buy(&request(FULL)).await;
    let bought = operation::create_instance(&request(FULL), None);
    let bought = call_as(&cloud, &role, bought).await.json();
    let other = bought["result"]["instanceId"].as_str().unwrap().to_owned();
    let body =
        |operation: Operation, body: Value| Operation { body: Some(body.to_string()), ..operation };
    let tags = json!({"resourceType": "instance", "resourceId": [own], "tag": [{"key": "a", "value": "b"}]});
    let specs = format!("{}/{own}/specs", operation::INSTANCES);
    for operation in [
        operation::get_instance(&own),
        support::operation("ListInstanceSpecs", "GET", &specs, &[("type", "qrs")]),
        body(support::update(&own), json!({"description": "taken"})),
        body(support::tag(), tags),
        support::delete(&own),
    ] {
        let action = operation.action;
        let answer = call_as(&cloud, &role, operation).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "instance.NotFound"), "{action}");
    }
    let ids = |list: &Value| list["result"][0]["instanceId"].clone();
    let (mine, theirs) = (
        cloud.call(support::list(&[])).await.json(),
        call_as(&cloud, &role, support::list(&[])).await.json(),
    );
    assert_eq!((&mine["totalCount"], ids(&mine)), (&json!(1), json!(own)));
    assert_eq!((&theirs["totalCount"], ids(&theirs)), (&json!(1), json!(other)));
    // The store keeps whose they are.
    cloud.running.stop().await;
    let again = Cloud::in_file(&path).await.unwrap();
    assert_eq!(again.get(&own).await.status, 200);
    assert_eq!(again.get(&other).await.status, 404);
    let role = credentials_of_role(&again).await;
    assert_eq!(call_as(&again, &role, operation::get_instance(&other)).await.status, 200);
}

#[tokio::test]
async fn a_role_that_cannot_be_assumed() {
    let cloud = Cloud::start().await;
    for (query, code) in [
        (&[ROLE][..], "MissingParameter"),
        (&[SESSION], "MissingParameter"),
        (&[("RoleArn", "acs:ram::me:role/buyer"), SESSION], "InvalidParameter"),
        (&[("RoleArn", "acs:ram::1:user/buyer"), SESSION], "InvalidParameter"),
        (&[ROLE, ("RoleSessionName", "a")], "InvalidParameter"),
        (&[ROLE, ("RoleSessionName", "a/b")], "InvalidParameter"),
        (&[ROLE, SESSION, ("DurationSeconds", "899")], "InvalidParameter"),
        (&[ROLE, SESSION, ("DurationSeconds", "43201")], "InvalidParameter"),
        (&[ROLE, SESSION, ("DurationSeconds", "soon")], "InvalidParameter"),
    ] {
        let answer = cloud.call(assume_role(query)).await;
        assert_eq!((answer.status, &answer.json()["Code"]), (400, &json!(code)), "{query:?}");
    }
}
