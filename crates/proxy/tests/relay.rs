//! The relay: what a page signs by itself is looked at, goes through the ledger, and is forwarded unchanged.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Algorithm, Credentials, Endpoint, Operation, SignedRequest, SigningContext, Timestamp,
    model::{Component, CreateInstanceRequest, ListInstancesRequest, Order, PricingCycle, Tag},
    operation::{self, INSTANCES},
    sign,
};
use havenask_emulator::{
    Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule, RunningEmulator as RunningCloud,
};
use havenask_proxy::{
    Config, Running,
    access::{Authentication, RequestLimits},
    start,
};
use serde_json::json;
use support::{CREATED, Reply, SECRET, Stage, config, in_time, lines, request};

const KEY: &str = "key-number-1";

/// A proxy that relays, in front of an emulator.
struct Shop {
    cloud: RunningCloud,
    proxy: Running,
}

impl Shop {
    async fn open() -> Self {
        Self::with(|config| config.relay = true).await
    }

    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
        let mut config = config(cloud.url()).await;
        config.limits.upstream_timeout = std::time::Duration::from_secs(10);
        change(&mut config);
        Self { proxy: start(config).await.unwrap(), cloud }
    }

    fn signed(&self, operation: Operation) -> SignedRequest {
        let token = Credentials::new("STS.testid", SECRET).with_security_token("token-of-a-page");
        self.signed_with(operation, &token, Algorithm::default())
    }

    fn signed_with(
        &self,
        operation: Operation,
        credentials: &Credentials,
        algorithm: Algorithm,
    ) -> SignedRequest {
        let endpoint = Endpoint::parse(self.cloud.url()).unwrap();
        let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let date = Timestamp::from_unix(now.try_into().unwrap());
        let stamp = SigningContext { date, nonce: format!("nonce-{}", fastrand::u64(..)) };
        sign::operation(operation, &endpoint, credentials, algorithm, &stamp)
    }

    /// As a page would send it.
    async fn relay(&self, signed: &SignedRequest, key: &str) -> Reply {
        self.relay_with(signed, key, "").await
    }

    async fn relay_with(&self, signed: &SignedRequest, key: &str, more: &str) -> Reply {
        let key = (signed.method == "POST").then(|| ("idempotency-key".into(), key.to_owned()));
        let headers = lines(signed.headers.iter().chain(&key)) + more;
        let target = format!("/relay/{}", signed.url.strip_prefix("http://").unwrap());
        let body = std::str::from_utf8(&signed.body).unwrap();
        request(self.proxy.url(), &signed.method, &target, &headers, body).await
    }

    async fn instances(&self) -> usize {
        let list = operation::list_instances(&ListInstancesRequest::default());
        let reply = self.relay(&self.signed(list), KEY).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["result"].as_array().unwrap().len()
    }
}

fn purchase(tags: &[(&str, &str)]) -> Operation {
    let order = Order {
        auto_renew: Some(false),
        duration: Some(1),
        pricing_cycle: Some(PricingCycle::Month),
    };
    let component = Component { code: "searcherdocsize".into(), value: Some("200".into()) };
    let request = CreateInstanceRequest {
        charge_type: Some(havenask_core::model::ChargeType::Prepay),
        components: Some(vec![component]),
        order: Some(order),
        tags: Some(tags.iter().map(|(key, value)| Tag::new(*key, *value)).collect()),
        ..CreateInstanceRequest::default()
    };
    operation::create_instance(&request, None)
}

fn tagged() -> Operation {
    purchase(&[("havenask-purchase", KEY)])
}

#[tokio::test]
async fn a_page_that_signs_buys_once_and_follows() {
    let shop = Shop::open().await;
    let bought = shop.relay(&shop.signed(tagged()), KEY).await;
    assert_eq!(bought.status, 200, "{}", bought.body);
    let again = shop.relay(&shop.signed(tagged()), KEY).await;
    assert_eq!((again.status, &again.body), (200, &bought.body));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(shop.instances().await, 1);
    let id = bought.json()["result"]["instanceId"].as_str().unwrap().to_owned();
    let one = shop.relay(&shop.signed(operation::get_instance(&id)), KEY).await;
    assert_eq!(one.json()["result"]["instanceId"], id, "{}", one.body);
}

