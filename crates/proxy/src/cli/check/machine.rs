//! Checks of the machine: an address, and files that may be written.

use std::{
    fs::{self, OpenOptions},
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use axum::body::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::net::TcpListener;

use super::report::CheckResult;
use crate::{http::paths, server::StartError};

/// The timeout of a local request.
const TIMEOUT: Duration = Duration::from_secs(2);
const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// Checks that the proxy can listen there; one that does already is asked for its metrics.
pub(super) async fn listen(address: SocketAddr, metrics: SocketAddr) -> CheckResult {
    match TcpListener::bind(address).await {
        Ok(_) => CheckResult::ok(format!("{address} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && is_proxy(metrics).await => {
            CheckResult::ok(format!("a proxy listens on {address} already"))
        }
        Err(source) => CheckResult::fail(StartError::Listen { address, source }),
    }
}

/// Tests for a proxy by its metrics.
async fn is_proxy(mut address: SocketAddr) -> bool {
    if address.ip().is_unspecified() {
        let v4 = address.is_ipv4();
        address.set_ip(if v4 {
            Ipv4Addr::LOCALHOST.into()
        } else {
            IpAddr::from(Ipv6Addr::LOCALHOST)
        });
    }
    let Ok(url) = format!("http://{address}{}", paths::METRICS).parse() else { return false };
    let metrics = async {
        let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
        let body = Limited::new(client.get(url).await.ok()?.into_body(), MAX_RESPONSE_BYTES);
        Some(body.collect().await.ok()?.to_bytes())
    };
    let metrics = tokio::time::timeout(TIMEOUT, metrics).await.ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&metrics).contains("havenask_proxy_")
}

/// Checks that the audit log can be written.
pub(super) fn audit(path: Option<&Path>) -> CheckResult {
    let Some(path) = path else {
        return CheckResult::ok("none: purchases are in the ledger alone");
    };
    let found = if path.exists() {
        OpenOptions::new().append(true).open(path).map(|_| "is written on")
    } else {
        can_be_made(path).map(|()| "is made by the first run")
    };
    match found {
        Ok(how) => CheckResult::ok(format!("{} {how}", path.display())),
        Err(error) => CheckResult::fail(StartError::Audit(error)),
    }
}

/// Tests that a file can be made there: another one is, and is removed again. The file itself would belong to the user of the check.
pub(super) fn can_be_made(path: &Path) -> io::Result<()> {
    let probe = path.with_file_name(format!(".havenask-proxy-check-{}", std::process::id()));
    OpenOptions::new().write(true).create_new(true).open(&probe)?;
    fs::remove_file(probe)
}
