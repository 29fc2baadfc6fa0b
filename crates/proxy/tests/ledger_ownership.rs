//! Whose a purchase is: its principal's, its ledger's, its endpoint's; and by whose clock it ages.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{collections::BTreeMap, path::Path, time::Duration};

use clap::Parser;
use havenask_emulator::{Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule};
use havenask_proxy::{
    Config, Running,
    access::Authentication,
    cli::{Cli, check},
    ledger::{Ledger, PurchaseState},
    start,
};
use serde_json::{Value, json};
use support::{
    GOOD, Part, Reply, SECRET, cloud, config, create_ledger, execute, in_time, new_ledger, request,
    shop::{execute_all, ledger_command},
};

async fn proxy(cloud: &str, ledger: &str, change: impl FnOnce(&mut Config)) -> Running {
    let mut config = config(cloud).await;
    config.ledger = ledger.to_owned().into();
    config.limits.upstream_timeout = Duration::from_secs(10);
    config.limits.reconcile_interval = Duration::from_millis(10);
    config.authentication = by_user_header();
    change(&mut config);
    start(config).await.unwrap()
}

fn by_user_header() -> Authentication {
    let trusted = vec!["127.0.0.1".parse().unwrap()];
    Authentication::UserHeader { name: "x-user".parse().unwrap(), trusted }
}

async fn buy(proxy: &Running, user: &str, key: &str) -> Reply {
    let headers =
        format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\nX-User: {user}\r\n");
    request(proxy.url(), "POST", "/openapi/ha3/instances", &headers, GOOD).await
}

async fn get(proxy: &Running, user: &str, target: &str) -> Reply {
    request(proxy.url(), "GET", target, &format!("X-User: {user}\r\n"), "").await
}

