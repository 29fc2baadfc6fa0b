//! Responses of operations.

use std::collections::BTreeMap;

use axum::http::{HeaderName, header};
use havenask_core::{ErrorCode, Failure, Locale};
use serde_json::{Map, Value, json};

use super::{
    media_types::{JSON, TEXT},
    schemas::Schemas,
};
use crate::{config::MAX_HEAD_BYTES, response::REPLAYED};

/// The status of a request that is refused before there is a route.
const HEAD_TOO_LARGE: &str = "431";

/// The answers of an operation, by status.
#[derive(Debug)]
pub(super) struct Responses(Map<String, Value>);

impl Responses {
    /// A success of this type.
    pub(super) fn success(description: &str, media_type: &str, schema: impl Into<Value>) -> Self {
        let long =
            json!({ "description": format!("The head is larger than {MAX_HEAD_BYTES} bytes.") });
        let success = response(description, media_type, schema);
        Self(Map::from_iter([("200".to_owned(), success), (HEAD_TOO_LARGE.to_owned(), long)]))
    }

    /// A success that is a text, and so is everything else that is said.
    pub(super) fn text(description: &str) -> Self {
        Self::success(description, TEXT, json!({ "type": "string" }))
    }

    /// A failure of the proxy itself.
    pub(super) fn unready(self, description: &str) -> Self {
        self.with("503", response(description, TEXT, json!({ "type": "string" })))
    }

    /// Links of a success.
    pub(super) fn links(mut self, links: Value) -> Self {
        self.0["200"]["links"] = links;
        self
    }

    /// Refusals of the proxy itself, each shown whole.
    pub(super) fn faults(mut self, faults: &[ErrorCode], schemas: &mut Schemas) -> Self {
        let mut statuses = BTreeMap::<u16, Vec<Failure>>::new();
        for fault in faults {
            let failure = Failure::new(*fault, Locale::En);
            statuses.entry(failure.status).or_default().push(failure);
        }
        for (status, failures) in statuses {
            let codes: Vec<_> = failures.iter().map(|failure| failure.code.as_str()).collect();
            let mut response = response(&codes.join(", "), JSON, schemas.output::<Failure>());
            let example = |failure: &Failure| (failure.code.clone(), json!({ "value": failure }));
            response["content"][JSON]["examples"] = failures.iter().map(example).collect();
            self = self.with(&status.to_string(), response);
        }
        self.header(|it| it == "401", &header::WWW_AUTHENTICATE, "How to say who asks.", "string")
            .retry_after(|it| it == "409" || it == "429")
    }

    /// Responses of the cloud.
    pub(super) fn cloud(self, schemas: &mut Schemas) -> Self {
        let mut answer = |description| response(description, JSON, schemas.output::<Failure>());
        let refusal = answer("The cloud refuses, with a code of its own.");
        let failure = answer("The cloud fails, with a code of its own.");
        self.with("4XX", refusal).with("5XX", failure)
    }

    /// Headers of a purchase: that its answer is a replay, and after which time to ask again.
    pub(super) fn of_a_purchase(self) -> Self {
        let was = "`true` when the purchase was answered before.";
        self.header(|it| it != HEAD_TOO_LARGE, &REPLAYED, was, "boolean")
            .retry_after(|it| it == "4XX" || it == "5XX")
    }

    fn retry_after(self, on: impl Fn(&str) -> bool) -> Self {
        self.header(on, &header::RETRY_AFTER, "Seconds after which to ask again.", "integer")
    }

    fn with(mut self, status: &str, response: Value) -> Self {
        self.0.insert(status.to_owned(), response);
        self
    }

    fn header(
        mut self,
        on: impl Fn(&str) -> bool,
        name: &HeaderName,
        description: &str,
        kind: &str,
    ) -> Self {
        for (_, response) in self.0.iter_mut().filter(|(status, _)| on(status)) {
            response["headers"][name.as_str()] =
                json!({ "description": description, "schema": { "type": kind } });
        }
        self
    }
}

impl From<Responses> for Value {
    fn from(Responses(responses): Responses) -> Self {
        responses.into()
    }
}

fn response(description: &str, media_type: &str, schema: impl Into<Value>) -> Value {
    json!({ "description": description, "content": { (media_type): { "schema": schema.into() } } })
}
