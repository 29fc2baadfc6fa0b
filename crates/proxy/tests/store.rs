//! After any failure of the store: nothing is sent that is not written, and the next purchase works as soon as the store does.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{fs, path::PathBuf, time::Duration};

use havenask_emulator::{Config as Cloud, Emulator, Fault, Rule, Running as RunningCloud};
use havenask_proxy::{
    Config, Running,
    ledger::{Ledger, State},
    start,
};
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use support::{GOOD, Reply, SECRET, config, in_time, new_ledger, request};

/// A proxy in front of an emulator, and its ledger.
struct Shop {
    cloud: RunningCloud,
    proxy: Running,
    ledger: String,
}

impl Shop {
    async fn open(ledger: String) -> Self {
        Self::with(ledger, |_| {}).await
    }

    async fn with(ledger: String, change: impl FnOnce(&mut Config)) -> Self {
        let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
        let mut config = config(cloud.url()).await;
        config.ledger = ledger.clone().into();
        config.limits.answer = Duration::from_secs(10);
        config.limits.first_look = Duration::from_millis(10);
        change(&mut config);
        let proxy = start(config).await.unwrap();
        Self { cloud, proxy, ledger }
    }

    async fn buy(&self, key: &str) -> Reply {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        request(self.proxy.url(), "POST", "/openapi/ha3/instances", &headers, GOOD).await
    }

    async fn get(&self, target: &str) -> Reply {
        request(self.proxy.url(), "GET", target, "", "").await
    }

