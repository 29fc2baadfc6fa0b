//! No secret leaves the process, in whatever goes wrong.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};

use havenask_emulator::{Config as Cloud, Emulator, Fault, Rule};
use support::request;

const SECRETS: [&str; 3] = ["sentinel-secret-1", "sentinel-token-2", "sentinel-bearer-3"];
const GOOD: &str = r#"{"order":{"duration":1,"pricingCycle":"Month"},"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"}]}"#;

#[tokio::test]
async fn no_secret_leaves_the_process() {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("secrets-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let at = |name: &str| folder.join(name).display().to_string();
    std::fs::write(at("tokens"), format!("alice {}\n", sha256(SECRETS[2]))).unwrap();
    let cloud = Emulator::start(Cloud {
        credentials: havenask_core::Credentials::new("testid", SECRETS[0])
            .with_security_token(SECRETS[1]),
        ..Cloud::new("testid", "")
    })
    .await
    .unwrap();
    let mut proxy = Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
        .args(["--listen", "127.0.0.1:0", "--upstream", cloud.url(), "--tokens", &at("tokens")])
        .args(["--ledger", &format!("sqlite:{}", at("ledger")), "--audit", &at("audit")])
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid")
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRETS[0])
        .env("ALIBABA_CLOUD_SECURITY_TOKEN", SECRETS[1])
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = proxy.stderr.take().unwrap();
    // Read all along, so that the proxy never waits for a reader.
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        errors.read_to_string(&mut log).unwrap();
        log
    });
    let mut out = BufReader::new(proxy.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("listening on ").unwrap().to_owned();

    let mut seen = line.clone();
    let create = |fault| Rule::new(fault).on("CreateInstance").times(1);
    let refuse = |code: &str| Fault::Refuse { code: code.into() };
    let faults = [
        refuse("SignatureDoesNotMatch"),
        refuse("InvalidSecurityToken.Expired"),
        Fault::CloseAfterCommit,
        Fault::HalfAnswer,
    ];
    for fault in faults {
        cloud.faults().add(create(fault)).unwrap();
    }
    let bearer = format!("Authorization: Bearer {}\r\n", SECRETS[2]);
    for number in 0..6 {
        let headers = format!(
            "Content-Type: application/json\r\nIdempotency-Key: key-number-{number}\r\n{bearer}"
        );
        for (query, body) in [("", GOOD), ("?dryRun=true", GOOD), ("", "{"), ("?x=1", GOOD)] {
            let target = format!("/openapi/ha3/instances{query}");
            let reply = request(url.clone(), "POST", &target, &headers, body).await;
            seen += &reply.head;
            seen += &reply.body;
        }
    }
    for target in [
        "/openapi/ha3/instances",
        "/purchases/key-number-5",
        "/metrics",
        "/config.json",
        "/x",
        "/readyz",
    ] {
        for headers in ["", &bearer] {
            let reply = request(url.clone(), "GET", target, headers, "").await;
            seen += &reply.head;
            seen += &reply.body;
        }
    }
    assert!(seen.contains("ha-cn-") && seen.contains("Unauthorized"), "the test sees answers");
    let id = proxy.id().to_string();
    assert!(Command::new("kill").arg(&id).status().unwrap().success());
    assert!(proxy.wait().unwrap().success());
    out.read_to_string(&mut seen).unwrap();
    let log = log.join().unwrap();
    assert!(log.contains("key-number-0"), "the test sees the log");
    seen += &log;
    for entry in std::fs::read_dir(&folder).unwrap() {
        seen += &String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap());
    }
    assert!(seen.contains("searcherdocsize"), "the test sees the ledger");
    for secret in SECRETS {
        let place = seen.find(secret).map(|place| &seen[place.saturating_sub(200)..place + 20]);
        assert_eq!(place, None, "{secret} has left the process");
    }
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
