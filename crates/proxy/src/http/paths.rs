//! The addresses that are not the cloud's, and those with a name in them, as the routes and the document both write them.

use havenask_core::{operation::INSTANCES, purchase::PURCHASES};

pub(crate) use havenask_core::{catalog::PATH as CATALOG, proxy_api::CONFIG};
pub(crate) const DOCUMENT: &str = "/openapi.json";
pub(crate) const HEALTH: &str = "/healthz";
pub(crate) const READY: &str = "/readyz";
pub(crate) const METRICS: &str = "/metrics";

/// How far a purchase is.
pub(crate) fn purchase() -> String {
    format!("{PURCHASES}{{key}}")
}

/// One instance.
pub(crate) fn instance() -> String {
    format!("{INSTANCES}/{{id}}")
}

/// Where what a page has signed for an address is put: the same address, behind the host that it is signed for.
pub(crate) fn relayed(path: &str) -> String {
    format!("/relay/{{host}}{path}")
}
