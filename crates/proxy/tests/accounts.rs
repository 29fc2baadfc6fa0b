//! Several accounts: the proxy assumes a role for each principal, and buys in the account of that role.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use havenask_emulator::{
    Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule, RunningEmulator,
};
use havenask_proxy::{Running, access::Authentication, config::AccountsFile, start};
use serde_json::{Value, json};
use support::{
    GOOD, Reply, SECRET, assert_refused,
    checked::{KEYS, check, settings},
    config, create_ledger, in_time, new_ledger, request,
    shop::{execute_all, ledger_command},
};

const ALICE: &str = r#"{"principal":"alice","roleArn":"acs:ram::2001:role/buyer"}"#;
const BOB: &str = r#"{"principal":"bob","roleArn":"acs:ram::2002:role/buyer"}"#;
const INSTANCES: &str = "/openapi/ha3/instances";

/// A file of accounts with these entries.
fn file(entries: &[&str], default: &str) -> String {
    format!(r#"{{"accounts":[{}]{default}}}"#, entries.join(","))
}

/// A proxy whose principals buy in accounts of their own.
struct Accounts {
    cloud: RunningEmulator,
    ledger: String,
    proxy: Running,
}

impl Accounts {
    async fn open(text: &str) -> Self {
        let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
        let ledger = new_ledger().await;
        create_ledger(&ledger).await;
        Self::on(cloud, ledger, text).await
    }

    async fn on(cloud: RunningEmulator, ledger: String, text: &str) -> Self {
        let mut config = config(cloud.url()).await;
        config.ledger = ledger.clone().into();
        config.accounts = Some(AccountsFile::parse(text).unwrap());
        config.authentication = Authentication::UserHeader {
            name: "x-user".parse().unwrap(),
            trusted: vec!["127.0.0.1".parse().unwrap()],
        };
        config.limits.reconcile_interval = Duration::from_millis(10);
        Self { proxy: start(config).await.unwrap(), cloud, ledger }
    }

    async fn get(&self, user: &str, target: &str) -> Reply {
        request(self.proxy.url(), "GET", target, &format!("X-User: {user}\r\n"), "").await
    }

    async fn post(&self, user: &str, target: &str, key: &str) -> Reply {
        let headers = format!(
            "X-User: {user}\r\nContent-Type: application/json\r\nIdempotency-Key: {key}\r\n"
        );
        request(self.proxy.url(), "POST", target, &headers, GOOD).await
    }

    async fn buy(&self, user: &str, key: &str) -> Reply {
        self.post(user, INSTANCES, key).await
    }

    /// The ids of the instances that a principal sees.
    async fn instances(&self, user: &str) -> Vec<Value> {
        let list = self.get(user, INSTANCES).await.json();
        let list = list["result"].as_array().unwrap();
        list.iter().map(|it| it["instanceId"].clone()).collect()
    }

    async fn becomes(&self, user: &str, key: &str, state: &str) -> Value {
        in_time(async {
            loop {
                let found = self.get(user, &format!("/purchases/{key}")).await.json();
                if found["state"] == state {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        })
        .await
    }

    /// Has the proxy read a file of accounts again.
    async fn reload(&self, name: &str, text: &str) {
        let path = path(name);
        std::fs::write(&path, text).unwrap();
        let own = ["--upstream", self.cloud.url(), "--user-header", "x-user"];
        let others = ["--trusted-proxy", "127.0.0.1", "--accounts", path.to_str().unwrap()];
        self.proxy.reload(&settings(&[own, others].concat())).await;
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("accounts-{name}-{}", std::process::id()))
}

#[tokio::test]
async fn each_buys_in_the_account_of_its_role_and_sees_no_other() {
    let shop = Accounts::open(&file(&[ALICE, BOB], "")).await;
    let mut bought = Vec::new();
    for user in ["alice", "bob"] {
        let reply = shop.buy(user, "key-number-1").await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        bought.push(reply.json()["result"]["instanceId"].clone());
    }
    for (user, own, other) in [("alice", 0, 1), ("bob", 1, 0)] {
        assert_eq!(shop.instances(user).await, [bought[own].clone()]);
        let one = |id: &Value| format!("{INSTANCES}/{}", id.as_str().unwrap());
        assert_eq!(shop.get(user, &one(&bought[own])).await.status, 200);
        assert_eq!(shop.get(user, &one(&bought[other])).await.status, 404);
        let list = shop.get(user, "/purchases").await.json();
        assert_eq!(list["purchases"].as_array().unwrap().len(), 1, "{list}");
        assert_eq!(shop.post(user, "/quotes", "").await.json()["status"], "priced");
    }
    for (user, id) in [("alice", "2001"), ("bob", "2002")] {
        let account = shop.get(user, "/config.json").await.json()["account"].take();
        let session = format!("acs:ram::{id}:assumed-role/buyer/{user}");
        assert_eq!(account, json!({ "id": id, "arn": session }));
    }
    let exported = ledger_command(&shop.ledger, &["export"]).unwrap();
    assert!(exported.contains(r#""account":"2001""#), "{exported}");
    // Nobody else has an account.
    for reply in [
        shop.buy("carol", "key-number-1").await,
        shop.post("carol", "/quotes", "").await,
        shop.get("carol", INSTANCES).await,
        shop.get("carol", &format!("{INSTANCES}/ha-cn-1")).await,
    ] {
        assert_refused(&reply, 403, "AccountNotConfigured");
    }
    assert!(shop.get("carol", "/config.json").await.json().get("account").is_none());
    shop.proxy.stop().await;
}

#[tokio::test]
async fn the_default_is_the_account_of_the_proxy() {
    let shop = Accounts::open(&file(&[ALICE], r#","default":"own""#)).await;
    assert_eq!(shop.buy("carol", "key-number-1").await.status, 200);
    assert_eq!(shop.instances("dave").await.len(), 1);
    assert_eq!(shop.instances("alice").await.len(), 0);
    shop.proxy.stop().await;
}

#[tokio::test]
async fn a_lost_purchase_is_looked_for_in_its_account() {
    let shop = Accounts::open(&file(&[ALICE, BOB], "")).await;
    let lost = Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(2);
    shop.cloud.faults().add(lost).unwrap();
    for user in ["alice", "bob"] {
        assert_eq!(shop.buy(user, "key-number-1").await.status, 502);
    }
    for user in ["alice", "bob"] {
        let found = shop.becomes(user, "key-number-1", "created").await;
        assert_eq!(shop.instances(user).await, [found["instanceId"].clone()]);
    }
    shop.proxy.stop().await;
}

#[tokio::test]
async fn a_lost_purchase_of_an_account_without_a_role_stays_pending() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    for (user, account, at) in [("alice", 2001, 0), ("bob", 2002, 1)] {
        let lost = format!(
            "INSERT INTO purchases (key, principal, body_hash, request, state, again, account, tag, created_at, updated_at) \
             VALUES ('key-number-1', '{user}', '', '{{}}', 'pending', 0, '{account}', '{user}', {at}, {at})"
        );
        execute_all(&ledger, &lost).await;
    }
    let shop = Accounts::on(cloud, ledger, &file(&[ALICE], r#","default":"own""#)).await;
    // Both are so old that a look which finds nothing ends them; the newer one is looked for first.
    shop.becomes("alice", "key-number-1", "unknown").await;
    assert_eq!(shop.get("bob", "/purchases/key-number-1").await.json()["state"], "pending");
    shop.proxy.stop().await;
}

#[tokio::test]
async fn the_file_is_read_again_and_a_key_is_answered_as_before() {
    let shop = Accounts::open(&file(&[ALICE], "")).await;
    let first = shop.buy("alice", "key-number-1").await;
    assert_eq!(first.status, 200);
    assert_refused(&shop.buy("bob", "key-number-1").await, 403, "AccountNotConfigured");
    shop.reload("again", &file(&[&ALICE.replace("2001", "2003"), BOB], "")).await;
    assert_eq!(shop.buy("bob", "key-number-1").await.status, 200);
    let again = shop.buy("alice", "key-number-1").await;
    assert_eq!(
        (again.status, &again.body),
        (200, &first.body),
        "bought once, in the account of before"
    );
    assert_eq!(shop.instances("alice").await.len(), 0);
    // A file that cannot be read changes nothing.
    shop.reload("again", "{").await;
    assert_eq!(shop.instances("bob").await.len(), 1);
    shop.proxy.stop().await;
}

#[tokio::test]
async fn a_role_that_cannot_be_assumed_is_told() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let path = path("checked");
    std::fs::write(&path, file(&[ALICE, BOB], "")).unwrap();
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    let url = cloud.url().to_owned();
    let arguments = ["--upstream", &url, "--accounts", path.to_str().unwrap(), "--ledger", &ledger];
    let checked = check(&arguments, &KEYS).await;
    checked.says("ok", "accounts", "2 principals have a role; others are refused");
    checked.says("ok", "roles", "2 are assumed");
    let refuse = Fault::Throttle { retry_after: 0 };
    cloud.faults().add(Rule::new(refuse).on("AssumeRole")).unwrap();
    let checked = check(&arguments, &KEYS).await;
    checked.says("fail", "roles", "alice: acs:ram::2001:role/buyer: Throttling");
    assert!(!checked.well);
    let shop = Accounts::on(cloud, ledger.clone(), &file(&[ALICE], "")).await;
    assert_refused(&shop.buy("alice", "key-number-1").await, 503, "AccountUnavailable");
    shop.cloud.faults().clear();
    shop.reload("checked", &file(&[ALICE], "")).await;
    assert_eq!(shop.buy("alice", "key-number-1").await.status, 200);
    shop.proxy.stop().await;
    std::fs::write(&path, "{}").unwrap();
    let checked = check(&arguments, &KEYS).await;
    checked.says("fail", "accounts", "missing field `accounts` at line 1 column 2");
}
