//! Admin API: adds, lists and removes the rules of faults. It has no authentication, and is off by default.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt, Limited};
use hyper::{Method, Request, StatusCode, body::Incoming};
use serde::Serialize;
use serde_json::json;

use crate::{
    faults::{FaultRule, Faults},
    http::{self, HttpResponse},
};

/// Maximum size of a rule.
const MAX_RULE: usize = 64 * 1024;

/// Admin API.
#[derive(Clone, Debug)]
pub(crate) struct AdminApi {
    pub(crate) faults: Arc<Faults>,
    pub(crate) read_timeout: Duration,
}

impl AdminApi {
    pub(crate) async fn handle(&self, request: Request<Incoming>) -> HttpResponse {
        let path = request.uri().path().to_owned();
        let id = path.strip_prefix("/faults/").map(str::parse::<u64>);
        match (request.method(), path.as_str(), id) {
            (&Method::GET, "/faults", _) => json(StatusCode::OK, &self.faults.list()),
            (&Method::POST, "/faults", _) => self.add(request).await,
            (&Method::DELETE, "/faults", _) => {
                self.faults.clear();
                json(StatusCode::OK, &self.faults.list())
            }
            (&Method::DELETE, _, Some(Ok(id))) if self.faults.remove(id) => {
                json(StatusCode::OK, &self.faults.list())
            }
            (&Method::DELETE, _, Some(_)) => {
                error(StatusCode::NOT_FOUND, "there is no fault of this id; GET /faults lists them")
            }
            _ => error(
                StatusCode::NOT_FOUND,
                "ask GET /faults, POST /faults with a rule, DELETE /faults or DELETE /faults/ID",
            ),
        }
    }

    async fn add(&self, request: Request<Incoming>) -> HttpResponse {
        let body = Limited::new(request.into_body(), MAX_RULE).collect();
        let Ok(Ok(body)) = tokio::time::timeout(self.read_timeout, body).await else {
            return error(
                StatusCode::BAD_REQUEST,
                "the rule breaks off, does not arrive in time, or is larger than 64 KiB",
            );
        };
        match FaultRule::from_json(&body.to_bytes()).and_then(|rule| self.faults.add(rule)) {
            Ok(id) => json(StatusCode::CREATED, &json!({ "id": id })),
            Err(invalid) => error(StatusCode::BAD_REQUEST, &invalid.to_string()),
        }
    }
}

fn error(status: StatusCode, message: &str) -> HttpResponse {
    json(status, &json!({ "message": message }))
}

fn json<T: Serialize>(status: StatusCode, body: &T) -> HttpResponse {
    http::response(status, http::JSON, serde_json::to_vec(body).unwrap_or_default())
}
