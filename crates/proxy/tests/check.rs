//! `havenask-proxy check`: what it finds, in front of a real emulator, and that it changes nothing.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    path::{Path, PathBuf},
    process::Command as Process,
    sync::Arc,
};

use havenask_core::Timestamp;
use havenask_emulator::{
    Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule, RunningEmulator,
};
use havenask_proxy::{cli::check::run, ledger::Ledger, start};
use support::{
    Part, SECRET,
    checked::{Checked, Environment, KEYS, TOKEN, check, settings},
    cloud, config, create_ledger, execute, new_ledger, request,
};

/// A check of the way to a cloud, with a ledger that is there.
async fn check_cloud(url: &str, environment: &Environment<'_>) -> Checked {
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    check(&["--upstream", url, "--ledger", &ledger], environment).await
}

async fn emulator() -> RunningEmulator {
    Emulator::start(Cloud::new("testid", SECRET)).await.unwrap()
}

/// A folder that no other test has.
fn folder(name: &str) -> PathBuf {
    let path =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

#[tokio::test]
async fn all_is_well() {
    let cloud = emulator().await;
    let folder = folder("well");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    file("index.html", "<title>the page</title>");
    let catalogue = file("catalogue.json", havenask_core::catalog::SAMPLE);
    let tokens = file("tokens", &format!("alice {}\n", "00".repeat(32)));
    let audit = file("audit", "");
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    let site = folder.display().to_string();
    let checked = check(
        &[
            "--upstream",
            cloud.url(),
            "--ledger",
            &ledger,
            "--site",
            &site,
            "--catalog",
            &catalogue,
            "--tokens",
            &tokens,
            "--audit",
            &audit,
        ],
        &KEYS,
    )
    .await;
    assert!(checked.well && !checked.text.contains("warn"), "{}", checked.text);
    checked.says("ok", "keys", "testid");
    checked.says("ok", "ListInstances", "permitted");
    checked.says("ok", "GetInstance", "permitted");
    checked.says("ok", "account", "pays");
    checked.says("ok", "prices", "a small one CNY");
    checked.says("skip", "CreateInstance", "searchengine:CreateInstance");
}

#[tokio::test]
async fn a_page_with_a_script_in_it_is_named() {
    let cloud = emulator().await;
    let folder = folder("inline");
    let page = |text: &str| std::fs::write(folder.join("index.html"), text).unwrap();
    let site = folder.display().to_string();
    for (text, line) in [
        (r#"<script type="module" src="/boot.js"></script>"#, "ok"),
        (r#"<script src="/a.js"></script><script type="module">start()</script>"#, "fail"),
    ] {
        page(text);
        let checked = check(&["--upstream", cloud.url(), "--site", &site], &KEYS).await;
        checked.says(line, "site", &site);
    }
}

#[tokio::test]
async fn nothing_is_made_or_bought() {
    const LIST: Part = Part::Answer(
        "HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{\"requestId\":\"R\",\"result\":[],\"totalCount\":0}  \n",
    );
    let (url, requests) = cloud(LIST).await;
    let folder = folder("empty");
    let ledger = format!("sqlite:{}", folder.join("ledger").display());
    let audit = folder.join("audit").display().to_string();
    let checked = check(&["--upstream", &url, "--ledger", &ledger, "--audit", &audit], &KEYS).await;
    assert!(checked.well, "{}", checked.text);
    checked.says("warn", "ledger", "is not there");
    checked.says("ok", "audit log", "made by the first run");
    checked.says("warn", "GetInstance", "not known");
    checked.says("warn", "clock", "no date");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    let requests = requests.lock().await;
    // Two questions for instances, and one for a price.
    let buys = |request: &String| {
        !["GET /openapi/ha3/instances", "POST /api/v1/price/quote "]
            .iter()
            .any(|start| request.starts_with(start))
    };
    assert!(requests.len() == 3 && !requests.iter().any(buys), "{requests:?}");
}

#[tokio::test]
async fn a_refusal_of_the_cloud_fails_the_check() {
    const ID: (&str, &str) = ("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid");
    let wrong = [ID, ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sentinel-of-another")];
    let expired = [KEYS[0], KEYS[1], ("ALIBABA_CLOUD_SECURITY_TOKEN", "expired-token")];
    let foreign = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "somebody"), KEYS[1]];
    let cloud = emulator().await;
    for (environment, code, next) in [
        (&wrong[..], "SignatureDoesNotMatch", "Check the AccessKey id and secret"),
        (&expired, "InvalidSecurityToken.Expired", "Renew it"),
        (&foreign, "InvalidAccessKeyId.NotFound", "Check the AccessKey id and secret"),
    ] {
        let checked = check_cloud(cloud.url(), environment).await;
        assert!(!checked.well);
        checked.says("fail", "ListInstances", code);
        checked.says("fail", "ListInstances", next);
        checked.says("skip", "GetInstance", "ListInstances");
        checked.says("ok", "clock", "off");
        assert!(!checked.text.contains("sentinel"), "{}", checked.text);
    }
}

#[tokio::test]
async fn a_key_without_permission() {
    let denied = |code: &str| Fault::Refuse { code: code.into(), committed: false };
    for (action, other) in [("ListInstances", "GetInstance"), ("GetInstance", "ListInstances")] {
        for code in ["Forbidden.RAM", "NoPermission"] {
            let cloud = emulator().await;
            cloud.faults().add(Rule::new(denied(code)).on(action)).unwrap();
            let checked = check_cloud(cloud.url(), &KEYS).await;
            assert!(!checked.well);
            checked.says("fail", action, code);
            checked.says("fail", action, &format!("the action searchengine:{action}."));
            checked.says("ok", other, "permitted");
        }
    }
}

#[tokio::test]
async fn a_cloud_that_fails() {
    let cloud = emulator().await;
    cloud.faults().add(Rule::new(Fault::CloseBeforeReading)).unwrap();
    let checked = check_cloud(cloud.url(), &KEYS).await;
    checked.says("ok", "cloud", "is reached");
    checked.says("fail", "ListInstances", "Try again");
    checked.says("skip", "clock", "no answer");
}

#[tokio::test]
async fn an_endpoint_without_a_listener_is_named() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let checked = check_cloud(&format!("http://{free}"), &KEYS).await;
    assert!(!checked.well);
    checked.says("fail", "cloud", "refused");
    for what in ["ListInstances", "GetInstance", "clock", "CreateInstance"] {
        checked.says("skip", what, "");
    }
    let checked = check_cloud("https://nowhere.invalid", &KEYS).await;
    checked.says("fail", "cloud", "dns error");
    let cloud = emulator().await;
    let checked = check_cloud(&cloud.url().replace("http:", "https:"), &KEYS).await;
    checked.says("fail", "cloud", "Something answers in the place of the cloud");
}

#[tokio::test]
async fn a_clock_that_is_off() {
    let now = || i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    for (seconds, verdict, says) in [
        (0, "ok", "s off"),
        (120, "warn", "behind the cloud's; from 900 s on"),
        (-120, "warn", "ahead of the cloud's"),
        (1000, "fail", "behind the cloud's. The clock of the proxy"),
        (-1000, "fail", "ahead of the cloud's"),
    ] {
        let date = Timestamp::from_unix(now() + seconds).http();
        let answer = format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 2\r\n\r\n{{}}");
        let (url, _) = cloud(Part::Answer(answer.leak())).await;
        let checked = check_cloud(&url, &KEYS).await;
        checked.says(verdict, "clock", says);
        checked.says("fail", "ListInstances", "UpstreamResponseUnreadable");
    }
    // One that judges as the cloud does.
    let clock = Arc::new(move || now() + 1000);
    let late = Emulator::start(Cloud { clock, ..Cloud::new("testid", SECRET) }).await.unwrap();
    let checked = check_cloud(late.url(), &KEYS).await;
    checked.says("fail", "ListInstances", "InvalidTimeStamp.Expired");
    checked.says("fail", "ListInstances", "The clock of the proxy is more than 15 minutes off");
}

#[tokio::test]
async fn keys_and_where_they_are_from() {
    let cloud = emulator().await;
    let folder = folder("keys");
    let (closed, open) = (folder.join("closed"), folder.join("open"));
    for (path, mode) in [(&closed, 0o640), (&open, 0o644)] {
        use std::os::unix::fs::PermissionsExt;
        let [(id, name), (secret, value)] = KEYS;
        let lines =
            format!("{id}={name}\n{secret}={value}\nALIBABA_CLOUD_SECURITY_TOKEN={TOKEN}\n");
        std::fs::write(path, lines).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let answer = |expires: &str| {
        let body = format!(
            r#"{{"Code":"Success","AccessKeyId":"STS.1","AccessKeySecret":"{SECRET}","SecurityToken":"{TOKEN}","Expiration":"{expires}"}}"#
        );
        let length = body.len();
        Part::Answer(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}").leak())
    };
    let good = support::cloud(answer("9999-01-01T00:00:00Z")).await.0;
    let expired = support::cloud(answer("2020-01-01T00:00:00Z")).await.0;
    let sts = [KEYS[0], KEYS[1], ("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN)];
    let (closed, open) = (closed.to_str().unwrap(), open.to_str().unwrap());
    for (arguments, environment, verdict, says) in [
        (&[][..], &sts[..], "warn", "--ram-role"),
        (&[], &[], "fail", "ALIBABA_CLOUD_ACCESS_KEY_ID is not set"),
        (&[], &[("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid\n"), KEYS[1]], "ok", "testid of"),
        (
            &[],
            &[("ALIBABA_CLOUD_ACCESS_KEY_ID", "test\u{200b}id"), KEYS[1]],
            "fail",
            "KEY_ID holds",
        ),
        (&[], &[KEYS[0], ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", " ")], "fail", "SECRET is not set"),
        (&["--keys", closed], &[], "ok", "testid"),
        (&["--keys", open], &[], "warn", "chmod"),
        (&["--keys", "/nowhere"], &[], "fail", "No such file"),
        (&["--ram-role", "buyer", "--metadata", &good], &[], "ok", "STS.1 of the RAM role"),
        (&["--ram-role", "buyer", "--metadata", &expired], &[], "fail", "has expired"),
        (&["--ram-role", "--metadata", "http://127.0.0.1:1"], &[], "fail", "metadata service"),
    ] {
        let arguments = [&["--upstream", cloud.url()], arguments].concat();
        check(&arguments, environment).await.says(verdict, "keys", says);
    }
}

#[tokio::test]
async fn the_ledger_is_written_in_vain() {
    let cloud = emulator().await;
    let name = new_ledger().await;
    let ledger = || async { check(&["--upstream", cloud.url(), "--ledger", &name], &KEYS).await };
    let file = name.strip_prefix("sqlite:");
    if let Some(file) = file {
        std::fs::write(file, "").unwrap();
    }
    // A second check would find a file that the first one made.
    for _ in 0..2 {
        ledger().await.says("ok", "ledger", "is empty");
    }
    assert!(file.is_none_or(|file| std::fs::read(file).unwrap().is_empty()));
    let (open, _) = Ledger::open(&name.clone().into()).await.unwrap();
    ledger().await.says("ok", "ledger", "is written");
    assert_eq!(open.list(None, 10).await.unwrap(), []);
    for back in [
        "DELETE FROM havenask_ledger WHERE version > 1",
        "DROP INDEX purchases_by_state",
        "DROP INDEX purchases_by_content",
        "ALTER TABLE purchases DROP COLUMN content",
    ] {
        execute(&name, back).await;
    }
    ledger().await.says("ok", "ledger", "has version 1");
    execute(
        &name,
        "INSERT INTO purchases (key, principal, body_hash, request, state, again, created_at, updated_at) \
         VALUES ('key-number-1', '', '', '', 'unknown', 0, 0, 0)",
    )
    .await;
    let checked = ledger().await;
    assert!(checked.well);
    checked.says("warn", "ledger", "ledger resolve");
    execute(&name, "INSERT INTO havenask_ledger VALUES (99)").await;
    ledger().await.says("fail", "ledger", "Use the newer proxy");
}

#[tokio::test]
async fn a_check_fails_where_a_start_would() {
    let folder = folder("files");
    let tokens = folder.join("tokens");
    std::fs::write(&tokens, "alice\n").unwrap();
    let tokens = tokens.to_str().unwrap();
    let senseless = folder.join("senseless");
    let entry = r#"{"code":"a","label":{"en":"A","zh":"甲"},"values":{"type":"text"}}"#;
    std::fs::write(&senseless, format!(r#"{{"components":[{entry},{entry}]}}"#)).unwrap();
    let senseless = senseless.to_str().unwrap();
    let busy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let busy = busy.local_addr().unwrap().to_string();
    let cloud = emulator().await;
    let own = start(config(cloud.url()).await).await.unwrap();
    let own = own.url();
    for (arguments, verdict, what, says) in [
        (&["--site", "/nowhere"][..], "fail", "site", "Build the page"),
        (&["--catalog", "/nowhere"], "fail", "catalogue", "No such file"),
        (&["--catalog", senseless], "fail", "catalogue", "/components/1/code: The code a"),
        (&["--tokens", "/nowhere"], "fail", "callers", "No such file"),
        (&["--tokens", tokens], "fail", "callers", "line 1"),
        (&["--tokens", "/dev/null"], "warn", "callers", "names nobody"),
        (&["--user-header", "x-user", "--trusted-proxy", "10.0.0.1"], "ok", "callers", "10.0.0.1"),
        (&["--reconcile-seconds", "5"], "fail", "times", "Write 80 or more"),
        (&["--audit", "/nowhere/audit"], "fail", "audit log", "may be written"),
        (&["--ledger", "sqlite:/nowhere/ledger"], "fail", "ledger", "may be written"),
        (&["--ledger", "sqlite:/proc/ledger"], "fail", "ledger", "may be written"),
        (&["--ledger", "sqlite:/"], "fail", "ledger", "cannot open"),
        (&["--ledger", "mysql://x"], "fail", "ledger", "write sqlite:PATH"),
        (
            &["--ledger", "postgres://u:sentinel-token-of-the-proxy@127.0.0.1:1/x"],
            "fail",
            "ledger",
            "",
        ),
    ] {
        let arguments = [&["--upstream", cloud.url()], arguments].concat();
        let checked = check(&arguments, &KEYS).await;
        checked.says(verdict, what, says);
        checked.says("ok", "GetInstance", "permitted");
        assert_eq!(checked.well, verdict != "fail", "{}", checked.text);
    }
    for (listen, verdict, says) in [
        (busy.as_str(), "fail", "Choose another --listen"),
        (own.trim_start_matches("http://"), "ok", "a proxy listens on"),
        ("0.0.0.0:0", "ok", "is free"),
        ("192.0.2.1:80", "fail", "cannot listen"),
    ] {
        let settings = settings(&["--region", "mars-1", "--listen", listen]);
        let mut out = Vec::new();
        assert!(!run(&settings, |_| None, &mut out).await.unwrap());
        let checked = Checked { text: String::from_utf8(out).unwrap(), well: false };
        checked.says(verdict, "listen", says);
        checked.says("fail", "cloud", "mars-1");
        let known = if listen.starts_with("127.") { "ok" } else { "fail" };
        checked.says(known, "callers", "");
    }
}

#[tokio::test]
async fn the_status_tells_whether_something_failed() {
    let cloud = emulator().await;
    let folder = folder("status");
    let run = async |arguments: &[&str]| {
        let mut process = Process::new(env!("CARGO_BIN_EXE_havenask-proxy"));
        process.current_dir(&folder).arg("check").args(arguments).env_clear().envs(KEYS);
        let ended = tokio::task::spawn_blocking(move || process.output().unwrap()).await.unwrap();
        let text = String::from_utf8(ended.stdout).unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(!text.contains(SECRET) && !said.contains(SECRET), "{text}{said}");
        (ended.status.code().unwrap(), text, said)
    };
    let listen = ["--listen", "127.0.0.1:0", "--upstream", cloud.url()];
    let (status, text, said) = run(&listen).await;
    assert_eq!((status, said.as_str()), (0, ""), "{text}");
    let (status, text, said) = run(&[&listen[..], &["--site", "/nowhere"]].concat()).await;
    assert_eq!((status, said.as_str()), (1, ""), "{text}");
    assert!(text.contains("fail  site"), "{text}");
    for wrong in [&["--upstream"][..], &[], &["--region", "cn-beijing", "--buy"]] {
        assert_eq!(run(wrong).await.0, 2);
    }
    let told = request(cloud.url().into(), "GET", "/metrics", "", "").await.body;
    assert!(told.contains("GetInstance") && !told.contains("CreateInstance"), "{told}");
}