#[tokio::test]
async fn an_order_is_not_repeated_whoever_signs_it() {
    const DAY: &str = "Havenask-No-Repeat: 86400\r\n";
    let shop = Shop::open().await;
    let buy = async |key: &str, tags: &[(&str, &str)], more: &str| {
        let own = [tags, &[("havenask-purchase", key)]].concat();
        shop.relay_with(&shop.signed(purchase(&own)), key, more).await
    };
    assert_eq!(buy(KEY, &[], DAY).await.status, 200);
    let refused = buy("key-number-2", &[], DAY).await.json();
    assert_eq!(
        (&refused["code"], &refused["purchase"]["key"]),
        (&json!("OrderRepeated"), &json!(KEY))
    );
    // The same, signed by the proxy.
    let mut plain: serde_json::Value = serde_json::from_slice(&shop.signed(tagged()).body).unwrap();
    plain.as_object_mut().unwrap().remove("tags");
    let headers =
        format!("Content-Type: application/json\r\nIdempotency-Key: key-number-3\r\n{DAY}");
    let target = "/openapi/ha3/instances";
    let refused = request(shop.proxy.url(), "POST", target, &headers, &plain.to_string()).await;
    assert_eq!(refused.json()["code"], "OrderRepeated", "{}", refused.body);
    assert_eq!(buy("key-number-4", &[("team", "search")], DAY).await.status, 200);
    assert_eq!(buy("key-number-5", &[], "Havenask-No-Repeat: 0\r\n").await.status, 200);
    assert_eq!(shop.instances().await, 3);
}

#[tokio::test]
async fn a_lost_answer_is_looked_for_with_the_keys_of_the_proxy() {
    let soon = std::time::Duration::from_millis(10);
    let shop = Shop::with(|config| {
        config.relay = true;
        config.limits.reconcile_interval = soon;
    })
    .await;
    let lost = Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1);
    shop.cloud.faults().add(lost).unwrap();
    assert_eq!(shop.relay(&shop.signed(tagged()), KEY).await.json()["outcome"], "unknown");
    let target = format!("/purchases/{KEY}");
    let found = async {
        while request(shop.proxy.url(), "GET", &target, "", "").await.json()["state"] != "created" {
            tokio::task::yield_now().await;
        }
    };
    in_time(found).await;
    assert_eq!(shop.instances().await, 1);
}

#[tokio::test]
async fn a_malformed_signed_request_is_not_relayed() {
    let shop = Shop::open().await;
    let without = |name: &'static str| {
        move |signed: &mut SignedRequest| signed.headers.retain(|(known, _)| known != name)
    };
    let header = |name: &'static str, value: &'static str| {
        move |signed: &mut SignedRequest| signed.headers.push((name.to_owned(), value.to_owned()))
    };
    let long_lived = Credentials::new("testid", SECRET);
    let roa = shop.signed_with(tagged(), &long_lived, Algorithm::RoaHmacSha1);
    let no_token = shop.signed_with(tagged(), &long_lived, Algorithm::default());
    let elsewhere = |signed: &mut SignedRequest| signed.url = signed.url.replace("127", "128");
    let body = |signed: &mut SignedRequest| {
        let text = String::from_utf8(signed.body.clone()).unwrap();
        signed.body = text.replace("\"200\"", "\"900\"").into_bytes();
    };
    let other = |name: &'static str, value: &'static str| {
        move |signed: &mut SignedRequest| {
            signed.headers.iter_mut().filter(|(known, _)| known == name).for_each(|it| {
                it.1 = value.into();
            });
        }
    };
    let good = || shop.signed(tagged());
    let change = |change: &dyn Fn(&mut SignedRequest)| {
        let mut signed = good();
        change(&mut signed);
        signed
    };
    for (signed, why) in [
        (roa, "authorization: ACS3-HMAC-SHA256"),
        (no_token, "SignedHeaders: x-acs-security-token"),
        (shop.signed(purchase(&[])), "/tags: one tag havenask-purchase"),
        (shop.signed(purchase(&[("havenask-purchase", "another-key")])), "/tags"),
        (change(&without("authorization")), "authorization"),
        (change(&header("authorization", "ACS3-HMAC-SHA256 x")), "authorization"),
        (change(&without("x-acs-date")), "x-acs-date"),
        (change(&header("x-acs-action", "CreateInstance")), "x-acs-action"),
        (change(&header("x-acs-more", "1")), "SignedHeaders: x-acs-more"),
        (change(&elsewhere), "host: 127.0.0.1"),
        (change(&other("x-acs-action", "DeleteInstance")), "x-acs-action: CreateInstance"),
        (change(&other("x-acs-version", "2024-01-01")), "x-acs-version: 2021-10-25"),
        (change(&body), "x-acs-content-sha256"),
    ] {
        assert_not_relayed(&shop.relay(&signed, KEY).await, why);
    }
    assert_eq!(shop.instances().await, 0);
}

