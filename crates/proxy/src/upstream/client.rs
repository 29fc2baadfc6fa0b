//! The client of the cloud.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use havenask_core::{
    Algorithm, Endpoint, ErrorCode, Failure, Locale, Operation, SignedRequest, Timestamp,
    operation::PRODUCT,
    sign::{self, SECURITY_TOKEN},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{HeaderMap, Request, Response, body::Incoming, header};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};

use super::{
    connector::{Connector, connector},
    error::{SendError, error_chain},
    pool::{ConnectionPool, Sender},
    request::{OutgoingRequest, UpstreamResponse},
    secrets,
};
use crate::{clock, config::Limits, credentials::CredentialProvider, metrics::Metrics};

/// The pause before each further attempt to connect.
const CONNECT_BACKOFF: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

/// A client of one endpoint of the cloud.
pub(crate) struct Upstream {
    endpoint: Endpoint,
    credentials: Arc<CredentialProvider>,
    metrics: Arc<Metrics>,
    limits: Limits,
    /// Connections for queries.
    pool: Arc<ConnectionPool>,
    /// Purchases: each has a connection of its own. One of the pool may just be closing, and then nobody knows
    /// whether the purchase was read.
    unpooled: Client<Connector, Full<Bytes>>,
}

impl Upstream {
    pub(crate) fn new(
        endpoint: Endpoint,
        limits: Limits,
        credentials: Arc<CredentialProvider>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let pool = Arc::new(ConnectionPool::new(connector(limits.connect_timeout)));
        let pool_ref = Arc::downgrade(&pool);
        credentials.on_change(move || {
            if let Some(pool) = pool_ref.upgrade() {
                pool.clear();
            }
        });
        Self {
            endpoint,
            credentials,
            metrics,
            limits,
            pool,
            unpooled: Client::builder(TokioExecutor::new())
                .pool_max_idle_per_host(0)
                .retry_canceled_requests(false)
                .build(connector(limits.connect_timeout)),
        }
    }

    /// Sends a purchase, once. Only when no connection could be made, and so nothing was sent, it is tried again, with
    /// another date and nonce; and not after `until`, when it may already be looked for.
    pub(crate) async fn send_purchase(
        &self,
        outgoing: OutgoingRequest,
        until: Instant,
        locale: Locale,
    ) -> Result<UpstreamResponse, Failure> {
        let attempts = if matches!(outgoing, OutgoingRequest::Unsigned(_)) {
            CONNECT_BACKOFF.len()
        } else {
            0
        };
        let mut pauses = CONNECT_BACKOFF.into_iter().take(attempts);
        loop {
            if Instant::now() > until {
                return Err(Failure::new(ErrorCode::UpstreamUnreachable, locale));
            }
            let answer = self.send(Connections::Fresh, outgoing.clone(), locale).await;
            match (&answer, pauses.next()) {
                (Err(failure), Some(pause))
                    if failure.code == ErrorCode::UpstreamUnreachable.as_str() =>
                {
                    tokio::time::sleep(pause).await;
                }
                _ => return answer,
            }
        }
    }

    /// Sends a query.
    pub(crate) async fn query(
        &self,
        outgoing: OutgoingRequest,
        locale: Locale,
    ) -> Result<UpstreamResponse, Failure> {
        self.send(Connections::Pooled, outgoing, locale).await
    }

    /// Signs a request.
    pub(crate) fn sign(
        &self,
        operation: Operation,
        locale: Locale,
    ) -> Result<SignedRequest, Failure> {
        let context = clock::signing_context().map_err(|error| {
            tracing::error!(%error, "the system has no randomness");
            Failure::new(ErrorCode::UpstreamUnreachable, locale)
        })?;
        let algorithm = Algorithm::default();
        Ok(sign::operation(
            operation,
            &self.endpoint,
            &self.credentials.current(),
            algorithm,
            &context,
        ))
    }

