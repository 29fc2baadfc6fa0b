//! Random requests: signed well, damaged on the way, and garbage. `HAVENASK_STORM` says how many, `HAVENASK_SEED` which:
//! `HAVENASK_STORM=1000000 cargo test --release -p havenask-emulator --test random_requests`.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    collections::BTreeMap,
    env,
    io::Write,
    panic,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use fastrand::Rng;
use havenask_core::{
    Algorithm,
    operation::{INSTANCES, Operation},
};
use serde_json::{Value, json};
use support::{Cloud, FULL, TestResponse, operation, read, take, wire};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Callers at the same time.
const CALLERS: u64 = 8;
/// A connection that says nothing for so long hangs.
const HANGS: Duration = Duration::from_mins(1);

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |text| text.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn random_requests_get_a_response() {
    static PANICS: AtomicU64 = AtomicU64::new(0);
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        report(info);
    }));
    let (requests, seed) = (number("HAVENASK_STORM", 20_000), number("HAVENASK_SEED", 1));
    let cloud = Arc::new(Cloud::start().await);
    let living = Arc::new(AtomicI64::new(0));
    let callers: Vec<_> = (0..CALLERS)
        .map(|number| {
            let rng = Rng::with_seed(seed * CALLERS + number);
            let caller = Caller::new(rng, Arc::clone(&cloud), Arc::clone(&living));
            tokio::spawn(caller.run(requests / CALLERS))
        })
        .collect();
    let mut outcomes = BTreeMap::<String, u64>::new();
    for caller in callers {
        for (outcome, count) in caller.await.unwrap() {
            *outcomes.entry(outcome).or_default() += count;
        }
    }
    let _ = writeln!(std::io::stdout(), "{requests} requests, seed {seed}: {outcomes:#?}");
    assert_eq!(PANICS.load(Ordering::SeqCst), 0);
    let list = cloud.call(support::list(&[])).await.json();
    assert_eq!(list["totalCount"], living.load(Ordering::SeqCst), "what was answered is true");
    for expected in
        ["OK", "SignatureDoesNotMatch", "InvalidApi.NotFound", "InvalidParameter", "400 of HTTP"]
    {
        assert!(outcomes.contains_key(expected), "the storm is too weak: no {expected}");
    }
}

/// One who sends requests, one after the other.
struct Caller {
    rng: Rng,
    cloud: Arc<Cloud>,
    /// Number of instances that must exist.
    living: Arc<AtomicI64>,
    ids: Vec<String>,
    connection: Option<TcpStream>,
    outcomes: BTreeMap<String, u64>,
}

impl Caller {
    fn new(rng: Rng, cloud: Arc<Cloud>, living: Arc<AtomicI64>) -> Self {
        Self { rng, cloud, living, ids: Vec::new(), connection: None, outcomes: BTreeMap::new() }
    }

    async fn run(mut self, requests: u64) -> BTreeMap<String, u64> {
        for _ in 0..requests {
            let kind = self.rng.u8(..10);
            let sent = async {
                match kind {
                    0..4 => self.signed_well().await,
                    4..8 => self.damaged().await,
                    _ => self.garbage().await,
                }
            };
            let ended = tokio::time::timeout(HANGS, sent).await;
            assert!(ended.is_ok(), "a connection hangs");
        }
        self.outcomes
    }