fn assert_not_relayed(reply: &Reply, why: &str) {
    let said = reply.json();
    assert_eq!(
        (reply.status, &said["code"]),
        (400, &json!("SignedRequestInvalid")),
        "{why}: {said}"
    );
    assert!(said["message"].as_str().unwrap().contains(why), "{why}: {said}");
}

#[tokio::test]
async fn a_signature_covers_what_the_cloud_must_believe_and_no_more() {
    let shop = Shop::open().await;
    let list = |signed: &mut SignedRequest, old: &str, new: &str| {
        signed.headers.iter_mut().filter(|(name, _)| name == "authorization").for_each(|it| {
            assert!(it.1.contains(old), "{old} in {}", it.1);
            it.1 = it.1.replace(old, new);
        });
    };
    for name in [
        "host",
        "x-acs-action",
        "x-acs-content-sha256",
        "x-acs-date",
        "x-acs-security-token",
        "x-acs-signature-nonce",
        "x-acs-version",
    ] {
        let mut signed = shop.signed(tagged());
        signed.headers.retain(|(known, _)| known != name);
        list(&mut signed, &format!(";{name}"), "");
        assert_not_relayed(&shop.relay(&signed, KEY).await, &format!("SignedHeaders: {name}"));
    }
    let mut signed = shop.signed(tagged());
    signed.headers.push(("cookie".into(), "c=1".into()));
    list(&mut signed, ";host", ";cookie;host");
    assert_not_relayed(&shop.relay(&signed, KEY).await, "SignedHeaders: cookie");
}

#[tokio::test]
async fn questions_are_looked_at_as_purchases_are() {
    let shop = Shop::open().await;
    let one = operation::get_instance("ha-cn-abc123");
    let list = operation::list_instances(&ListInstancesRequest::default());
    for mut question in [one.clone(), list.clone()] {
        question.query.push(("x".into(), "1".into()));
        let refused = shop.relay(&shop.signed(question), KEY).await;
        assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("QueryUnknown")));
    }
    for (mut question, other) in [(one, "ListInstances"), (list, "GetInstance")] {
        let own = std::mem::replace(&mut question.action, other);
        let refused = shop.relay(&shop.signed(question), KEY).await;
        assert_not_relayed(&refused, &format!("x-acs-action: {own}"));
    }
}

#[tokio::test]
async fn the_guard_stands_before_the_relay_too() {
    let trusted = vec!["127.0.0.1".parse().unwrap()];
    let by_header = Authentication::UserHeader { name: "x-user".parse().unwrap(), trusted };
    let (some, none) = (
        RequestLimits::default(),
        RequestLimits { per_principal: 0, total: 0, concurrent: 0, ..RequestLimits::default() },
    );
    for (authentication, quota, origin, status) in [
        (Authentication::Anonymous, some, "https://evil.example", 403),
        (by_header, some, "http://localhost", 401),
        (Authentication::Anonymous, none, "http://localhost", 429),
    ] {
        let shop = Shop::with(|config| {
            config.relay = true;
            (config.authentication, config.request_limits) = (authentication, quota);
        })
        .await;
        let list = operation::list_instances(&ListInstancesRequest::default());
        for operation in [tagged(), operation::get_instance("ha-cn-abc123"), list] {
            let mut signed = shop.signed(operation);
            signed.headers.push(("origin".into(), origin.into()));
            let reply = shop.relay(&signed, KEY).await;
            assert_eq!(reply.status, status, "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn the_rules_and_what_is_sold_hold_for_what_is_signed_too() {
    let shop = Shop::with(|config| {
        config.relay = true;
        config.policy.allowed_components = vec!["somethingelse".into()];
    })
    .await;
    let refused = shop.relay(&shop.signed(tagged()), KEY).await;
    assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("PurchaseNotAllowed")));
    let mut dry = tagged();
    dry.query.push(("dryRun".into(), "true".into()));
    let shop = Shop::open().await;
    let refused = shop.relay(&shop.signed(dry), KEY).await;
    assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("QueryUnknown")));
}

