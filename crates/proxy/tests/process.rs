//! The process as its operator has it: signals, variables of the environment, its log, its files, its memory.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    os::unix::{
        fs::{FileExt, PermissionsExt},
        process::ExitStatusExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
};

use havenask_emulator::{Emulator, EmulatorConfig as Cloud};
use serde_json::Value;
use support::{GOOD, Part, Reply, cloud, in_time, reached, request};

const LIST: &str = "/openapi/ha3/instances";
const LISTED: Part = Part::Answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{\"requestId\":\"R\",\"result\":[],\"totalCount\":0}  \n",
);
/// The SHA-256 of `abc` and of the empty text.
const ALICE: &str = "alice ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n";
const BOB: &str = "bob e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n";
const BEARER: &str = "Authorization: Bearer abc\r\n";

/// A proxy, in a folder of its own.
struct Process {
    child: Child,
    url: String,
    log: Receiver<String>,
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("process-{name}-{}", std::process::id()));
    // An earlier process may have had the same number.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

impl Process {
    /// Starts it through a shell, with what is to be said before, and these options.
    fn start(folder: &Path, cloud: &str, before: &str, options: &str) -> Self {
        let mut command = Self::command(folder, cloud, before, options);
        Self::run(command.stderr(Stdio::piped()).spawn().unwrap())
    }

    fn command(folder: &Path, cloud: &str, before: &str, options: &str) -> Command {
        let program = env!("CARGO_BIN_EXE_havenask-proxy");
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{before} exec {program} --upstream {cloud} {options}")])
            .current_dir(folder)
            .env("HAVENASK_PROXY_LISTEN", "127.0.0.1:0")
            .env("HAVENASK_PROXY_LEDGER", "sqlite:ledger")
            // A picture of a gigabyte takes long to look through.
            .env("MIMALLOC_ARENA_RESERVE", "32768")
            .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid")
            .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", support::SECRET)
            .env_remove("RUST_LOG")
            .stdout(Stdio::piped());
        command
    }