    async fn send(
        &self,
        connections: Connections,
        outgoing: OutgoingRequest,
        locale: Locale,
    ) -> Result<UpstreamResponse, Failure> {
        let action = outgoing.action();
        let (url, method, headers, body) = match outgoing {
            OutgoingRequest::Unsigned(operation) => {
                let it = self.sign(operation, locale)?;
                (it.url, it.method, it.headers, it.body)
            }
            OutgoingRequest::PreSigned(_, it) => {
                (self.endpoint.url(&it), it.method, it.headers, it.body)
            }
        };
        let mut request = Request::builder().method(method.as_str()).uri(&url);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let agent = concat!("havenask-proxy/", env!("CARGO_PKG_VERSION"));
        let request = request.header("user-agent", agent).body(Full::new(Bytes::from(body)));
        let failed = |fault| Failure::new(fault, locale);
        let request = request.map_err(|error| {
            tracing::error!(%error, "the request could not be built");
            failed(ErrorCode::UpstreamUnreachable)
        })?;
        let exchange = async {
            let answer = self.exchange(connections, request).await;
            let (response, connection) = answer.map_err(|error| {
                tracing::warn!(error = %error_chain(&*error.cause), product = PRODUCT, "no answer");
                if error.sent {
                    failed(ErrorCode::UpstreamResponseUnreadable)
                } else {
                    failed(ErrorCode::UpstreamUnreachable)
                }
            })?;
            let status = response.status().as_u16();
            let (retry_after, date) = (retry_after(response.headers()), date(response.headers()));
            let body = Limited::new(response.into_body(), self.limits.max_response_bytes).collect();
            let body = body.await.map_err(|error| {
                tracing::warn!(%error, product = PRODUCT, "half an answer");
                failed(ErrorCode::UpstreamResponseUnreadable)
            })?;
            if let Some(connection) = connection {
                self.pool.checkin(connection);
            }
            let body = body.to_bytes();
            // A body that is no text is no answer, and could hide anything.
            let text = std::str::from_utf8(&body).map_err(|error| {
                tracing::warn!(%error, product = PRODUCT, "an answer that is no UTF-8");
                failed(ErrorCode::UpstreamResponseUnreadable)
            })?;
            let credentials = self.credentials.current();
            let token = headers.iter().find(|(name, _)| name == SECURITY_TOKEN);
            let secrets = [token.map_or("", |(_, token)| token), credentials.access_key_secret()];
            let body = secrets::without(text, secrets).map_or(body.clone(), Bytes::from);
            Ok(UpstreamResponse { status, body, retry_after, date })
        };
        let start = Instant::now();
        let answered = tokio::time::timeout(self.limits.upstream_timeout, exchange).await;
        let answered = answered.unwrap_or_else(|_| Err(failed(ErrorCode::UpstreamTimeout)));
        let how = answered.as_ref().map_or_else(|failure| failure.code.as_str(), |_| "complete");
        self.metrics.upstream(action, how, start);
        answered
    }

    /// Sends a request, and returns the connection too if another may use it when the answer is read.
    async fn exchange(
        &self,
        connections: Connections,
        request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, Option<Sender>), SendError> {
        match connections {
            Connections::Pooled => {
                let (response, connection) = self.pool.send(request).await?;
                Ok((response, Some(connection)))
            }
            Connections::Fresh => {
                let response = self.unpooled.request(request).await;
                let response = response.map_err(|error| SendError {
                    sent: !error.is_connect(),
                    cause: error.into(),
                })?;
                Ok((response, None))
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Connections {
    /// From the pool; one that closed in between is replaced.
    Pooled,
    /// A new one for each request, which is sent once at most.
    Fresh,
}

/// The gateway says it in milliseconds: so the official SDKs read it (`getThrottlingTimeLeft` of `@alicloud/openapi-core` 1.0.8).
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let milliseconds: u64 = headers.get("x-acs-retry-after")?.to_str().ok()?.parse().ok()?;
    Some(milliseconds.div_ceil(1000))
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    Timestamp::parse(headers.get(header::DATE)?.to_str().ok()?)
}

impl fmt::Debug for Upstream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Upstream").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