#[tokio::test]
async fn a_wrong_signature_is_refused_by_the_cloud() {
    let shop = Shop::open().await;
    let wrong = Credentials::new("STS.testid", "another").with_security_token("token-of-a-page");
    let refused = shop.relay(&shop.signed_with(tagged(), &wrong, Algorithm::default()), KEY).await;
    assert_eq!(refused.json()["code"], "SignatureDoesNotMatch", "{}", refused.body);
    assert!(!refused.body.contains("token-of-a-page"), "{}", refused.body);
}

#[tokio::test]
async fn no_header_but_the_signed_ones_is_relayed() {
    let relays = |config| Config { relay: true, ..config };
    let stage = Stage::with_config(CREATED, relays).await;
    let endpoint = Endpoint::parse(&stage.upstream).unwrap();
    let token = Credentials::new("STS.testid", SECRET).with_security_token("token-of-a-page");
    let stamp = SigningContext { date: Timestamp::from_unix(0), nonce: "nonce".into() };
    let signed = sign::operation(tagged(), &endpoint, &token, Algorithm::default(), &stamp);
    let foreign = [("idempotency-key", KEY), ("cookie", "c=1"), ("x-forwarded-for", "1.2.3.4")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers = lines(signed.headers.iter().chain(&foreign));
    let target = format!("/relay/{}", signed.url.strip_prefix("http://").unwrap());
    let body = std::str::from_utf8(&signed.body).unwrap();
    let reply = request(stage.url(), "POST", &target, &headers, body).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let requests = stage.requests().await;
    let (head, sent) = requests[0].split_once("\r\n\r\n").unwrap();
    assert_eq!(sent, body);
    assert!(head.contains(&signed.authorization), "{head}");
    for foreign in ["cookie", "forwarded", "idempotency"] {
        assert!(!head.to_lowercase().contains(foreign), "{head}");
    }
}

#[tokio::test]
async fn an_invalid_sts_credential_is_not_relayed_and_buys_nothing() {
    let shop = Shop::open().await;
    let key = |id: &str| Credentials::new(id, SECRET);
    for credentials in [
        key("testid"),
        key("testid").with_security_token(""),
        key("testid").with_security_token("token-of-a-page"),
        key("LTAI5tExample").with_security_token("token-of-a-page"),
        key("sts.testid").with_security_token("token-of-a-page"),
        key("STS.testid"),
        key("STS.testid").with_security_token(""),
        key("STS.testid").with_security_token(" "),
    ] {
        let signed = shop.signed_with(tagged(), &credentials, Algorithm::default());
        let refused = shop.relay(&signed, KEY).await;
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (400, &json!("SignedRequestInvalid")),
            "{}",
            refused.body
        );
        if credentials.access_key_id() != "testid" || credentials.security_token().is_some() {
            let headers = lines(signed.headers.iter());
            let body = std::str::from_utf8(&signed.body).unwrap();
            let sold =
                request(shop.cloud.url().to_owned(), "POST", INSTANCES, &headers, body).await;
            assert_ne!(sold.status, 200, "{}", sold.body);
        }
    }
    assert_eq!(shop.instances().await, 0);
}

#[tokio::test]
async fn nothing_is_relayed_unless_the_operator_says_so() {
    let shop = Shop::with(|_| {}).await;
    let refused = shop.relay(&shop.signed(tagged()), KEY).await;
    assert_eq!((refused.status, &refused.json()["code"]), (404, &json!("NotFound")));
}
