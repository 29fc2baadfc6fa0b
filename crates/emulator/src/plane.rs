//! The control plane: every request goes through the gateway to the service, and is counted and logged.

use std::time::{Duration, Instant};

use havenask_core::sign::HttpRequest;
use hyper::{Method, Request, StatusCode, body::Incoming, header::HOST};

use crate::{
    call::Call,
    config::Clock,
    exchange::{self, Answer},
    gateway::Gateway,
    ids,
    metrics::Metrics,
    refusal::Refusal,
    service::Service,
};

pub(crate) struct ControlPlane {
    pub(crate) gateway: Gateway,
    pub(crate) service: Service,
    pub(crate) metrics: Metrics,
    pub(crate) clock: Clock,
    pub(crate) read_timeout: Duration,
}

impl ControlPlane {
    /// Answers any request.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Answer {
        if let Some(answer) = self.operator(&request) {
            return answer;
        }
        let start = Instant::now();
        let request_id = ids::request_id();
        let host = request.headers().get(HOST).map(|host| host.as_bytes().to_vec());
        let (operation, outcome) = match self.understand(request).await {
            Ok((call, request)) => {
                (call.action(), self.perform(&call, &request, &request_id).await)
            }
            Err(refusal) => ("unknown", Err(refusal)),
        };
        let (status, code, body) = match outcome {
            Ok(body) => (StatusCode::OK, "OK", body),
            Err(refusal) => {
                let host = host.unwrap_or_default();
                let body = refusal.body(&request_id, &String::from_utf8_lossy(&host));
                (refusal.status, refusal.code, body)
            }
        };
        self.metrics.count(operation, code);
        let status_code = status.as_u16();
        tracing::info!(operation, status_code, code, request_id, elapsed = ?start.elapsed());
        exchange::json(status, &request_id, body)
    }

    async fn understand(&self, request: Request<Incoming>) -> Result<(Call, HttpRequest), Refusal> {
        let request = exchange::read(request, self.read_timeout).await?;
        Ok((Call::of(&request.method, &request.path)?, request))
    }

    async fn perform(
        &self,
        call: &Call,
        request: &HttpRequest,
        request_id: &str,
    ) -> Result<Vec<u8>, Refusal> {
        let now = (self.clock)();
        self.gateway.admit(request, call.action(), now)?;
        self.service.perform(call, request, now, request_id).await
    }

    /// What the one who runs the emulator asks, unsigned.
    fn operator(&self, request: &Request<Incoming>) -> Option<Answer> {
        if request.method() != Method::GET {
            return None;
        }
        match request.uri().path() {
            "/healthz" => Some(exchange::text(StatusCode::OK, "ok")),
            "/readyz" if self.service.is_ready() => Some(exchange::text(StatusCode::OK, "ok")),
            "/readyz" => Some(exchange::text(
                StatusCode::SERVICE_UNAVAILABLE,
                "the store can no longer be written to: restart the emulator",
            )),
            "/metrics" => Some(exchange::text(StatusCode::OK, self.metrics.text())),
            _ => None,
        }
    }
}