async fn becomes(proxy: &Running, user: &str, key: &str, state: &str) -> Value {
    let found = async {
        loop {
            let found = get(proxy, user, &format!("/purchases/{key}")).await.json();
            if found["state"] == state {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    in_time(found).await
}

/// Returns what `havenask-proxy check` finds with these settings.
async fn checked(ledger: &str, upstream: &str) -> String {
    let words =
        ["havenask-proxy", "--listen=127.0.0.1:0", "--ledger", ledger, "--upstream", upstream];
    let settings = Cli::try_parse_from(words).unwrap().settings;
    let mut out = Vec::new();
    check::run(&settings, |_| Some("x".to_owned()), &mut out).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines().find(|line| line.contains("  ledger  ")).unwrap().to_owned()
}

#[tokio::test]
async fn a_key_belongs_to_its_principal() {
    let emulator = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let shop = proxy(emulator.url(), &new_ledger().await, |_| {}).await;
    let lose = || {
        emulator
            .faults()
            .add(Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1))
            .unwrap();
    };
    let users = ["alice", "bob", "Bob", "carol"];
    let mut found = BTreeMap::new();
    for (number, user) in users.into_iter().enumerate() {
        // Half of the answers are lost: those instances are found by their tags.
        if number % 2 == 1 {
            lose();
        }
        assert_eq!(get(&shop, user, "/purchases/key-number-1").await.status, 404, "{user}");
        let status = buy(&shop, user, "key-number-1").await.status;
        assert_eq!(status, if number % 2 == 1 { 502 } else { 200 }, "{user}");
        let bought = becomes(&shop, user, "key-number-1", "created").await;
        found.insert(bought["instanceId"].to_string(), user);
        assert_eq!(
            buy(&shop, user, "key-number-1").await.header("idempotency-replayed"),
            Some("true")
        );
    }
    assert_eq!(found.len(), users.len(), "{found:?}");
    let list = get(&shop, "alice", "/openapi/ha3/instances").await.json();
    let tags: BTreeMap<_, _> = list["result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["tags"][0]["value"].to_string(), it["instanceId"].to_string()))
        .collect();
    assert_eq!(tags.len(), users.len(), "{tags:?}");
    // The first buyer has the key itself as the tag.
    assert_eq!(found[&tags["\"key-number-1\""]], "alice");
}

#[tokio::test]
async fn a_ledger_belongs_to_one_endpoint() {
    let [one, other] = [cloud(Part::Close).await.0, cloud(Part::Close).await.0];
    let ledger = new_ledger().await;
    proxy(&one, &ledger, |_| {}).await.stop().await;
    proxy(&one, &ledger, |_| {}).await.stop().await;
    let elsewhere = Config { ledger: ledger.clone().into(), ..config(&other).await };
    let refused = start(elsewhere.clone()).await.unwrap_err().to_string();
    assert!(refused.contains(&one) && refused.contains("ledger bind"), "{refused}");
    assert!(checked(&ledger, &one).await.starts_with("ok"));
    let found = checked(&ledger, &other).await;
    assert!(found.starts_with("fail") && found.contains(&one), "{found}");

    let bind =
        |rest: &[&str]| ledger_command(&ledger, &[&["bind", "--upstream", &other], rest].concat());
    execute_all(&ledger, "INSERT INTO purchases (key, principal, body_hash, request, state, again, created_at, updated_at) \
        VALUES ('key-number-1', 'a', '', '', 'pending', 0, 0, 0)").await;
    assert!(bind(&[]).unwrap_err().contains("--with-pending"));
    assert!(start(elsewhere.clone()).await.is_err());
    assert!(bind(&["--with-pending"]).unwrap().contains(&one));
    start(elsewhere).await.unwrap().stop().await;
    let back = start(Config { ledger: ledger.clone().into(), ..config(&one).await }).await;
    assert!(back.unwrap_err().to_string().contains(&other));
}

#[tokio::test]
async fn a_result_that_meets_a_settled_purchase_is_never_passed_over() {
    let emulator = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let audit =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("conflict-{}", std::process::id()));
    let _ = std::fs::remove_file(&audit);
    let ledger = new_ledger().await;
    let shop = proxy(emulator.url(), &ledger, |config| {
        config.audit = Some(audit.clone());
        config.limits.reconcile_interval = Duration::from_hours(1);
    })
    .await;
    let slowly = Fault::Delay { milliseconds: 500 };
    emulator.faults().add(Rule::new(slowly).on("CreateInstance").times(1)).unwrap();
    let (bought, ()) = tokio::join!(buy(&shop, "alice", "key-number-1"), async {
        while emulator.faults().list()[0].hit == 0 {
            tokio::task::yield_now().await;
        }
        // As two persons and another proxy may have done in the meantime.
        execute(&ledger, "UPDATE purchases SET state = 'failed', settled_by = 'somebody', answer = '{}', status = 409").await;
    });
    let id = bought.json()["result"]["instanceId"].clone();
    assert_eq!(bought.status, 200);
    let told = get(&shop, "alice", "/metrics").await.body;
    assert!(
        told.contains(r#"havenask_proxy_purchases_total{outcome="conflict",region=""} 1"#),
        "{told}"
    );
    let lines = std::fs::read_to_string(&audit).unwrap();
    let line = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let line = line.into_iter().find(|line| line["event"] == "conflict").unwrap();
    assert_eq!(
        (&line["result"], &line["instanceId"], &line["principal"]),
        (&json!("created"), &id, &json!("alice"))
    );
    // An instance that is there was made, whatever was believed.
    let again = buy(&shop, "alice", "key-number-1").await;
    assert_eq!((again.status, &again.json()["result"]["instanceId"]), (200, &id));
}

/// A PostgreSQL ledger whose server's clock is 7,200 seconds ahead; none where there is no such server.
async fn skewed_ledger() -> Option<String> {
    let ledger = new_ledger().await;
    let schema = ledger.rsplit_once("search_path]=")?.1.to_owned();
    execute_all(
        &ledger,
        &format!(
            "CREATE FUNCTION {schema}.clock_timestamp() RETURNS timestamptz LANGUAGE sql \
         AS $$ SELECT pg_catalog.clock_timestamp() + interval '7200 seconds' $$"
        ),
    )
    .await;
    // A schema that stands before it hides what PostgreSQL has by itself.
    Some(format!("{ledger},pg_catalog"))
}

#[tokio::test]
async fn purchases_age_by_the_clock_of_the_server() {
    let Some(ledger) = skewed_ledger().await else { return };
    let emulator = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let few = |config: &mut Config| config.policy.purchases_per_hour = Some(2);
    let shop = proxy(emulator.url(), &ledger, few).await;
    let found = checked(&ledger, emulator.url()).await;
    assert!(
        found.starts_with("warn") && found.contains("s behind that of the ledger's server"),
        "{found}"
    );
    emulator
        .faults()
        .add(Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1))
        .unwrap();
    emulator
        .faults()
        .add(Rule::new(Fault::LateVisibility { seconds: 2 }).on("CreateInstance").times(1))
        .unwrap();
    assert_eq!(buy(&shop, "alice", "key-number-1").await.status, 502);
    // Neither old at once nor young for ever.
    becomes(&shop, "alice", "key-number-1", "created").await;
    assert_eq!(buy(&shop, "alice", "key-number-2").await.status, 200);
    assert_eq!(buy(&shop, "alice", "key-number-3").await.json()["code"], "TooManyPurchases");
    let (open, _) = Ledger::open(&ledger.clone().into()).await.unwrap();
    let entry = open.find("key-number-2").await.unwrap().unwrap();
    let here = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    assert!((entry.created_at - here - 7_200_000).abs() < 60_000, "{entry:?}");
    assert_eq!(entry.state, PurchaseState::Created);
}

#[tokio::test]
async fn a_new_loss_is_reconciled_before_older_ones() {
    const OLD: u32 = 3000;
    let emulator = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    let rows: Vec<_> = (0..OLD)
        .map(|number| format!("('old-{number}', 'alice', '', '{{}}', 'pending', 0, 0, {number})"))
        .collect();
    execute_all(&ledger, &format!("INSERT INTO purchases (key, principal, body_hash, request, state, again, created_at, updated_at) \
        VALUES {}", rows.join(", "))).await;
    let shop = proxy(emulator.url(), &ledger, |config| config.limits.reconcile_rate = 50).await;
    emulator
        .faults()
        .add(Rule::new(Fault::CloseAfterCommit).on("CreateInstance").times(1))
        .unwrap();
    assert_eq!(buy(&shop, "alice", "key-number-1").await.status, 502);
    becomes(&shop, "alice", "key-number-1", "created").await;
    let told = get(&shop, "alice", "/metrics").await.body;
    let counted = |name: &str| -> f64 {
        told.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().parse().unwrap()
    };
    let left = counted(r#"havenask_proxy_purchases_open{state="pending"}"#);
    assert!(left > f64::from(OLD) - 1000.0, "{left}");
}

#[tokio::test]
async fn an_id_that_forges_lines_is_not_taken_from_the_cloud() {
    for id in ["ha\\n2026  created  key", "\\u001b[2J", "", ".", "..", "a/b", "a b", "\\u202eha"] {
        let body = format!(
            r#"{{"requestId":"R","totalCount":1,"result":[{{"instanceId":"{id}","tags":[{{"key":"havenask-purchase","value":"key-number-1"}}]}}]}}"#
        );
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let (upstream, _) = cloud(Part::Lose(answer.leak())).await;
        let hasty = |config: &mut Config| config.limits.reconcile_deadline = Duration::from_secs(1);
        let ledger = new_ledger().await;
        let shop = proxy(&upstream, &ledger, hasty).await;
        assert_eq!(buy(&shop, "alice", "key-number-1").await.status, 502);
        let unknown = becomes(&shop, "alice", "key-number-1", "unknown").await;
        assert_eq!(unknown["instanceId"], Value::Null, "{id}");
        assert_eq!(ledger_command(&ledger, &["list"]).unwrap().lines().count(), 1);
    }
}
