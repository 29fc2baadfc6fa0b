//! A proxy in front of an upstream that plays a part, and a way to ask it.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod checked;
pub(crate) mod desk;
pub(crate) mod shop;
pub(crate) mod store_faults;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use havenask_core::{Credentials, Endpoint};
use havenask_proxy::{
    Config, Running,
    access::{AllowedOrigins, Authentication, RequestLimits},
    config::{Endpoints, Limits, RegionEndpoint},
    credentials::CredentialSource,
    ledger::Ledger,
    pricing::PriceLimits,
    purchase::PurchasePolicy,
    start,
};
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

pub(crate) const SECRET: &str = "sentinel-secret-of-the-proxy";

/// A purchase that is right.
pub(crate) const GOOD: &str = r#"{"order":{"duration":1,"pricingCycle":"Month"},"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"}]}"#;

/// The cloud has bought.
pub(crate) const CREATED: Part = Part::Answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 59\r\n\r\n{\"requestId\":\"R-1\",\"result\":{\"instanceId\":\"ha-cn-abc123\"}}\n",
);

/// The upstream's treatment of a request.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// Answers with these bytes.
    Answer(&'static str),
    /// Answers with these bytes, and then says nothing more.
    Half(&'static str),
    /// Refuses the request, and quotes all of it.
    Quote,
    /// Reads the request and closes the connection.
    Close,
    /// Closes the connection of a purchase, and answers questions with these bytes.
    Lose(&'static str),
    /// Reads the request and says nothing.
    Silence,
}

pub(crate) struct Stage {
    proxy: Running,
    pub(crate) upstream: String,
    /// Every request that reached the upstream, head and body.
    requests: Arc<Mutex<Vec<String>>>,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Stage {
    pub(crate) async fn with(part: Part) -> Self {
        Self::with_config(part, |config| config).await
    }

    pub(crate) async fn with_config(part: Part, change: impl FnOnce(Config) -> Config) -> Self {
        let (upstream, requests) = cloud(part).await;
        let proxy = start(change(config(&upstream).await)).await.unwrap();
        Self { proxy, upstream, requests }
    }

    /// In front of an address where nothing listens.
    pub(crate) async fn with_nobody_behind() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let upstream = format!("http://{free}");
        let proxy = start(config(&upstream).await).await.unwrap();
        Self { proxy, upstream, requests: Arc::default() }
    }

    pub(crate) fn url(&self) -> String {
        // A proxy that listens everywhere is reached here too.
        self.proxy.url().replace("0.0.0.0", "127.0.0.1")
    }

    pub(crate) fn operator_url(&self) -> Option<String> {
        self.proxy.operator_url()
    }

    pub(crate) async fn requests(&self) -> Vec<String> {
        self.requests.lock().await.clone()
    }

    pub(crate) async fn buy(&self, body: &str) -> Reply {
        self.post("", "Content-Type: application/json\r\nIdempotency-Key: key-of-a-test\r\n", body)
            .await
    }

    pub(crate) async fn post(&self, query: &str, headers: &str, body: &str) -> Reply {
        let length = body.len();
        self.raw(&format!(
            "POST /openapi/ha3/instances{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
        .await
    }

    pub(crate) async fn get(&self, target: &str) -> Reply {
        self.raw(&format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
            .await
    }

    pub(crate) async fn raw(&self, request: &str) -> Reply {
        read_reply(self.begin(request).await).await
    }

    /// Sends a request, or a part of one, and does not wait for the answer.
    pub(crate) async fn begin(&self, request: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// Waits until a request has reached the upstream.
    pub(crate) async fn reached(&self) {
        reached(&self.requests).await;
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.url().trim_start_matches("http://")).await.unwrap()
    }

    pub(crate) async fn stop(self) {
        self.proxy.stop().await;
    }
}

/// A request was refused, and bought nothing.
#[track_caller]
pub(crate) fn assert_refused(reply: &Reply, status: u16, code: &str) -> Value {
    let failure = reply.json();
    assert_eq!((reply.status, &failure["code"]), (status, &json!(code)), "{}", reply.body);
    assert_eq!(failure["outcome"], "not-created");
    failure
}

/// Waits until something has reached an upstream.
pub(crate) async fn reached(requests: &Mutex<Vec<String>>) {
    let some = async {
        while requests.lock().await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    in_time(some).await;
}

/// Waits for an act that takes much less in a proxy that works.
pub(crate) async fn in_time<T>(act: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), act).await.unwrap()
}

pub(crate) async fn read_reply(mut stream: TcpStream) -> Reply {
    let mut text = Vec::new();
    in_time(stream.read_to_end(&mut text)).await.unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}

/// Sends one request to a proxy.
pub(crate) async fn request(
    url: String,
    method: &str,
    target: &str,
    headers: &str,
    body: &str,
) -> Reply {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
    let length = body.len();
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    read_reply(stream).await
}

/// The headers that a page can set: all but `host`.
pub(crate) fn lines<'a>(headers: impl Iterator<Item = &'a (String, String)>) -> String {
    let headers = headers.filter(|(name, _)| name != "host");
    headers.map(|(name, value)| [name, ": ", value, "\r\n"].concat()).collect()
}

/// A ledger that no other test has: a file, or a schema of the PostgreSQL that `HAVENASK_TEST_POSTGRES` names.
pub(crate) async fn new_ledger() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let name = format!("ledger_{}_{number}", std::process::id());
    if let Ok(server) = std::env::var("HAVENASK_TEST_POSTGRES") {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&server).await.unwrap();
        let create = AssertSqlSafe(format!("CREATE SCHEMA {name}"));
        sqlx::query(create).execute(&mut connection).await.unwrap();
        return format!("{server}?options[search_path]={name}");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("proxy");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name).display().to_string();
    for rest in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file([&path, rest].concat());
    }
    format!("sqlite:{path}")
}

