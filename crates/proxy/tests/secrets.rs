//! No secret leaves the process, in whatever goes wrong.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread::JoinHandle,
};

use havenask_core::{
    Algorithm, Credentials, Endpoint, SignedRequest, SigningContext, Timestamp, Value,
    model::Tag,
    operation::create_instance,
    rules::{self, Options},
    sign,
};
use havenask_emulator::{
    Emulator, EmulatorConfig as Cloud, Fault, FaultRule as Rule, RunningEmulator as RunningCloud,
};
use support::{GOOD, Part, cloud, lines, request};

const SECRETS: [&str; 4] =
    ["sentinel-secret-1", "sentinel-token-2", "sentinel-bearer-3", "sentinel-token-of-a-page-4"];
/// A token that a cloud quotes, as it is forwarded.
const QUOTED: &str = "x-acs-security-token: ***";
const LIST: &str = "/openapi/ha3/instances";

/// A cloud that knows these keys, and at first fails in every way.
async fn failing(credentials: Credentials) -> RunningCloud {
    let config = Cloud { credentials, ..Cloud::new("testid", "") };
    let cloud = Emulator::start(config).await.unwrap();
    let refuse = |code: &str| Fault::Refuse { code: code.into(), committed: false };
    for fault in [
        refuse("SignatureDoesNotMatch"),
        refuse("InvalidSecurityToken.Expired"),
        Fault::CloseAfterCommit,
        Fault::HalfAnswer,
    ] {
        cloud.faults().add(Rule::new(fault).on("CreateInstance").times(1)).unwrap();
    }
    cloud
}

/// A proxy of which everything is kept that leaves it.
struct Watched {
    proxy: Child,
    out: BufReader<ChildStdout>,
    log: JoinHandle<String>,
    folder: PathBuf,
    url: String,
    seen: String,
}

impl Watched {
    fn start(name: &str, cloud: &str, arguments: &[&str]) -> Self {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        // An earlier process may have had the same number.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("tokens"), format!("alice {}\n", sha256(SECRETS[2]))).unwrap();
        let mut proxy = Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
            .current_dir(&folder)
            .args(["--listen", "127.0.0.1:0", "--upstream", cloud])
            .args(["--ledger", "sqlite:ledger", "--audit", "audit"])
            .args(arguments)
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
        let mut seen = String::new();
        out.read_line(&mut seen).unwrap();
        let url = seen.trim_end().strip_prefix("listening on ").unwrap().to_owned();
        Self { proxy, out, log, folder, url, seen }
    }

    async fn ask(&mut self, method: &str, target: &str, headers: &str, body: &str) {
        let reply = request(self.url.clone(), method, target, headers, body).await;
        self.seen += &reply.head;
        self.seen += &reply.body;
    }

    async fn ask_for_all(&mut self, headers: &str) {
        let purchase = "/purchases/key-number-5";
        for target in [LIST, purchase, "/metrics", "/config.json", "/openapi.json", "/x", "/readyz"]
        {
            self.ask("GET", target, headers, "").await;
        }
    }

    /// Ends it, and looks through its answers, which must show this much, its log, its ledger and its audit log.
    fn assert_tight(mut self, shown: &[&str]) {
        // A bare machine has no `kill` program, but every shell has it built in.
        let kill = format!("kill {}", self.proxy.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        assert!(self.proxy.wait().unwrap().success());
        let mut seen = self.seen;
        for shown in shown {
            assert!(seen.contains(shown), "the test sees answers: {shown}");
        }
        self.out.read_to_string(&mut seen).unwrap();
        let log = self.log.join().unwrap();
        assert!(log.contains("key-number-0"), "the test sees the log");
        seen += &log;
        for entry in std::fs::read_dir(&self.folder).unwrap() {
            seen += &String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap());
        }
        assert!(seen.contains("searcherdocsize"), "the test sees the ledger");
        for secret in SECRETS {
            let place = seen.find(secret).map(|place| &seen[place.saturating_sub(200)..place + 17]);
            assert_eq!(place, None, "{secret} has left the process");
        }
    }
}

#[tokio::test]
async fn no_secret_leaves_the_process() {
    let keys = Credentials::new("testid", SECRETS[0]).with_security_token(SECRETS[1]);
    let (failing, quoting) = (failing(keys).await, cloud(Part::Quote).await.0);
    for (name, cloud, shown) in
        [("failing", failing.url(), "ha-cn-"), ("quoting", &quoting, QUOTED)]
    {
        let mut proxy = Watched::start(name, cloud, &["--tokens", "tokens"]);
        let bearer = format!("Authorization: Bearer {}\r\n", SECRETS[2]);
        for number in 0..6 {
            let headers = format!(
                "Content-Type: application/json\r\nIdempotency-Key: key-number-{number}\r\n{bearer}"
            );
            for (query, body) in [("", GOOD), ("?dryRun=true", GOOD), ("", "{"), ("?x=1", GOOD)] {
                proxy.ask("POST", &format!("{LIST}{query}"), &headers, body).await;
            }
        }
        for headers in ["", &bearer] {
            proxy.ask_for_all(headers).await;
        }
        proxy.assert_tight(&[shown, "SignatureDoesNotMatch", "Unauthorized"]);
    }
}

#[tokio::test]
async fn no_secret_of_a_page_that_signs_leaves_the_process() {
    let keys = Credentials::new("STS.testid", SECRETS[0]).with_security_token(SECRETS[3]);
    let (failing, quoting) = (failing(keys.clone()).await, cloud(Part::Quote).await.0);
    for (name, cloud, shown) in
        [("failing-page", failing.url(), "ha-cn-"), ("quoting-page", &quoting, QUOTED)]
    {
        let endpoint = Endpoint::parse(cloud).unwrap();
        let target = format!("/relay/{}{LIST}", endpoint.host());
        let mut proxy = Watched::start(name, cloud, &["--relay"]);
        for number in 0..6 {
            let key = format!("key-number-{number}");
            let signed = signed(&key, &endpoint, &keys);
            let headers = lines(signed.headers.iter()) + &format!("Idempotency-Key: {key}\r\n");
            for body in [std::str::from_utf8(&signed.body).unwrap(), GOOD, "{"] {
                proxy.ask("POST", &target, &headers, body).await;
            }
            proxy.ask("GET", &target, &headers, "").await;
        }
        proxy.ask_for_all("").await;
        proxy.assert_tight(&[shown, "SignatureDoesNotMatch", "SignedRequestInvalid"]);
    }
}

/// A purchase as a page signs it.
fn signed(key: &str, endpoint: &Endpoint, keys: &Credentials) -> SignedRequest {
    let input: Value<'_> = serde_json::from_str(GOOD).unwrap();
    let (mut order, _) = rules::accept(&input, &Options::default()).unwrap();
    order.tags = Some(vec![Tag::new("havenask-purchase", key)]);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let date = Timestamp::from_unix(now.try_into().unwrap());
    let stamp = SigningContext { date, nonce: key.to_owned() };
    let order = create_instance(&order, None);
    sign::operation(order, endpoint, keys, Algorithm::default(), &stamp)
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
