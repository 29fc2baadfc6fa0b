//! Control plane: the path of a request through faults, gateway and service, with its log line and metrics.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use havenask_core::{catalog, sign::HttpRequest};
use hyper::{
    Method, Request, StatusCode,
    body::Incoming,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, HOST},
};

use crate::{
    config::Clock,
    error::ApiError,
    faults::{ErrorFormat, Fault, Faults, InjectedFaults},
    gateway::Gateway,
    http::{self, HttpResponse},
    ids,
    metrics::RequestCounters,
    operation::{self, ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
    response_body::{ConnectionClosed, Delivery},
    service::{OPERATIONS, Service},
};

pub(crate) struct ControlPlane {
    pub(crate) gateway: Gateway,
    pub(crate) service: Service,
    pub(crate) faults: Arc<Faults>,
    pub(crate) metrics: RequestCounters,
    pub(crate) clock: Clock,
    pub(crate) read_timeout: Duration,
}

/// Operation of a request, and the instance that its path names.
type Found = Result<(&'static ApiOperation, String), ApiError>;

impl ControlPlane {
    /// Handles any request; an error closes the connection, as a fault demands.
    pub(crate) async fn handle(
        &self,
        request: Request<Incoming>,
    ) -> Result<HttpResponse, ConnectionClosed> {
        if let Some(response) = self.operator_response(&request) {
            return Ok(response);
        }
        let start = Instant::now();
        let request_id = ids::request_id();
        let host = request.headers().get(HOST).map(|host| host.as_bytes().to_vec());
        let (method, path) = (request.method().as_str(), request.uri().path());
        let found: Found = operation::find(&OPERATIONS, method, path, request.headers());
        let known = found.as_ref().map(|(operation, _)| *operation).ok();
        let (product, action) =
            known.map_or((&HAVENASK, "unknown"), |known| (known.product, known.action));
        let injected = self.faults.apply_rules(known.map(|known| known.action));
        for fault in injected.names() {
            self.metrics.count_fault(fault);
            tracing::info!(operation = action, fault, request_id);
        }
        if matches!(injected.fault, Some(Fault::CloseBeforeReading)) {
            return Err(ConnectionClosed);
        }
        let result = match http::read_request(request, self.read_timeout).await {
            Ok(request) => self.call(found, &request, &request_id, &injected).await,
            Err(error) => Err(error),
        };
        let (status, code, retry_after, body) = match result {
            Ok(body) => (StatusCode::OK, "OK", None, body),
            Err(error) => {
                let host = host.unwrap_or_default();
                let host = String::from_utf8_lossy(&host);
                let body = error.body(&request_id, &host, product, action);
                (error.status, error.row.code, error.retry_after, body)
            }
        };
        self.metrics.count(action, code);
        let status_code = status.as_u16();
        tracing::info!(operation = action, status_code, code, request_id, elapsed = ?start.elapsed());
        let mut response = respond(injected.fault, status, body, &request_id).await?;
        if let Some(milliseconds) = retry_after {
            http::add_header(&mut response, http::RETRY_AFTER, &milliseconds.to_string());
        }
        Ok(response)
    }

    /// Authenticates a request and calls its operation, unless a fault prevents it.
    async fn call(
        &self,
        found: Found,
        request: &HttpRequest,
        request_id: &str,
        injected: &InjectedFaults,
    ) -> HandlerResult {
        let fault = injected.fault.as_ref();
        if let Some(Fault::Delay { milliseconds }) = fault {
            tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
        }
        let replacement = match fault.and_then(Fault::error) {
            Some(error) if !fault.is_some_and(Fault::commits) => return Err(error),
            replacement => replacement,
        };
        let (operation, instance_id) = found?;
        let now = (self.clock)();
        let caller = self.gateway.authenticate(request, operation, now)?;
        let hidden_for = match injected.late_visibility {
            Some(Fault::LateVisibility { seconds }) => seconds.into(),
            _ => 0,
        };
        let price_percent = match fault {
            Some(Fault::ChangePrice { percent }) => *percent,
            _ => 100,
        };
        let context = RequestContext {
            request,
            instance_id,
            caller,
            now,
            request_id,
            hidden_for,
            price_percent,
        };
        let result = (operation.handle)(&self.service, context).await;
        replacement.map_or(result, Err)
    }

    /// Responds to the unsigned requests of an operator.
    fn operator_response(&self, request: &Request<Incoming>) -> Option<HttpResponse> {
        if request.method() != Method::GET {
            return None;
        }
        let text = |status, text: &'static str| http::response(status, http::TEXT, text);
        match request.uri().path() {
            "/healthz" => Some(text(StatusCode::OK, "ok")),
            "/readyz" if self.service.is_ready() => Some(text(StatusCode::OK, "ok")),
            "/readyz" => Some(text(
                StatusCode::SERVICE_UNAVAILABLE,
                "the store can no longer be written to: restart the emulator",
            )),
            "/metrics" => {
                Some(http::response(StatusCode::OK, http::OPEN_METRICS, self.metrics.text()))
            }
            catalog::PATH => {
                let mut response = http::response(StatusCode::OK, http::JSON, catalog::SAMPLE);
                // A form that is developed on another port reads it too.
                http::add_header(&mut response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
                Some(response)
            }
            _ => None,
        }
    }
}

/// Builds the response in the way that a fault demands.
async fn respond(
    fault: Option<Fault>,
    status: StatusCode,
    body: Vec<u8>,
    request_id: &str,
) -> Result<HttpResponse, ConnectionClosed> {
    let delivery = match fault {
        Some(Fault::CloseAfterCommit) => return Err(ConnectionClosed),
        Some(Fault::Error { format: ErrorFormat::Html, .. }) if status.is_server_error() => {
            return Ok(http::response(status, http::HTML, html(status)));
        }
        Some(Fault::LateAnswer { milliseconds }) => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            Delivery::AtOnce
        }
        Some(Fault::HalfAnswer) => Delivery::Half,
        Some(Fault::SlowBytes { bytes_per_second }) => Delivery::Slow { bytes_per_second },
        _ => Delivery::AtOnce,
    };
    let mut response = http::response_with(status, http::JSON, body.into(), delivery);
    http::add_header(&mut response, http::REQUEST_ID, request_id);
    Ok(response)
}

/// Error page of a load balancer.
fn html(status: StatusCode) -> String {
    format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
}
