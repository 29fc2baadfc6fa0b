//! A proxy in front of an upstream that plays a part, and a way to ask it.

#![allow(dead_code, reason = "each test file uses a part of it")]

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
    config::Limits,
    guard::{Identity, Origins, Quota, Spend},
    keys::Source,
    start,
};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

pub(crate) const SECRET: &str = "sentinel-secret-of-the-proxy";

/// What the upstream does with a request.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// Answers with these bytes.
    Answer(&'static str),
    /// Reads the request and closes the connection.
    Close,
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
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let upstream = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(play(listener, part, Arc::clone(&requests)));
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
        self.proxy.url()
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
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        read_reply(stream).await
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.proxy.url().trim_start_matches("http://")).await.unwrap()
    }

    pub(crate) async fn stop(self) {
        self.proxy.stop().await;
    }
}

pub(crate) async fn read_reply(mut stream: TcpStream) -> Reply {
    let mut text = Vec::new();
    stream.read_to_end(&mut text).await.unwrap();
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

/// Changes a ledger from outside.
pub(crate) async fn execute(ledger: &str, statement: &'static str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(ledger).await.unwrap();
    sqlx::query(statement).execute(&mut connection).await.unwrap();
}

pub(crate) async fn config(upstream: &str) -> Config {
    Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        region: None,
        upstream: Endpoint::parse(upstream).unwrap(),
        ledger: new_ledger().await.into(),
        keys: Source::Fixed(Credentials::new("testid", SECRET)),
        site: None,
        allow_postpay: false,
        catalog: None,
        forward_dry_run: false,
        relay: false,
        limits: Limits {
            head: Duration::from_secs(2),
            body: Duration::from_secs(2),
            answer: Duration::from_millis(500),
            // Whoever wants lost purchases to be looked for says so.
            first_look: Duration::from_hours(1),
            ..Limits::default()
        },
        origins: Origins::default(),
        identity: Identity::Anyone,
        quota: Quota { of_one: 100_000, of_all: 100_000, at_once: 10_000 },
        spend: Spend::default(),
        audit: None,
    }
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
            requests.lock().await.push(String::from_utf8(bytes).unwrap());
            match part {
                Part::Answer(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
                Part::Close => {}
                Part::Silence => {
                    // Held open until the proxy gives up.
                    let _ = stream.read(&mut [0]).await;
                }
            }
        });
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
