//! The one endpoint that everything is sent to.

mod kept;
mod secrets;

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
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use self::kept::Kept;
use crate::{config::Limits, keys::Keys, metrics::Metrics, stamp};

/// Before each further attempt to connect.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

type Connector = HttpsConnector<HttpConnector>;
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The one endpoint that everything is sent to.
pub(crate) struct Upstream {
    endpoint: Endpoint,
    keys: Arc<Keys>,
    metrics: Arc<Metrics>,
    limits: Limits,
    /// For questions: connections are kept.
    asking: Arc<Kept>,
    /// For purchases: each has a connection of its own. One that was kept may just be closing, and then nobody knows
    /// whether the purchase was read.
    buying: Client<Connector, Full<Bytes>>,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) enum Parcel {
    /// It is signed here, anew for each attempt.
    Own(Operation),
    /// A page has signed it with its own keys, for this operation: it goes as it is, and once.
    Sealed(&'static str, Sealed),
}

/// A request that is signed.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct UpstreamAnswer {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    /// Seconds after which the cloud wants to be asked again.
    pub(crate) retry_after: Option<u64>,
    /// What time it is there.
    pub(crate) date: Option<Timestamp>,
}

impl Upstream {
    pub(crate) fn new(
        endpoint: Endpoint,
        limits: Limits,
        keys: Arc<Keys>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let asking = Arc::new(Kept::new(connector(limits.connect)));
        let kept = Arc::downgrade(&asking);
        keys.on_change(move || {
            if let Some(kept) = kept.upgrade() {
                kept.clear();
            }
        });
        Self {
            endpoint,
            keys,
            metrics,
            limits,
            asking,
            buying: Client::builder(TokioExecutor::new())
                .pool_max_idle_per_host(0)
                .retry_canceled_requests(false)
                .build(connector(limits.connect)),
        }
    }

