//! Durability: acknowledged changes survive a kill.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use havenask_core::{
    Algorithm, Credentials, Endpoint, SigningContext, Timestamp, model::ListInstancesRequest,
    operation, sign,
};
use havenask_emulator::EmulatorError;
use serde_json::json;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use support::{
    Cloud, FULL, KEY, SECRET, delete, exchange, nonce, request, store_path, tag, update, wire,
};

#[tokio::test]
async fn instances_survive_a_restart() {
    let path = store_path("stop");
    let cloud = Cloud::in_file(&path).await.unwrap();
    let first = cloud.buy(&request(FULL)).await;
    let second = cloud.buy(&request(FULL)).await;
    let before = cloud.list(&ListInstancesRequest::default()).await;
    cloud.running.stop().await;

    let cloud = Cloud::in_file(&path).await.unwrap();
    let after = cloud.list(&ListInstancesRequest::default()).await;
    assert_eq!(after["result"], before["result"], "the same instances in the same order");
    assert_eq!(after["result"][0]["instanceId"], second);
    assert_eq!(cloud.get(&first).await.status, 200);
    cloud.running.stop().await;

    let mut file = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let stored: String = sqlx::query_scalar("SELECT request FROM instances WHERE id = ?")
        .bind(&first)
        .fetch_one(&mut file)
        .await
        .unwrap();
    assert_eq!(request(&stored), request(FULL), "the components are kept too");
}

