//! A proxy in front of an emulator, and a way to buy there.

use std::time::Duration;

use havenask_emulator::{
    Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule, RunningEmulator as RunningCloud,
};
use havenask_proxy::{Config, Running, start};
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use super::{GOOD, Reply, SECRET, config, new_ledger, request};

/// A proxy in front of an emulator that misbehaves on command.
pub(crate) struct Shop {
    pub(crate) cloud: RunningCloud,
    pub(crate) proxy: Running,
    pub(crate) ledger: String,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::with(new_ledger().await, |_| {}).await
    }

    pub(crate) async fn with(ledger: String, change: impl FnOnce(&mut Config)) -> Self {
        let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
        let proxy = counter(&cloud, &ledger, change).await;
        Self { cloud, proxy, ledger }
    }

    pub(crate) async fn get(&self, target: &str) -> Reply {
        request(self.proxy.url(), "GET", target, "", "").await
    }

    /// Returns whether the proxy says by itself that purchases can be written.
    pub(crate) async fn is_ready(&self) -> bool {
        let ready = self.get("/readyz").await.status == 200;
        let told = self.get("/metrics").await.body;
        let line = format!("havenask_proxy_ledger_writable {}", i32::from(ready));
        assert!(told.lines().any(|told| told == line), "{line} in\n{told}");
        ready
    }

    /// Changes the ledger from outside; several statements may be in one text.
    pub(crate) async fn execute(&self, statements: &str) {
        execute_all(&self.ledger, statements).await;
    }

    pub(crate) async fn buy(&self, key: &str) -> Reply {
        buy(self.proxy.url(), key, GOOD).await
    }

    pub(crate) async fn state(&self, key: &str) -> Value {
        request(self.proxy.url(), "GET", &format!("/purchases/{key}"), "", "").await.json()
    }

    /// Waits until a purchase is in this state.
    pub(crate) async fn becomes(&self, key: &str, state: &str) -> Value {
        loop {
            let found = self.state(key).await;
            if found["state"] == state {
                return found;
            }
            assert_eq!(found["state"], "pending", "{found}");
            tokio::task::yield_now().await;
        }
    }

    /// The instances that the cloud has.
    pub(crate) async fn instances(&self) -> Vec<Value> {
        let answer =
            request(self.proxy.url(), "GET", "/openapi/ha3/instances?pageSize=50", "", "").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["result"].as_array().unwrap().clone()
    }

    pub(crate) fn goes_wrong(&self, fault: Fault) {
        self.cloud.faults().add(Rule::new(fault).on("CreateInstance").times(1)).unwrap();
    }
}

/// Changes a ledger from outside; several statements may be in one text.
pub(crate) async fn execute_all(ledger: &str, statements: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(ledger).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// A purchase was not sent, since it could not be written: for certain where the ledger shows that its key is new.
#[track_caller]
pub(crate) fn assert_unavailable(reply: &Reply) {
    let failure = reply.json();
    let is_new = failure["code"] == "LedgerUnavailable";
    let (code, outcome) =
        if is_new { ("LedgerUnavailable", "not-created") } else { ("LedgerUnreadable", "unknown") };
    assert_eq!((reply.status, &failure["code"]), (503, &json!(code)), "{failure}");
    assert_eq!(failure["outcome"], outcome);
    assert_eq!(failure["retry"], "same-key");
}

/// A proxy that looks for lost purchases without a pause.
pub(crate) async fn counter(
    cloud: &RunningCloud,
    ledger: &str,
    change: impl FnOnce(&mut Config),
) -> Running {
    let mut config = config(cloud.url()).await;
    config.ledger = ledger.to_owned().into();
    config.limits.reconcile_interval = Duration::from_millis(10);
    config.limits.upstream_timeout = Duration::from_secs(10);
    config.limits.resend_delay = Duration::ZERO;
    change(&mut config);
    start(config).await.unwrap()
}

pub(crate) async fn buy(url: String, key: &str, body: &str) -> Reply {
    let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
    request(url, "POST", "/openapi/ha3/instances", &headers, body).await
}

/// The output of `havenask-proxy ledger`, or its error.
pub(crate) fn ledger_command(ledger: &str, arguments: &[&str]) -> Result<String, String> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
        .args(["ledger", "--ledger", ledger])
        .args(arguments)
        .env("USER", "somebody")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}