    fn run(mut child: Child) -> Self {
        let (said, log) = channel();
        if let Some(errors) = child.stderr.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(errors).lines() {
                    let _ = said.send(line.unwrap());
                }
            });
        }
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").unwrap().to_owned();
        Self { child, url, log }
    }

    fn signal(&self, name: &str) {
        // A bare machine has no `kill` program, but every shell has it built in.
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits for a line of the log that says this.
    fn says(&self, text: &str) -> String {
        let minute = std::time::Duration::from_mins(1);
        loop {
            let line = self.log.recv_timeout(minute);
            assert!(line.is_ok(), "no line says {text}");
            let line = line.unwrap();
            if line.contains(text) {
                return line;
            }
        }
    }

    async fn get(&self, target: &str, headers: &str) -> Reply {
        request(self.url.clone(), "GET", target, headers, "").await
    }

    async fn buy(&self, key: &str, headers: &str) -> Reply {
        let headers =
            format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{headers}");
        request(self.url.clone(), "POST", LIST, &headers, GOOD).await
    }

    fn end(mut self) -> Vec<String> {
        self.signal("TERM");
        assert!(self.child.wait().unwrap().success());
        self.log.iter().collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_hangup_reads_tokens_catalogue_and_keys_again() {
    let (cloud, requests) = cloud(LISTED).await;
    let folder = folder("hangup");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let catalogue = havenask_core::catalog::SAMPLE;
    let keys = |id: &str| {
        format!(
            "ALIBABA_CLOUD_ACCESS_KEY_ID={id}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=s3cret-of-a-test\n"
        )
    };
    write("tokens", ALICE);
    write("catalogue", catalogue);
    write("keys", &keys("first"));
    let options = "--tokens tokens --catalog catalogue --keys keys";
    let proxy = Process::start(&folder, &cloud, "", options);
    let listed = async |headers: &str| proxy.get(LIST, headers).await.status;
    let of_bob = "Authorization: Bearer \r\n";
    assert_eq!((listed(BEARER).await, listed(of_bob).await), (200, 401));
    write("tokens", &[BOB, ALICE].concat());
    write("catalogue", &catalogue.replace("\"en\": \"", "\"en\": \"New "));
    write("keys", &keys("second"));
    proxy.signal("HUP");
    proxy.says("were read again");
    assert_eq!((listed(BEARER).await, listed(of_bob).await), (200, 401), "an empty token is none");
    assert!(proxy.get("/catalog.json", "").await.body.contains("New "));
    assert!(requests.lock().await.last().unwrap().contains("Credential=second"));
    // A file that cannot be read leaves what was read before.
    write("tokens", "alice\n");
    write("catalogue", "{");
    write("keys", "");
    proxy.signal("HUP");
    for why in ["--tokens", "--catalog", "the keys could not be renewed"] {
        proxy.says(why);
    }
    assert_eq!(listed(BEARER).await, 200);
    assert!(proxy.get("/catalog.json", "").await.body.contains("New "));
    // A token that is taken away is not taken any more, whatever else is wrong.
    write("tokens", "# nobody\n");
    proxy.signal("HUP");
    proxy.says("--catalog");
    assert_eq!(listed(BEARER).await, 401);
    proxy.end();
}

#[tokio::test]
async fn a_hangup_ends_no_purchase() {
    let (cloud, requests) = cloud(Part::Silence).await;
    let mut proxy = Process::start(
        &folder("hangup-buys"),
        &cloud,
        "",
        "--upstream-timeout 1 --reconcile-seconds 60",
    );
    let url = proxy.url.clone();
    let headers = "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n";
    let buying = tokio::spawn(async move { request(url, "POST", LIST, headers, GOOD).await });
    reached(&requests).await;
    proxy.signal("HUP");
    proxy.says("were read again");
    assert_eq!(in_time(buying).await.unwrap().json()["code"], "UpstreamTimeout");
    assert!(proxy.child.try_wait().unwrap().is_none());
    proxy.end();
}

#[tokio::test]
async fn a_log_that_nobody_reads_holds_nobody_up() {
    let cloud = Emulator::start(Cloud::new("testid", support::SECRET)).await.unwrap();
    let folder = folder("log");
    let mut command = Process::command(&folder, cloud.url(), "", "");
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut errors = child.stderr.take().unwrap();
    let proxy = Process::run(child);
    let long = format!("/{}", "x".repeat(30_000));
    for _ in 0..2000 {
        assert_eq!(proxy.get(&long, "").await.status, 404);
    }
    assert_eq!(proxy.buy("key-number-1", "").await.status, 200);
    let told = proxy.get("/metrics", "").await.body;
    let lost =
        told.lines().find_map(|line| line.strip_prefix("havenask_proxy_log_lines_lost_total "));
    assert!(lost.unwrap().parse::<u64>().unwrap() > 0, "{told}");
    proxy.signal("TERM");
    let mut said = String::new();
    errors.read_to_string(&mut said).unwrap();
    assert!(said.lines().all(|line| line.len() < 1000), "a line has an end");
    assert!(said.contains("peer=127.0.0.1") && said.contains("(30001 bytes)"), "{said:.2000}");
}

#[tokio::test]
async fn a_log_of_json_is_json() {
    let cloud = Emulator::start(Cloud::new("testid", support::SECRET)).await.unwrap();
    let proxy = Process::start(&folder("json"), cloud.url(), "HAVENASK_PROXY_LOG_FORMAT=json", "");
    proxy.buy("key-number-1", "").await;
    proxy.get("/%0d%0a%1b", "User-Agent: \"\r\n").await;
    let lines: Vec<Value> =
        proxy.end().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let bought = lines.iter().find(|line| line["message"] == "purchase").unwrap();
    assert_eq!((&bought["key"], &bought["outcome"]), (&"key-number-1".into(), &"created".into()));
    assert!(bought["span"]["id"].is_string());
    assert!(lines.iter().any(|line| line["peer"] == "127.0.0.1" && line["status"] == 404));
}

#[tokio::test]
async fn its_files_are_its_own_and_its_memory_is_not_dumped() {
    let cloud = Emulator::start(Cloud::new("testid", support::SECRET)).await.unwrap();
    let folder = folder("files");
    let mut proxy =
        Process::start(&folder, cloud.url(), "umask 0; ulimit -c unlimited;", "--audit audit");
    assert_eq!(proxy.buy("key-number-1", "").await.status, 200);
    for file in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.path());
    }
    assert!(folder.join("audit").exists() && folder.join("ledger").exists());
    proxy.signal("ABRT");
    let status = proxy.child.wait().unwrap();
    assert_eq!((status.signal(), status.core_dumped()), (Some(6), false), "{status}");
}

#[tokio::test]
async fn a_password_on_the_command_line_is_warned_about() {
    let folder = folder("password");
    let options = "--ledger postgres://havenask:pass-of-a-test@127.0.0.1:1/x";
    for (words, expected) in [
        (format!("check --upstream http://127.0.0.1:1 {options}"), true),
        ("check --upstream http://127.0.0.1:1".to_owned(), false),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
            .args(words.split_whitespace())
            .current_dir(&folder)
            .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid")
            .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", support::SECRET)
            .env("HAVENASK_PROXY_LEDGER", "postgres://havenask:pass-of-a-test@127.0.0.1:1/x")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said.contains("a password is on the command line"), expected, "{said}");
        assert!(!said.contains("pass-of-a-test"), "{said}");
    }
}

