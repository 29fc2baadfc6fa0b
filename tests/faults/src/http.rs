//! One request on a connection of its own.

use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Result;

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// The time of whoever answered.
    pub(crate) date: Option<String>,
}

/// Sends a request to `http://ADDRESS/…`.
pub(crate) async fn send(
    method: &str,
    url: &str,
    headers: &[(String, String)],
    body: &str,
) -> Result<Answer> {
    let rest = url.strip_prefix("http://").ok_or("no address")?;
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the sender.
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(format!("/{path}"));
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        request = request.header("host", address);
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(body.to_owned())))?;
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    let date = response.headers().get("date");
    let date = date.and_then(|date| date.to_str().ok()).map(str::to_owned);
    let body = response.into_body().collect().await?.to_bytes();
    Ok(Answer { status, body: String::from_utf8(body.to_vec())?, date })
}