    /// On a connection that is kept. It reaches the service, whatever texts it has in it.
    async fn signed_well(&mut self) {
        let (action, bytes) = self.request();
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => TcpStream::connect(self.cloud.address()).await.unwrap(),
        };
        connection.write_all(&bytes).await.unwrap();
        // A well signed request is answered, on a connection that stays open.
        let answer = read(&mut connection).await.unwrap();
        self.connection = Some(connection);
        let code = self.check(&answer, action);
        let of_the_service =
            ["OK", "InvalidParameter", "MissingParameter", "instance.NotFound", "InvalidPayMethod"];
        assert!(
            of_the_service.contains(&code.as_str()),
            "{}\n{}",
            bytes.escape_ascii(),
            answer.text()
        );
    }

    /// A good request, of which some bytes are others.
    async fn damaged(&mut self) {
        let (action, mut bytes) = self.request();
        for _ in 0..self.rng.usize(1..6) {
            let place = self.rng.usize(..bytes.len());
            match self.rng.u8(..6) {
                0 => bytes[place] = self.rng.u8(..),
                1 => bytes.insert(place, self.rng.u8(..)),
                2 if bytes.len() > 1 => drop(bytes.remove(place)),
                3 => bytes.truncate(place.max(1)),
                4 => {
                    let end = self.rng.usize(place..=bytes.len().min(place + 200));
                    let piece = bytes[place..end].to_vec();
                    let to = self.rng.usize(..bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => {
                    const WORDS: [&str; 10] = [
                        "%",
                        "\r\n",
                        "DELETE ",
                        "x-acs-",
                        "Transfer-Encoding: chunked\r\n",
                        "\0",
                        "é",
                        "content-length: 5\r\n",
                        "ACS3-HMAC-SM3",
                        "?dryRun=true&",
                    ];
                    let word = WORDS[self.rng.usize(..WORDS.len())];
                    bytes.splice(place..place, word.bytes());
                }
            }
        }
        self.send(&bytes, action).await;
    }

    async fn garbage(&mut self) {
        let length = self.rng.usize(..2000);
        let mut bytes = match self.rng.u8(..4) {
            0 => Vec::new(),
            1 => b"GET /openapi/ha3/instances".to_vec(),
            2 => b"POST /openapi/ha3/instances HTTP/1.1\r\nhost: x\r\n".to_vec(),
            _ => b"PUT /openapi/ha3/instances/x HTTP/1.1\r\nauthorization: ACS3-HMAC-SHA256 "
                .to_vec(),
        };
        let text = self.rng.bool();
        bytes.extend((0..length).map(|_| {
            const TEXT: &[u8] = b"abcXYZ019 :/%=&?,;{}[]\"\\\r\n\r\n";
            if text { TEXT[self.rng.usize(..TEXT.len())] } else { self.rng.u8(..) }
        }));
        self.send(&bytes, "").await;
    }

    /// Sends bytes on a connection of their own, says that there are no more, and reads all answers.
    async fn send(&mut self, bytes: &[u8], action: &str) {
        let mut stream = TcpStream::connect(self.cloud.address()).await.unwrap();
        // The other side may have heard enough before everything is sent.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut answers = Vec::new();
        let _ = stream.read_to_end(&mut answers).await;
        // Several requests can have become of one.
        while let Some(answer) = take(&mut answers) {
            self.check(&answer, action);
        }
        assert!(answers.is_empty(), "half an answer: {}", answers.escape_ascii());
    }

    /// Sees to it that an answer is clean, and remembers what it says.
    fn check(&mut self, answer: &TestResponse, action: &str) -> String {
        let code = match answer.status {
            200 if answer.text() == "ok" => "healthy".to_owned(),
            200 => {
                let body = answer.json();
                assert!(body["requestId"].is_string(), "{body}");
                for name in ["code", "Code", "message", "Message"] {
                    assert_eq!(body.get(name), None, "200 with an error: {body}");
                }
                self.remember(&body["result"], action);
                "OK".to_owned()
            }
            status @ (400 | 431) if answer.body.is_empty() => format!("{status} of HTTP"),
            _ => {
                let code = answer.code();
                assert!(!code.is_empty(), "{}", answer.text());
                assert!(answer.status < 500, "{}", answer.text());
                code
            }
        };
        *self.outcomes.entry(code.clone()).or_default() += 1;
        code
    }

    fn remember(&mut self, result: &Value, action: &str) {
        match action {
            "CreateInstance" => {
                if let Some(id) = result["instanceId"].as_str() {
                    self.ids.push(id.to_owned());
                    self.living.fetch_add(1, Ordering::SeqCst);
                }
            }
            "DeleteInstance" => {
                self.living.fetch_sub(1, Ordering::SeqCst);
            }
            _ => {}
        }
    }

    /// Any request, signed well.
    fn request(&mut self) -> (&'static str, Vec<u8>) {
        const ALGORITHMS: [Algorithm; 3] =
            [Algorithm::Acs3HmacSha256, Algorithm::Acs3HmacSm3, Algorithm::RoaHmacSha1];
        let operation = self.operation();
        let action = operation.action;
        let off = self.rng.i64(-900..=900);
        let algorithm = ALGORITHMS[self.rng.usize(..ALGORITHMS.len())];
        let signed = self.cloud.sign_as(operation, algorithm, off);
        let target = signed.url.strip_prefix(self.cloud.running.url()).unwrap();
        (action, wire(&signed.method, target, &signed.headers, &signed.body))
    }

    fn operation(&mut self) -> Operation {
        let text = self.text();
        let one = self.id();
        let path = format!("{INSTANCES}/{one}");
        let body = |operation: Operation, body: Value| Operation {
            body: Some(body.to_string()),
            ..operation
        };
        match self.rng.u8(..12) {
            0..3 => self.purchase(&text),
            3 => operation("GetInstance", "GET", &path, &[]),
            4 => operation(
                "ListInstances",
                "GET",
                INSTANCES,
                &[("description", &text), ("pageSize", "50")],
            ),
            5 => operation(
                "ListInstances",
                "GET",
                INSTANCES,
                &[(&text, &self.text()), ("tags", &text)],
            ),
            6 => body(operation("UpdateInstance", "PUT", &path, &[]), json!({"description": text})),
            7 => {
                let component = json!({"code": text, "value": self.text()});
                let change = json!({"components": [component], "orderType": "UPGRADE"});
                body(operation("UpdateInstance", "PUT", &path, &[]), change)
            }
            8 => operation("DeleteInstance", "DELETE", &path, &[]),
            9 => {
                operation("ListInstanceSpecs", "GET", &format!("{path}/specs"), &[("type", "qrs")])
            }
            10 => operation(
                "DescribeRegions",
                "GET",
                "/openapi/ha3/regions",
                &[("acceptLanguage", &text)],
            ),
            _ => {
                let tag = json!([{"key": text, "value": self.text()}]);
                let labels = json!({"resourceType": "instance", "resourceId": [one], "tag": tag});
                body(support::tag(), labels)
            }
        }
    }

    /// Of one's own instances, which nobody else deletes, or of none.
    fn id(&mut self) -> String {
        let place = self.rng.usize(..=self.ids.len() + 1);
        self.ids.get(place).cloned().unwrap_or_else(|| "ha-cn-nothing".to_owned())
    }

    fn purchase(&mut self, text: &str) -> Operation {
        let mut request: Value = serde_json::from_str(FULL).unwrap();
        match self.rng.u8(..6) {
            0 => request["tags"][0]["value"] = text.into(),
            1 => request[text] = text.into(),
            2 => request["components"][0]["value"] = text.into(),
            3 => request["order"] = text.into(),
            _ => {}
        }
        let mut json = request.to_string();
        if self.rng.u8(..10) == 0 {
            json.insert_str(json.floor_char_boundary(self.rng.usize(..json.len())), text);
        }
        let dry_run = [("dryRun", "TRUE")];
        let query: &[_] = if self.rng.u8(..4) == 0 { &dry_run } else { &[] };
        Operation { body: Some(json), ..operation("CreateInstance", "POST", INSTANCES, query) }
    }

    /// A text with everything that must be escaped somewhere.
    fn text(&mut self) -> String {
        const LETTERS: [&str; 24] = [
            "a", "Z", "0", " ", "+", "%", "%41", "&", "=", "/", "?", "#", "~", "*", "'", "\"",
            "\\", "\n", "\0", "é", "搜", "😀", "\u{2028}", "\u{feff}",
        ];
        let length = self.rng.usize(..12);
        (0..length).map(|_| LETTERS[self.rng.usize(..LETTERS.len())]).collect()
    }
}