#[tokio::test]
async fn a_line_of_the_audit_log_is_written_whole_or_is_counted() {
    let cloud = Emulator::start(Cloud::new("testid", support::SECRET)).await.unwrap();
    let lost = async |proxy: &Process| {
        let told = proxy.get("/metrics", "").await.body;
        let lost = told
            .lines()
            .find_map(|line| line.strip_prefix("havenask_proxy_audit_lines_lost_total "));
        lost.unwrap().parse::<u64>().unwrap()
    };
    let proxy = Process::start(&folder("audit-full"), cloud.url(), "", "--audit /dev/full");
    assert_eq!(proxy.buy("key-number-1", "").await.status, 200);
    assert_eq!(lost(&proxy).await, 2);
    proxy.says("the audit log cannot be written");
    // A disk with room for a few lines, where one may be mounted.
    let disk = folder("audit-disk");
    let mount = |how: &str| {
        Command::new("mount").args(["-t", "tmpfs", "-o", how, "tmpfs"]).arg(&disk).status()
    };
    if !mount("size=4k").is_ok_and(|status| status.success()) {
        return;
    }
    let file = disk.join("audit");
    let lines = || {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.ends_with('\n'), "{text}");
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let proxy = Process::start(
        &folder("audit-small"),
        cloud.url(),
        "",
        &format!("--audit {}", file.display()),
    );
    for number in 0..30 {
        assert_eq!(proxy.buy(&format!("key-on-disk-{number}"), "").await.status, 200);
    }
    let (written, missing) = (lines().len() as u64, lost(&proxy).await);
    assert!(written > 0 && missing > 0 && written + missing == 60, "{written} {missing}");
    assert!(mount("remount,size=64k").unwrap().success());
    assert_eq!(proxy.buy("key-with-room", "").await.status, 200);
    assert_eq!(lines().last().unwrap()["key"], "key-with-room");
    drop(proxy);
    let _ = Command::new("umount").arg(&disk).status();
}

/// Counts a text in the memory of a process; `None` where that may not be read.
fn copies(process: u32, text: &[u8]) -> Option<usize> {
    const PAGE: usize = 4096;
    let memory = File::open(format!("/proc/{process}/mem")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let mut found = 0;
    // With the end of the page before.
    let mut bytes = vec![0; text.len() - 1 + PAGE];
    let zeros = bytes.clone();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, end) = line.split(' ').next()?.split_once('-')?;
        let [start, end] = [start, end].map(|it| u64::from_str_radix(it, 16).unwrap());
        for page in (start..end).step_by(PAGE) {
            bytes.copy_within(PAGE.., 0);
            // Memory that the kernel keeps for itself cannot be read.
            if memory.read_exact_at(&mut bytes[text.len() - 1..], page).is_err() {
                break;
            }
            // Most of what an allocator reserves was never used.
            if bytes != zeros {
                found += bytes.windows(text.len()).filter(|window| *window == text).count();
            }
        }
    }
    Some(found)
}

#[tokio::test]
async fn after_a_rotation_no_copy_of_the_old_token_is_left() {
    let (cloud, requests) = cloud(LISTED).await;
    let folder = folder("rotation");
    let keys = |name: &str| {
        let token = format!("{name}-token-{}", "t".repeat(300));
        let lines = format!(
            "ALIBABA_CLOUD_ACCESS_KEY_ID=STS.{name}\nALIBABA_CLOUD_ACCESS_KEY_SECRET={name}-secret-of-a-test\nALIBABA_CLOUD_SECURITY_TOKEN={token}\n"
        );
        fs::write(folder.join("keys"), lines).unwrap();
    };
    keys("before");
    let proxy = Process::start(&folder, &cloud, "", "--keys keys");
    let [old, new, secret] =
        ["before-token-ttt", "after-token-ttt", "before-secret-of-a-test"].map(str::as_bytes);
    for number in 0..20 {
        assert_eq!(proxy.get(LIST, "").await.status, 200);
        proxy.buy(&format!("key-number-{number}"), "").await;
    }
    let Some(before) = copies(proxy.child.id(), old) else { return };
    assert!(before > 0, "the test sees the memory");
    keys("after");
    proxy.signal("HUP");
    proxy.says("new keys are used");
    let gone = async {
        while copies(proxy.child.id(), old).unwrap() + copies(proxy.child.id(), secret).unwrap() > 0
        {
            tokio::task::yield_now().await;
        }
    };
    in_time(gone).await;
    assert_eq!(proxy.get(LIST, "").await.status, 200);
    assert!(requests.lock().await.last().unwrap().contains("after-token"));
    assert!(copies(proxy.child.id(), new).unwrap() > 0, "the test sees the memory still");
}
