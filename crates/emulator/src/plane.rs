//! The control plane: every request goes through the gateway to the service, is hit by a fault on the way when one is
//! asked for, and is counted and logged.

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
    call::Call,
    config::Clock,
    delivery::{Cut, Delivery},
    exchange::{self, Answer},
    faults::{Fault, Faults, Format, Struck},
    gateway::Gateway,
    ids,
    metrics::Metrics,
    refusal::Refusal,
    service::{Circumstances, Service},
};

pub(crate) struct ControlPlane {
    pub(crate) gateway: Gateway,
    pub(crate) service: Service,
    pub(crate) faults: Arc<Faults>,
    pub(crate) metrics: Metrics,
    pub(crate) clock: Clock,
    pub(crate) read_timeout: Duration,
}

impl ControlPlane {
    /// Answers any request, or closes the connection when a fault wants it.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Result<Answer, Cut> {
        if let Some(answer) = self.operator(&request) {
            return Ok(answer);
        }
        let start = Instant::now();
        let request_id = ids::request_id();
        let host = request.headers().get(HOST).map(|host| host.as_bytes().to_vec());
        let call = Call::of(request.method().as_str(), request.uri().path());
        let action = call.as_ref().map(Call::action).ok();
        let operation = action.unwrap_or("unknown");
        let struck = self.faults.strike(action);
        for fault in struck.names() {
            self.metrics.count_fault(fault);
            tracing::info!(operation, fault, request_id);
        }
        let fault = struck.fault.clone();
        if matches!(fault, Some(Fault::CloseBeforeReading)) {
            return Err(Cut);
        }
        let outcome = match exchange::read(request, self.read_timeout).await {
            Ok(request) => self.carry_out(call, &request, &request_id, &struck).await,
            Err(refusal) => Err(refusal),
        };
        let (status, code, retry_after, body) = match outcome {
            Ok(body) => (StatusCode::OK, "OK", None, body),
            Err(refusal) => {
                let host = host.unwrap_or_default();
                let body = refusal.body(&request_id, &String::from_utf8_lossy(&host), operation);
                (refusal.status, refusal.row.code, refusal.retry_after, body)
            }
        };
        self.metrics.count(operation, code);
        let status_code = status.as_u16();
        tracing::info!(operation, status_code, code, request_id, elapsed = ?start.elapsed());
        let delivery = match fault {
            Some(Fault::CloseAfterCommit) => return Err(Cut),
            Some(Fault::Error { format: Format::Html, .. }) if status.is_server_error() => {
                return Ok(exchange::answer(status, exchange::HTML, html(status)));
            }
            Some(Fault::LateAnswer { milliseconds }) => {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                Delivery::AtOnce
            }
            Some(Fault::HalfAnswer) => Delivery::Half,
            Some(Fault::SlowBytes { bytes_per_second }) => Delivery::Slow { bytes_per_second },
            _ => Delivery::AtOnce,
        };
        let mut answer = exchange::delivered(status, exchange::JSON, body.into(), delivery);
        exchange::add(&mut answer, exchange::REQUEST_ID, &request_id);
        if let Some(milliseconds) = retry_after {
            exchange::add(&mut answer, exchange::RETRY_AFTER, &milliseconds.to_string());
        }
        Ok(answer)
    }

    /// Does what a request asks for, unless a fault prevents it.
    async fn carry_out(
        &self,
        call: Result<Call, Refusal>,
        request: &HttpRequest,
        request_id: &str,
        struck: &Struck,
    ) -> Result<Vec<u8>, Refusal> {
        let fault = struck.fault.as_ref();
        if let Some(Fault::Delay { milliseconds }) = fault {
            tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
        }
        let committed = fault.is_some_and(Fault::commits);
        let instead = match fault.and_then(Fault::refusal) {
            Some(refusal) if !committed => return Err(refusal),
            instead => instead,
        };
        let call = call?;
        let now = (self.clock)();
        let hidden_for = match struck.later {
            Some(Fault::LateVisibility { seconds }) => seconds.into(),
            _ => 0,
        };
        self.gateway.admit(request, call.action(), now)?;
        let circumstances = Circumstances { now, request_id, hidden_for };
        let done = self.service.perform(call, request, circumstances).await;
        instead.map_or(done, Err)
    }

    /// What the one who runs the emulator asks, unsigned.
    fn operator(&self, request: &Request<Incoming>) -> Option<Answer> {
        if request.method() != Method::GET {
            return None;
        }
        let text = |status, text: &'static str| exchange::answer(status, exchange::TEXT, text);
        match request.uri().path() {
            "/healthz" => Some(text(StatusCode::OK, "ok")),
            "/readyz" if self.service.is_ready() => Some(text(StatusCode::OK, "ok")),
            "/readyz" => Some(text(
                StatusCode::SERVICE_UNAVAILABLE,
                "the store can no longer be written to: restart the emulator",
            )),
            "/metrics" => {
                Some(exchange::answer(StatusCode::OK, exchange::TEXT, self.metrics.text()))
            }
            catalog::PATH => {
                let mut answer = exchange::answer(StatusCode::OK, exchange::JSON, catalog::SAMPLE);
                // A form that is developed on another port reads it too.
                exchange::add(&mut answer, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
                Some(answer)
            }
            _ => None,
        }
    }
}

/// The error page of a load balancer.
fn html(status: StatusCode) -> String {
    format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
}