    /// Sends a purchase, once. Only when no connection could be made, and so nothing was sent, it is tried again, with
    /// another date and nonce; and not after `until`, when it may already be looked for.
    pub(crate) async fn purchase(
        &self,
        parcel: Parcel,
        until: Instant,
        locale: Locale,
    ) -> Result<UpstreamAnswer, Failure> {
        let attempts = if matches!(parcel, Parcel::Own(_)) { PAUSES.len() } else { 0 };
        let mut pauses = PAUSES.into_iter().take(attempts);
        loop {
            if Instant::now() > until {
                return Err(Failure::new(ErrorCode::UpstreamUnreachable, locale));
            }
            let answer = self.send(Connections::New, parcel.clone(), locale).await;
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

    /// Sends a question.
    pub(crate) async fn ask(
        &self,
        parcel: Parcel,
        locale: Locale,
    ) -> Result<UpstreamAnswer, Failure> {
        self.send(Connections::Kept, parcel, locale).await
    }

    /// A request as it would be sent.
    pub(crate) fn signed(
        &self,
        operation: Operation,
        locale: Locale,
    ) -> Result<SignedRequest, Failure> {
        let stamp = stamp::new().map_err(|error| {
            tracing::error!(%error, "the system has no randomness");
            Failure::new(ErrorCode::UpstreamUnreachable, locale)
        })?;
        let algorithm = Algorithm::default();
        Ok(sign::operation(operation, &self.endpoint, &self.keys.current(), algorithm, &stamp))
    }

    async fn send(
        &self,
        connections: Connections,
        parcel: Parcel,
        locale: Locale,
    ) -> Result<UpstreamAnswer, Failure> {
        let action = parcel.action();
        let sealed = match parcel {
            Parcel::Own(operation) => self.signed(operation, locale)?.into(),
            Parcel::Sealed(_, sealed) => sealed,
        };
        let Sealed { method, url, headers, body } = sealed;
        let mut request = Request::builder().method(method.as_str()).uri(&url);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let request = request
            .header("user-agent", concat!("havenask-proxy/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(Bytes::from(body)));
        let failed = |fault| Failure::new(fault, locale);
        let request = request.map_err(|error| {
            tracing::error!(%error, "the request could not be built");
            failed(ErrorCode::UpstreamUnreachable)
        })?;
        let exchange = async {
            let answer = self.exchange(connections, request).await.map_err(|error| {
                tracing::warn!(error = %chain(&*error.cause), product = PRODUCT, "no answer");
                if error.sent {
                    failed(ErrorCode::UpstreamResponseUnreadable)
                } else {
                    failed(ErrorCode::UpstreamUnreachable)
                }
            })?;
            let (response, connection) = answer;
            let status = response.status().as_u16();
            let (retry_after, date) = (retry_after(response.headers()), date(response.headers()));
            let body = Limited::new(response.into_body(), self.limits.answer_bytes).collect();
            let body = body.await.map_err(|error| {
                tracing::warn!(%error, product = PRODUCT, "half an answer");
                failed(ErrorCode::UpstreamResponseUnreadable)
            })?;
            if let Some(connection) = connection {
                self.asking.give_back(connection);
            }
            let body = body.to_bytes();
            // A body that is no text is no answer, and could hide anything.
            let text = std::str::from_utf8(&body).map_err(|error| {
                tracing::warn!(%error, product = PRODUCT, "an answer that is no UTF-8");
                failed(ErrorCode::UpstreamResponseUnreadable)
            })?;
            let credentials = self.keys.current();
            let token = headers.iter().find(|(name, _)| name == SECURITY_TOKEN);
            let secrets = [token.map_or("", |(_, token)| token), credentials.access_key_secret()];
            let body = secrets::without(text, secrets).map_or(body.clone(), Bytes::from);
            Ok(UpstreamAnswer { status, body, retry_after, date })
        };
        let start = Instant::now();
        let answered = tokio::time::timeout(self.limits.answer, exchange).await;
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
    ) -> Result<(Response<Incoming>, Option<kept::Sender>), NoAnswer> {
        match connections {
            Connections::Kept => {
                let (response, connection) = self.asking.send(request).await?;
                Ok((response, Some(connection)))
            }
            Connections::New => {
                let response = self.buying.request(request).await;
                let response = response
                    .map_err(|error| NoAnswer { sent: !error.is_connect(), cause: error.into() })?;
                Ok((response, None))
            }
        }
    }
}

impl Parcel {
    /// The name of the operation.
    const fn action(&self) -> &'static str {
        match self {
            Self::Own(operation) => operation.action,
            Self::Sealed(action, _) => action,
        }
    }
}

impl From<SignedRequest> for Sealed {
    fn from(signed: SignedRequest) -> Self {
        let SignedRequest { method, url, headers, body, .. } = signed;
        Self { method, url, headers, body }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sealed").field("url", &self.url).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
enum Connections {
    /// Kept for the next question; one that closed in between is replaced.
    Kept,
    /// A new one for each request, which is sent once at most.
    New,
}

/// Why nothing came back, and whether something may have been sent.
struct NoAnswer {
    sent: bool,
    cause: Cause,
}

/// Why an endpoint could not be connected to.
#[derive(Debug)]
pub(crate) struct NotReached {
    pub(crate) why: String,
    /// Somebody answers there, and is not the cloud.
    pub(crate) in_tls: bool,
}

/// Connects to an endpoint as a run does, and sends nothing.
pub(crate) async fn reach(endpoint: &Endpoint, limits: Limits) -> Result<(), NotReached> {
    let failed = |why, in_tls| NotReached { why, in_tls };
    let address = endpoint.to_string().parse().map_err(|error| failed(chain(&error), false))?;
    let connecting = Kept::new(connector(limits.connect));
    let connected = tokio::time::timeout(limits.answer, connecting.connect(address)).await;
    let connected = connected.map_err(|elapsed| failed(chain(&elapsed), false))?;
    // What fails before TLS is an error of hyper's.
    connected.map(drop).map_err(|cause| failed(chain(&*cause), cause.is::<std::io::Error>()))
}

/// No redirect is followed, no proxy of the environment is used, and TLS is always verified.
fn connector(connect: Duration) -> Connector {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_connect_timeout(Some(connect));
    http.set_nodelay(true);
    let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1();
    https.wrap_connector(http)
}

/// The gateway says it in milliseconds: so the official SDKs read it (`getThrottlingTimeLeft` of `@alicloud/openapi-core` 1.0.8).
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let milliseconds: u64 = headers.get("x-acs-retry-after")?.to_str().ok()?.parse().ok()?;
    Some(milliseconds.div_ceil(1000))
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    Timestamp::parse(headers.get(header::DATE)?.to_str().ok()?)
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

impl fmt::Debug for Upstream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Upstream").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