    async fn becomes(&self, key: &str, state: &str) -> Value {
        let found = async {
            loop {
                let found = self.get(&format!("/purchases/{key}")).await.json();
                if found["state"] == state {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        in_time(found).await
    }

    /// How many instances the cloud has.
    async fn instances(&self) -> usize {
        let list = self.get("/openapi/ha3/instances?pageSize=50").await;
        list.json()["result"].as_array().unwrap().len()
    }

    /// Whether the proxy says by itself that purchases can be written.
    async fn is_ready(&self) -> bool {
        let ready = self.get("/readyz").await.status == 200;
        let told = self.get("/metrics").await.body;
        let line = format!("havenask_proxy_ledger_writable {}", i32::from(ready));
        assert!(told.lines().any(|told| told == line), "{line} in\n{told}");
        ready
    }

    /// Changes the ledger from outside; several statements may be in one text.
    async fn execute(&self, statements: &str) {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&self.ledger).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    fn file(&self) -> Option<PathBuf> {
        self.ledger.strip_prefix("sqlite:").map(PathBuf::from)
    }
}

fn assert_unavailable(reply: &Reply) {
    let failure = reply.json();
    assert_eq!((reply.status, &failure["code"]), (503, &json!("LedgerUnavailable")), "{failure}");
    assert_eq!(failure["outcome"], "not-created");
}

/// Statements that have every change of this kind (`INSERT` or `UPDATE`) of this key fail, and how.
fn breaks(ledger: &str, change: &str, key: &str, how: &str) -> String {
    if ledger.starts_with("sqlite:") {
        let fails = match how {
            "at the commit" => "INSERT INTO orphans VALUES (1)".to_owned(),
            // As SQLite does when the disk is full: the transaction is gone already.
            "and roll back" => "SELECT RAISE(ROLLBACK, 'injected')".to_owned(),
            _ => "SELECT RAISE(ABORT, 'injected')".to_owned(),
        };
        return format!(
            "CREATE TABLE IF NOT EXISTS parents (id INTEGER PRIMARY KEY);
             CREATE TABLE IF NOT EXISTS orphans (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER broken AFTER {change} ON purchases WHEN NEW.key LIKE '{key}' BEGIN {fails}; END"
        );
    }
    let (constraint, deferred) = match how {
        "at the commit" => ("CONSTRAINT", "DEFERRABLE INITIALLY DEFERRED"),
        _ => ("", ""),
    };
    let fails = match how {
        "and hang up" => "PERFORM pg_terminate_backend(pg_backend_pid())",
        _ => "RAISE EXCEPTION 'injected'",
    };
    format!(
        "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {fails}; RETURN NEW; END $$;
         CREATE {constraint} TRIGGER broken AFTER {change} ON purchases {deferred} FOR EACH ROW
         WHEN (NEW.key LIKE '{key}') EXECUTE FUNCTION broken()"
    )
}

fn mends(ledger: &str) -> &'static str {
    if ledger.starts_with("sqlite:") {
        "DROP TRIGGER broken"
    } else {
        "DROP TRIGGER broken ON purchases"
    }
}

#[tokio::test]
async fn a_purchase_that_cannot_be_written_is_not_sent_and_the_next_one_is_bought() {
    let shop = Shop::open(new_ledger().await).await;
    for (number, how) in
        ["at once", "and roll back", "and hang up", "at the commit"].iter().enumerate()
    {
        assert!(shop.is_ready().await);
        shop.execute(&breaks(&shop.ledger, "INSERT", "%", how)).await;
        for _ in 0..3 {
            assert_unavailable(&shop.buy(&format!("key-number-{number}")).await);
        }
        assert!(!shop.is_ready().await, "{how}");
        assert_eq!(shop.instances().await, number, "{how}");
        shop.execute(mends(&shop.ledger)).await;
        let bought = shop.buy(&format!("key-number-{number}")).await;
        assert_eq!(bought.status, 200, "{how}: {}", bought.body);
    }
}

#[tokio::test]
async fn what_cannot_be_written_of_the_end_is_written_later_and_nothing_is_sent_again() {
    for how in ["at once", "and roll back", "and hang up", "at the commit"] {
        let shop = Shop::with(new_ledger().await, |config| {
            config.limits.first_look = Duration::from_hours(1);
        })
        .await;
        shop.execute(&breaks(&shop.ledger, "UPDATE", "key-%", how)).await;
        assert_eq!(shop.buy("key-number-1").await.status, 200, "{how}");
        let refuse = Fault::Refuse { code: "InvalidPayMethod".into(), committed: false };
        shop.cloud.faults().add(Rule::new(refuse).on("CreateInstance").times(1)).unwrap();
        assert_eq!(shop.buy("key-number-2").await.status, 400, "{how}");
        for key in ["key-number-1", "key-number-2"] {
            assert_eq!(shop.buy(key).await.json()["code"], "PurchaseUnderWay", "{how} {key}");
        }
        assert_eq!(shop.instances().await, 1, "{how}");
        shop.execute(mends(&shop.ledger)).await;
        shop.becomes("key-number-1", "created").await;
        assert_eq!(
            shop.becomes("key-number-2", "failed").await["error"]["code"],
            "InvalidPayMethod"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_record_spoils_itself_alone() {
    let shop = Shop::open(new_ledger().await).await;
    for how in ["at once", "and roll back", "at the commit"] {
        shop.execute(&breaks(&shop.ledger, "INSERT", "bad-%", how)).await;
        let buy = async |name: &'static str| {
            let mut buyers = tokio::task::JoinSet::new();
            for number in 0..20 {
                let (url, key) =
                    (shop.proxy.url(), format!("{name}-{number}-{}", how.replace(' ', "-")));
                let headers =
                    format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
                buyers.spawn(async move {
                    request(url, "POST", "/openapi/ha3/instances", &headers, GOOD).await.status
                });
            }
            buyers.join_all().await
        };
        let (good, bad) = tokio::join!(buy("good-key"), buy("bad-key"));
        assert!(good.iter().all(|status| *status == 200), "{how}: {good:?}");
        assert!(bad.iter().all(|status| *status == 503), "{how}: {bad:?}");
        assert!(shop.is_ready().await);
        shop.execute(mends(&shop.ledger)).await;
    }
}

#[tokio::test]
async fn a_text_that_no_database_takes_hides_nothing_that_was_bought() {
    const ODD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 73\r\n\r\n{\"requestId\":\"R\\u0000-\\u001b[2J1\",\"result\":{\"instanceId\":\"ha-cn-abc123\"}}";
    let (upstream, _) = support::cloud(support::Part::Answer(ODD)).await;
    let mut config = config(&upstream).await;
    let ledger = config.ledger.clone();
    config.limits.answer = Duration::from_secs(10);
    let proxy = start(config).await.unwrap();
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-number-1\r\n";
    let bought = request(proxy.url(), "POST", "/openapi/ha3/instances", headers, GOOD).await;
    assert_eq!(bought.status, 200, "{}", bought.body);
    proxy.stop().await;
    let (ledger, _) = Ledger::open(&ledger).await.unwrap();
    let entry = ledger.find("key-number-1").await.unwrap().unwrap();
    assert_eq!((entry.state, entry.request_id.as_deref()), (State::Created, Some("R-[2J1")));
}

#[tokio::test]
async fn a_file_that_is_deleted_or_replaced_is_noticed_and_one_that_is_put_back_is_used() {
    // Nobody else asks for the ledger while its files are moved one by one.
    let rarely = |config: &mut Config| config.limits.first_look = Duration::from_hours(1);
    let shop = Shop::with(new_ledger().await, rarely).await;
    let Some(file) = shop.file() else { return };
    let beside =
        |name: &str| file.with_file_name(format!("{}-{name}", file.file_name().unwrap().display()));
    let away = || fs::rename(&file, beside("away")).unwrap();
    let back = || fs::rename(beside("away"), &file).unwrap();
    let old = beside("old");
    let _ = fs::remove_file(&old);
    shop.execute(&format!("VACUUM INTO '{}'", old.display())).await;
    assert_eq!(shop.buy("key-number-0").await.status, 200);
    let cases =
        ["nothing", "an empty file", "an older copy", "a folder", "an older copy alone", "no log"];
    for (number, what) in cases.into_iter().enumerate() {
        match what {
            "no log" => fs::remove_file(beside("wal")).unwrap(),
            "an older copy alone" => {
                away();
                fs::rename(beside("wal"), beside("away-wal")).unwrap();
                fs::rename(beside("shm"), beside("away-shm")).unwrap();
            }
            _ => away(),
        }
        match what {
            "an empty file" => fs::write(&file, "").unwrap(),
            "an older copy" | "an older copy alone" => drop(fs::copy(&old, &file).unwrap()),
            "a folder" => fs::create_dir(&file).unwrap(),
            _ => {}
        }
        let key = format!("key-number-{}", number + 1);
        if what != "no log" {
            assert_unavailable(&shop.buy(&key).await);
            assert!(!shop.is_ready().await, "{what}");
            // Nobody is told that what was bought before never arrived.
            assert_eq!(shop.get("/purchases/key-number-0").await.status, 503, "{what}");
            assert_eq!(shop.instances().await, number + 1);
        }
        match what {
            "no log" | "nothing" => {}
            "a folder" => fs::remove_dir(&file).unwrap(),
            _ => fs::remove_file(&file).unwrap(),
        }
        if what == "an older copy alone" {
            for rest in ["wal", "shm"] {
                let _ = fs::remove_file(beside(rest));
                fs::rename(beside(&format!("away-{rest}")), beside(rest)).unwrap();
            }
        }
        if what != "no log" {
            back();
        }
        let bought = shop.buy(&key).await;
        assert_eq!(bought.status, 200, "{what}: {}", bought.body);
        assert!(shop.is_ready().await, "{what}");
        assert_eq!(
            shop.buy("key-number-0").await.header("idempotency-replayed"),
            Some("true"),
            "{what}"
        );
    }
    // A whole copy is the same ledger.
    let copy = beside("copy");
    let _ = fs::remove_file(&copy);
    shop.execute(&format!("VACUUM INTO '{}'", copy.display())).await;
    away();
    for rest in ["wal", "shm"] {
        fs::remove_file(beside(rest)).unwrap();
    }
    fs::rename(&copy, &file).unwrap();
    assert_eq!(shop.buy("key-number-9").await.status, 200);
    shop.proxy.stop().await;
    let (ledger, _) = Ledger::open(&shop.ledger.clone().into()).await.unwrap();
    for key in ["key-number-0", "key-number-1", "key-number-6", "key-number-9"] {
        assert_eq!(
            ledger.find(key).await.unwrap().map(|entry| entry.state),
            Some(State::Created),
            "{key}"
        );
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_bought_on_when_there_is_room_again() {
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("full-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mount = |program: &str, arguments: &[&str]| {
        let done = std::process::Command::new(program).args(arguments).arg(&folder).output();
        done.is_ok_and(|done| done.status.success())
    };
    // Only root may.
    if !mount("mount", &["-t", "tmpfs", "-o", "size=1m", "tmpfs"]) {
        return;
    }
    let shop = Shop::open(format!("sqlite:{}", folder.join("ledger").display())).await;
    assert_eq!(shop.buy("key-number-0").await.status, 200);
    let filler = folder.join("filler");
    assert!(fs::write(&filler, vec![0; 2_000_000]).is_err());
    for number in 1..4 {
        assert_unavailable(&shop.buy(&format!("key-number-{number}")).await);
    }
    assert!(!shop.is_ready().await);
    assert_eq!(shop.instances().await, 1);
    fs::remove_file(&filler).unwrap();
    for number in 0..4 {
        assert_eq!(shop.buy(&format!("key-number-{number}")).await.status, 200);
    }
    assert!(shop.is_ready().await);
    assert_eq!(shop.instances().await, 4);
    shop.proxy.stop().await;
    assert!(mount("umount", &["-l"]));
    fs::remove_dir(&folder).unwrap();
}
