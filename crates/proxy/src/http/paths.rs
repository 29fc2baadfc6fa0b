//! The addresses that are not the cloud's, and those with a name in them, as the routes and the document both write them.

use havenask_core::{operation::INSTANCES, purchase::PURCHASES};

pub(crate) use havenask_core::{catalog::PATH as CATALOG, proxy_api::CONFIG};
pub(crate) const DOCUMENT: &str = "/openapi.json";
pub(crate) const HEALTH: &str = "/healthz";
pub(crate) const READY: &str = "/readyz";
pub(crate) const METRICS: &str = "/metrics";

/// The path of a purchase.
pub(crate) fn purchase() -> String {
    format!("{PURCHASES}/{{key}}")
}

/// The path of an instance.
pub(crate) fn instance() -> String {
    format!("{INSTANCES}/{{id}}")
}

/// The path for requests that a page has signed: the same path, behind the host that they are signed for.
pub(crate) fn relayed(path: &str) -> String {
    format!("/relay/{{host}}{path}")
}
