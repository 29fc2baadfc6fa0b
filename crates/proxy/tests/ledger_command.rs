//! `havenask-proxy ledger`: what a restore needs, and what old purchases cost.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use havenask_proxy::{
    Config,
    ledger::{Ledger, PurchaseState},
    start,
};
use serde_json::{Value, json};
use support::{CREATED, GOOD, Reply, cloud, config, create_ledger, execute, new_ledger, request};

/// Returns what `havenask-proxy ledger` prints, or why not.
fn ledger_command(ledger: &str, arguments: &[&str], input: &str) -> Result<String, String> {
    let mut process = Command::new(env!("CARGO_BIN_EXE_havenask-proxy"));
    process.args(["ledger", "--ledger", ledger]).args(arguments).env("USER", "somebody");
    let process = process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = process.spawn().unwrap();
    // A command that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (printed, errors) = (text(output.stdout), text(output.stderr));
    if output.status.success() { Ok(printed) } else { Err(printed + &errors) }
}

async fn buy(url: String, key: &str) -> Reply {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
    request(url, "POST", "/openapi/ha3/instances", &headers, GOOD).await
}

async fn keys(ledger: &str) -> Vec<(String, PurchaseState)> {
    let (ledger, writer) = Ledger::open(&ledger.to_owned().into()).await.unwrap();
    let mut keys: Vec<_> =
        ledger.list(None, 1000).await.unwrap().into_iter().map(|it| (it.key, it.state)).collect();
    drop(ledger);
    writer.await.unwrap();
    keys.sort_by(|one, other| one.0.cmp(&other.0));
    keys
}

#[tokio::test]
async fn a_restore_takes_keys_out_of_the_list_of_instances_and_nothing_else() {
    let hostile = [
        "x'); DELETE FROM purchases; --",
        "\\! touch /tmp/havenask-was-here",
        "$(touch /tmp/havenask-was-here)",
        "`id`",
        "key-number-1\n2026 created key-forged",
        "\u{1b}[2J",
        "",
        "short",
        "key-number-1.",
        "key-number-1.zz",
        "..",
    ];
    let instance = |id: &str, tag: &str| json!({ "instanceId": id, "tags": [{ "key": "havenask-purchase", "value": tag }] });
    let mut instances: Vec<_> = hostile.iter().map(|tag| instance("ha-cn-hostile", tag)).collect();
    instances.push(instance("ha-cn-1", "key-number-1"));
    instances.push(instance("ha-cn-2", "key-number-2.00ff00ff00ff00ff"));
    for id in ["a\nb", "", "x y", ".."] {
        instances.push(instance(id, "key-number-5"));
    }
    let two = json!([{ "key": "havenask-purchase", "value": "key-number-6" }, { "key": "havenask-purchase", "value": "key-number-7" }]);
    instances.push(json!({ "instanceId": "ha-cn-two", "tags": two }));
    instances.push(json!({ "instanceId": "ha-cn-others", "tags": null }));
    let page = json!({ "requestId": "R", "totalCount": 99, "result": instances }).to_string();

    let ledger = new_ledger().await;
    let (upstream, sent) = cloud(CREATED).await;
    let run = async || {
        let config = Config { ledger: ledger.clone().into(), ..config(&upstream).await };
        start(config).await.unwrap()
    };
    let proxy = run().await;
    assert_eq!(buy(proxy.url(), "key-number-0").await.status, 200);
    proxy.stop().await;
    let two_pages = format!(
        "{page}\n{}",
        json!({ "requestId": "R", "result": [instance("ha-cn-0", "key-number-0")] })
    );
    let said = ledger_command(&ledger, &["import"], &two_pages).unwrap_err();
    assert!(
        said.starts_with(
            "3 purchases are imported, 4 were known, 12 could not be read; 1 instances"
        ),
        "{said}"
    );
    assert!(said.contains("12 entries could not be read"), "{said}");
    let said = ledger_command(&ledger, &["import"], &two_pages).unwrap_err();
    assert!(said.starts_with("0 purchases are imported, 7 were known"), "{said}");
    let expected = ["0", "1", "2", "5"].map(|number| {
        let is_known = number != "5";
        let state = if is_known { PurchaseState::Created } else { PurchaseState::Unknown };
        (format!("key-number-{number}"), state)
    });
    assert_eq!(keys(&ledger).await, expected);

    // Their keys buy nothing more, whoever asks; others do.
    let proxy = run().await;
    for key in ["key-number-1", "key-number-2", "key-number-5"] {
        assert_eq!(buy(proxy.url(), key).await.json()["code"], "IdempotencyKeyReused", "{key}");
    }
    assert_eq!(sent.lock().await.len(), 1);
    assert_eq!(buy(proxy.url(), "key-number-3").await.status, 200);
}