#[tokio::test]
async fn instances_survive_a_drop() {
    let path = store_path("drop");
    let cloud = Cloud::in_file(&path).await.unwrap();
    let id = cloud.buy(&request(FULL)).await;
    drop(cloud);
    let cloud = Cloud::in_file(&path).await.unwrap();
    assert_eq!(cloud.get(&id).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_purchases_are_all_stored() {
    let path = store_path("crowd");
    let cloud = Arc::new(Cloud::in_file(&path).await.unwrap());
    let crowd: Vec<_> = (0..100)
        .map(|_| {
            let cloud = Arc::clone(&cloud);
            tokio::spawn(async move { cloud.buy(&request(FULL)).await })
        })
        .collect();
    let mut ids = Vec::new();
    for buyer in crowd {
        ids.push(buyer.await.unwrap());
    }
    drop(cloud);
    let cloud = Cloud::in_file(&path).await.unwrap();
    assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 100);
    for id in ids {
        assert_eq!(cloud.get(&id).await.status, 200);
    }
}

#[tokio::test]
async fn an_unusable_store_is_named_and_left_unchanged() {
    let path = store_path("newer");
    Cloud::in_file(&path).await.unwrap().running.stop().await;
    change(&path, "PRAGMA user_version = 4").await;
    let error = refused(&path).await;
    assert!(matches!(error, EmulatorError::NewerStore { found: 4, known: 3, .. }), "{error:?}");
    assert!(error.to_string().contains("newer emulator"), "{error}");

    let path = store_path("foreign");
    change(&path, "CREATE TABLE ledger (key TEXT)").await;
    let before = std::fs::read(&path).unwrap();
    let error = refused(&path).await;
    assert!(matches!(error, EmulatorError::ForeignStore(_)), "{error:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let path = store_path("garbage");
    std::fs::write(
        &path,
        "this is a text, and longer than the head of a database would be. ".repeat(20),
    )
    .unwrap();
    assert!(matches!(refused(&path).await, EmulatorError::ForeignStore(_)));

    let path = store_path("broken");
    Cloud::in_file(&path).await.unwrap().running.stop().await;
    change(&path, "INSERT INTO instances VALUES ('ha-cn-1', 0, 'x', NULL, NULL, NULL, 0, '1')")
        .await;
    let error = refused(&path).await;
    assert!(error.to_string().contains("ha-cn-1"), "{error}");

    let error = refused(Path::new("/nonexistent/folder/store.db")).await;
    assert!(error.to_string().contains("folder exists"), "{error}");
}

#[tokio::test]
async fn a_store_and_a_port_have_one_owner() {
    let path = store_path("owner");
    let owner = Cloud::in_file(&path).await.unwrap();
    let error = refused(&path).await;
    assert!(error.to_string().contains("in use"), "{error}");

    let taken = owner.address().to_owned();
    let error = Cloud::start_with(|config| config.listen = taken).await.err().unwrap();
    assert!(error.to_string().contains("by another program"), "{error}");
}

/// The command, as a process of its own.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(path: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_havenask-emulator"))
            .args(["--listen", "127.0.0.1:0", "--store", path.to_str().unwrap()])
            .env("HAVENASK_EMULATOR_ACCESS_KEY_ID", KEY)
            .env("HAVENASK_EMULATOR_ACCESS_KEY_SECRET", SECRET)
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").unwrap().to_owned();
        Self { child, url }
    }

    async fn call(&self, operation: operation::Operation) -> support::TestResponse {
        let seconds = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let signed = sign::operation(
            operation,
            &Endpoint::parse(&self.url).unwrap(),
            &Credentials::new(KEY, SECRET),
            Algorithm::Acs3HmacSha256,
            &SigningContext {
                date: Timestamp::from_unix(seconds.try_into().unwrap()),
                nonce: nonce(),
            },
        );
        let target = signed.url.strip_prefix(&self.url).unwrap();
        let bytes = wire(&signed.method, target, &signed.headers, &signed.body);
        exchange(self.url.strip_prefix("http://").unwrap(), &bytes).await
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn instances_survive_a_kill() {
    let path = store_path("kill");
    let mut ids = Vec::new();
    for _ in 0..3 {
        let mut process = Process::start(&path);
        let answer = process.call(operation::create_instance(&request(FULL), None)).await;
        ids.push(answer.json()["result"]["instanceId"].as_str().unwrap().to_owned());
        // SIGKILL: the process runs no code of its own after this.
        process.child.kill().unwrap();
        process.child.wait().unwrap();
    }
    let process = Process::start(&path);
    for id in ids {
        assert_eq!(process.call(operation::get_instance(&id)).await.status, 200);
    }
}

#[tokio::test]
async fn changes_survive_a_kill() {
    let path = store_path("kill-changes");
    let mut process = Process::start(&path);
    let mut ids = Vec::new();
    for _ in 0..2 {
        let answer = process.call(operation::create_instance(&request(FULL), None)).await;
        ids.push(answer.json()["result"]["instanceId"].as_str().unwrap().to_owned());
    }
    let labels = json!({"resourceType": "instance", "resourceId": [ids[0]], "tag": [{"key": "new", "value": "新"}]});
    let size = json!({"components": [{"code": "searcherdocsize", "value": "400"}], "orderType": "UPGRADE"});
    for (operation, body) in [
        (update(&ids[0]), json!({"description": "first"})),
        (update(&ids[0]), size),
        (tag(), labels),
        (delete(&ids[1]), json!({})),
    ] {
        let operation = operation::Operation { body: Some(body.to_string()), ..operation };
        assert_eq!(process.call(operation).await.status, 200);
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        process = Process::start(&path);
    }
    let instance = process.call(operation::get_instance(&ids[0])).await.json()["result"].clone();
    assert_eq!(instance["description"], "first");
    assert_eq!(instance["spec"]["searchResource"]["disk"], 400);
    assert_eq!(instance["tags"][2], json!({"key": "new", "value": "新"}));
    assert_eq!(process.call(operation::get_instance(&ids[1])).await.status, 404);
}

#[tokio::test]
async fn a_store_of_version_1_is_migrated() {
    let path = store_path("migrated");
    let row = format!("INSERT INTO instances VALUES ('ha-cn-old', 1772352000, '{FULL}')");
    for statement in [
        "CREATE TABLE instances (id TEXT PRIMARY KEY NOT NULL, created_at INTEGER NOT NULL, request TEXT NOT NULL) STRICT",
        &row,
        "PRAGMA application_id = 0x4876456d",
        "PRAGMA user_version = 1",
    ] {
        change(&path, statement).await;
    }
    for description in ["before", "after"] {
        let cloud = Cloud::in_file(&path).await.unwrap();
        assert_eq!(cloud.list(&ListInstancesRequest::default()).await["totalCount"], 1);
        let body = json!({"description": description});
        assert_eq!(cloud.ask(update("ha-cn-old"), &body).await.status, 200);
        let instance = cloud.get("ha-cn-old").await.json()["result"].clone();
        assert_eq!(instance["description"], description);
        assert_eq!(instance["createTime"], "2026-03-01T08:00:00Z");
        cloud.running.stop().await;
    }
}

#[tokio::test]
async fn signals_shut_the_command_down_gracefully() {
    for name in ["TERM", "INT"] {
        let mut process = Process::start(&store_path(name));
        // A bare machine has no `kill` program, but every shell has it built in.
        let kill = format!("kill -s {name} {}", process.child.id());
        let told = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(told.success());
        assert!(process.child.wait().unwrap().success(), "{name}");
    }
}

#[test]
fn the_command_names_the_error_of_a_start() {
    let output = Command::new(env!("CARGO_BIN_EXE_havenask-emulator"))
        .args(["--store", "/nonexistent/folder/store.db", "--listen", "127.0.0.1:0"])
        .args(["--access-key-id", KEY, "--access-key-secret", SECRET])
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.starts_with("error: cannot open the store"), "{text}");
}

async fn change(path: &Path, statement: &str) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut file = options.connect().await.unwrap();
    sqlx::query(AssertSqlSafe(statement)).execute(&mut file).await.unwrap();
    file.close().await.unwrap();
}

async fn refused(path: &Path) -> EmulatorError {
    Cloud::in_file(path).await.err().unwrap()
}
