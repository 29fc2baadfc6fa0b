//! A connection that sends nothing, for `havenask-proxy check`.

use havenask_core::Endpoint;

use super::{
    connector::connector,
    error::{ConnectError, error_chain},
    pool::ConnectionPool,
};
use crate::config::Limits;

/// Connects to an endpoint as a run does, and sends nothing.
pub(crate) async fn probe(endpoint: &Endpoint, limits: Limits) -> Result<(), ConnectError> {
    let failed = |why, in_tls| ConnectError { why, in_tls };
    let address =
        endpoint.to_string().parse().map_err(|error| failed(error_chain(&error), false))?;
    let connecting = ConnectionPool::new(connector(limits.connect_timeout));
    let connected =
        tokio::time::timeout(limits.upstream_timeout, connecting.connect(address)).await;
    let connected = connected.map_err(|elapsed| failed(error_chain(&elapsed), false))?;
    // A failure before TLS is an error of hyper's.
    connected.map(drop).map_err(|cause| failed(error_chain(&*cause), cause.is::<std::io::Error>()))
}
