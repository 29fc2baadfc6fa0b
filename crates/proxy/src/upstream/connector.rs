//! Connections to an endpoint.

use std::time::Duration;

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;

pub(super) type Connector = HttpsConnector<HttpConnector>;

/// No redirect is followed, no proxy of the environment is used, and TLS is always verified.
pub(super) fn connector(connect: Duration) -> Connector {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_connect_timeout(Some(connect));
    http.set_nodelay(true);
    let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1();
    https.wrap_connector(http)
}