/// Makes a ledger, and waits until nothing of it is open: a program that is waited for keeps what is left from ending.
pub(crate) async fn create_ledger(ledger: &str) {
    let (opened, writer) = Ledger::open(&ledger.to_owned().into()).await.unwrap();
    drop(opened);
    writer.await.unwrap();
}

/// Changes a ledger from outside.
pub(crate) async fn execute(ledger: &str, statement: &'static str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(ledger).await.unwrap();
    sqlx::query(statement).execute(&mut connection).await.unwrap();
}

pub(crate) async fn config(upstream: &str) -> Config {
    Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        operator: None,
        own_names: Vec::new(),
        account_site: None,
        accounts: None,
        prices: PriceLimits::default(),
        endpoints: Endpoints::single(RegionEndpoint::new(Endpoint::parse(upstream).unwrap())),
        ledger: new_ledger().await.into(),
        credentials: CredentialSource::Fixed(Credentials::new("testid", SECRET)),
        site: None,
        allow_postpay: false,
        catalog: None,
        relay: false,
        limits: Limits {
            header_timeout: Duration::from_secs(2),
            body_timeout: Duration::from_secs(2),
            upstream_timeout: Duration::from_millis(500),
            // A test of reconciliation sets a shorter one.
            reconcile_interval: Duration::from_hours(1),
            ..Limits::default()
        },
        origins: AllowedOrigins::default(),
        authentication: Authentication::Anonymous,
        request_limits: RequestLimits {
            per_principal: 100_000,
            per_address: 100_000,
            total: 100_000,
            concurrent: 10_000,
        },
        policy: PurchasePolicy::default(),
        terms_url: None,
        audit: None,
    }
}

/// Starts an upstream, and returns its address and what will reach it.
pub(crate) async fn cloud(part: Part) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::default();
    tokio::spawn(play(listener, part, Arc::clone(&requests)));
    (address, requests)
}

async fn play(listener: TcpListener, part: Part, requests: Arc<Mutex<Vec<String>>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let requests = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut bytes = Vec::new();
            while !is_whole(&bytes) {
                if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                    return;
                }
            }
            let request = String::from_utf8(bytes).unwrap();
            // A start asks for the account too; tests count what is asked of the product.
            if !request.contains("GetCallerIdentity") {
                requests.lock().await.push(request.clone());
            }
            match part {
                Part::Quote => stream.write_all(quote(&request).as_bytes()).await.unwrap(),
                Part::Lose(_) if request.starts_with("POST") => {}
                Part::Answer(answer) | Part::Half(answer) | Part::Lose(answer) => {
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
                Part::Close | Part::Silence => {}
            }
            if let Part::Half(_) | Part::Silence = part {
                // Held open until the proxy gives up.
                let _ = stream.read(&mut [0]).await;
            }
        });
    }
}

fn quote(request: &str) -> String {
    let body = json!({ "requestId": "R-9", "code": "SignatureDoesNotMatch", "message": request });
    let body = body.to_string();
    format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