#[tokio::test]
async fn an_export_is_imported_unchanged() {
    let (one, other) = (new_ledger().await, new_ledger().await);
    create_ledger(&one).await;
    execute(&one, "INSERT INTO purchases (key, principal, body_hash, request, state, again, instance_id, settled_by, created_at, updated_at) VALUES \
        ('key-number-1', 'alice', '', '{}', 'created', 0, 'ha-cn-1', 'o''neil', 1, 2), \
        ('key-number-2', 'bob', '', '{\"a\":\"中\"}', 'pending', 0, NULL, NULL, 3, 4), \
        ('key-number-3', 'alice', '', '{}', 'unknown', 0, NULL, NULL, 5, 5)").await;
    let lines = ledger_command(&one, &["export"], "").unwrap();
    assert!(
        ledger_command(&other, &["import"], &format!("\u{feff}{lines}"))
            .unwrap()
            .starts_with("3 purchases are imported")
    );
    assert_eq!(ledger_command(&other, &["export"], "").unwrap(), lines);
    for (wrong, says) in [
        ("{", "EOF"),
        ("nonsense", "expected"),
        ("{\"result\":[]}", "0 purchases"),
        ("[1]", "1 could not be read"),
    ] {
        let said = ledger_command(&other, &["import"], wrong).unwrap_or_else(|said| said);
        assert!(said.contains(says), "{wrong}: {said}");
    }
    let row = |field: &str, value: Value| {
        let mut row: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
        row["key"] = json!("key-number-9");
        row[field] = value;
        row.to_string()
    };
    for (field, value) in [
        ("key", json!("x'y")),
        ("state", json!("bought")),
        ("principal", json!("a\u{0}b")),
        ("bodyHash", json!("zz")),
        ("status", json!(9)),
        ("createdAt", json!("1")),
        ("updatedAt", json!(0)),
        ("tag", json!("key-number-8")),
        ("answer", json!("no JSON")),
        ("another", json!(1)),
    ] {
        let said = ledger_command(&other, &["import"], &row(field, value)).unwrap_err();
        assert!(
            said.contains("0 purchases are imported, 0 were known, 1 could not be read"),
            "{field}: {said}"
        );
    }
    assert!(
        ledger_command(&other, &["import"], &row("status", json!(200)))
            .unwrap()
            .starts_with("1 purchases")
    );
    // A key is not left out for its instance: it cannot buy again.
    for (number, id) in [("7", json!("a\nb")), ("8", Value::Null)] {
        let key = format!("key-number-{number}");
        let row = row("instanceId", id).replace("key-number-9", &key);
        assert!(
            ledger_command(&other, &["import"], &row).unwrap().starts_with("1 purchases"),
            "{key}"
        );
        assert!(keys(&other).await.contains(&(key, PurchaseState::Unknown)));
    }
}

#[tokio::test]
async fn only_what_is_settled_and_old_is_forgotten() {
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    execute(&ledger, "INSERT INTO purchases (key, principal, body_hash, request, state, again, created_at, updated_at) VALUES \
        ('old-created', 'a', '', '{}', 'created', 0, 0, 0), ('old-failed', 'a', '', '{}', 'failed', 0, 0, 0), \
        ('old-pending', 'a', '', '{}', 'pending', 0, 0, 0), ('old-unknown', 'a', '', '{}', 'unknown', 0, 0, 0), \
        ('new-created', 'a', '', '{}', 'created', 0, 0, 9000000000000)").await;
    for wrong in ["1h", "0d", "90", "-1d"] {
        assert!(ledger_command(&ledger, &["prune", "--older-than", wrong], "").is_err(), "{wrong}");
    }
    assert!(ledger_command(&ledger, &["prune"], "").is_err());
    assert!(
        ledger_command(&ledger, &["prune", "--older-than", "90d"], "")
            .unwrap()
            .starts_with("2 purchases")
    );
    let left: Vec<_> = keys(&ledger).await.into_iter().map(|(key, _)| key).collect();
    assert_eq!(left, ["new-created", "old-pending", "old-unknown"]);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_hides_no_other() {
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    execute(&ledger, "INSERT INTO purchases (key, principal, body_hash, request, state, again, instance_id, created_at, updated_at) VALUES \
        ('key-number-1', 'a', '', '{}', 'created', 0, 'ha-cn-1', 1, 1), ('key-number-2', 'a', '', '{}', 'bought', 0, NULL, 2, 2), \
        ('key-number-3', 'a', '', '{}', 'created', 0, 'ha-' || chr_or_char || 'x', 3, 3)"
        .replace("chr_or_char", if ledger.starts_with("sqlite:") { "char(10)" } else { "chr(10)" }).leak()).await;
    let said = ledger_command(&ledger, &["export"], "").unwrap_err();
    assert!(said.contains("key-number-2") && said.contains("1 rows"), "{said}");
    let output = Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
        .args(["ledger", "--ledger", &ledger, "list"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("ha-\\u000ax"), "{text}");
    // Nor does it keep a proxy from buying.
    let (upstream, _) = cloud(CREATED).await;
    let proxy = start(Config { ledger: ledger.into(), ..config(&upstream).await }).await.unwrap();
    assert_eq!(buy(proxy.url(), "key-number-4").await.status, 200);
    assert_eq!(buy(proxy.url(), "key-number-2").await.status, 200, "it is another principal's");
}
