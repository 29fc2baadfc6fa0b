//! An emulator in this process, and HTTP by hand: the tests see every byte that goes over the wire.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use havenask_core::{
    Algorithm, Credentials, Endpoint, SignedRequest, SigningContext, Timestamp,
    model::{CreateInstanceRequest, ListInstancesRequest},
    operation::{self, API_VERSION, INSTANCES, Operation},
    sign,
};
use havenask_emulator::{Emulator, EmulatorConfig, EmulatorError, RunningEmulator, StoreLocation};
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub(crate) const KEY: &str = "testid";
pub(crate) const SECRET: &str = "testsecret";
pub(crate) const START: &str = "2026-03-01T08:00:00Z";

/// Valid request with tags and a resource group.
pub(crate) const FULL: &str = r#"{
    "chargeType": "PREPAY",
    "components": [{"code": "searcherdocsize", "value": "200"}],
    "order": {"autoRenew": true, "duration": 1, "pricingCycle": "Month"},
    "resourceGroupId": "rg-1",
    "tags": [{"key": "team", "value": "搜索"}, {"key": "env", "value": "prod"}]
}"#;

/// A running emulator, whose clock the test moves.
pub(crate) struct Cloud {
    pub(crate) running: RunningEmulator,
    clock: Arc<AtomicI64>,
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Cloud {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await.unwrap()
    }

    pub(crate) async fn in_file(path: &Path) -> Result<Self, EmulatorError> {
        Self::start_with(|config| config.store = StoreLocation::File(path.to_owned())).await
    }

    pub(crate) async fn start_with(
        change: impl FnOnce(&mut EmulatorConfig),
    ) -> Result<Self, EmulatorError> {
        let clock = Arc::new(AtomicI64::new(Timestamp::parse(START).unwrap().unix()));
        let hands = Arc::clone(&clock);
        let mut config = EmulatorConfig {
            clock: Arc::new(move || hands.load(Ordering::SeqCst)),
            ready_after: Duration::from_secs(30),
            ..EmulatorConfig::new(KEY, SECRET)
        };
        change(&mut config);
        Ok(Self { running: Emulator::start(config).await?, clock })
    }

    pub(crate) fn address(&self) -> &str {
        self.running.url().strip_prefix("http://").unwrap()
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Signs an operation now, with a nonce of its own.
    pub(crate) fn sign(&self, operation: Operation) -> SignedRequest {
        self.sign_as(operation, Algorithm::Acs3HmacSha256, 0)
    }

    /// Signs an operation with a date that is so many seconds off.
    pub(crate) fn sign_as(
        &self,
        operation: Operation,
        algorithm: Algorithm,
        off: i64,
    ) -> SignedRequest {
        sign::operation(
            operation,
            &Endpoint::parse(self.running.url()).unwrap(),
            &Credentials::new(KEY, SECRET),
            algorithm,
            &SigningContext { date: Timestamp::from_unix(self.now() + off), nonce: nonce() },
        )
    }

    pub(crate) async fn send(&self, request: &SignedRequest) -> TestResponse {
        let target = request.url.strip_prefix(self.running.url()).unwrap();
        let bytes = wire(&request.method, target, &request.headers, &request.body);
        exchange(self.address(), &bytes).await
    }

    pub(crate) async fn call(&self, operation: Operation) -> TestResponse {
        self.send(&self.sign(operation)).await
    }

    /// Calls an operation with this body.
    pub(crate) async fn ask(&self, operation: Operation, body: &Value) -> TestResponse {
        self.call(Operation { body: Some(body.to_string()), ..operation }).await
    }

    /// Buys, and answers the id.
    pub(crate) async fn buy(&self, request: &CreateInstanceRequest) -> String {
        let answer = self.call(operation::create_instance(request, None)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["result"]["instanceId"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&self, instance_id: &str) -> TestResponse {
        self.call(operation::get_instance(instance_id)).await
    }

    pub(crate) async fn list(&self, request: &ListInstancesRequest) -> Value {
        let answer = self.call(operation::list_instances(request)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

impl TestResponse {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The error code, in either spelling.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        let code = body.get("Code").or(body.get("code")).and_then(Value::as_str);
        code.unwrap_or_default().to_owned()
    }
}

/// A nonce that no other call gets.
pub(crate) fn nonce() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{:032x}", NEXT.fetch_add(1, Ordering::SeqCst))
}

/// Any operation, with a query and without a body.
pub(crate) fn operation(
    action: &'static str,
    method: &'static str,
    path: &str,
    query: &[(&str, &str)],
) -> Operation {
    let query = query.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Operation { action, version: API_VERSION, method, path: path.into(), query, body: None }
}

/// `UpdateInstance`, without its body.
pub(crate) fn update(instance_id: &str) -> Operation {
    operation("UpdateInstance", "PUT", &format!("{INSTANCES}/{instance_id}"), &[])
}

/// `DeleteInstance`.
pub(crate) fn delete(instance_id: &str) -> Operation {
    operation("DeleteInstance", "DELETE", &format!("{INSTANCES}/{instance_id}"), &[])
}

/// `TagResources`, without its body.
pub(crate) fn tag() -> Operation {
    operation("TagResources", "POST", "/openapi/ha3/resource-tags", &[])
}

/// `ListInstances` with any query.
pub(crate) fn list(query: &[(&str, &str)]) -> Operation {
    operation("ListInstances", "GET", INSTANCES, query)
}

pub(crate) fn request(json: &str) -> CreateInstanceRequest {
    serde_json::from_str(json).unwrap()
}

/// A request as bytes, with its length unless the headers say how long it is.
pub(crate) fn wire(
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Vec<u8> {
    let mut bytes = format!("{method} {target} HTTP/1.1\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    let says = |name: &str| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let chunked = says("transfer-encoding");
    if !chunked && !says("content-length") {
        bytes.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    if !chunked {
        bytes.extend_from_slice(body);
        return bytes;
    }
    // Chunks that cut through characters and names.
    for chunk in body.chunks(7) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

/// Sends bytes on a connection of their own and reads one answer.
pub(crate) async fn exchange(address: &str, bytes: &[u8]) -> TestResponse {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    read(&mut stream).await.unwrap()
}

/// Reads one answer; `None` when the connection ends without one.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<TestResponse> {
    let mut bytes = Vec::new();
    loop {
        if let Some(answer) = take(&mut bytes) {
            assert!(bytes.is_empty(), "more than one answer: {bytes:?}");
            return Some(answer);
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            assert!(bytes.is_empty(), "half an answer: {bytes:?}");
            return None;
        }
    }
}

/// Takes an answer off the front of what was read, when all of it is there.
pub(crate) fn take(bytes: &mut Vec<u8>) -> Option<TestResponse> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut answer = TestResponse { status, head, body: Vec::new() };
    let length: usize = answer.header("content-length").unwrap().parse().unwrap();
    if bytes.len() < end + 4 + length {
        return None;
    }
    answer.body = bytes.drain(..end + 4 + length).skip(end + 4).collect();
    Some(answer)
}

/// A place for a store that no other test uses.
pub(crate) fn store_path(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emulator").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("store.db")
}
