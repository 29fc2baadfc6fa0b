//! The other side of a connection.

use std::net::SocketAddr;

/// The address that a connection comes from, and the listener that it came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    /// True if it came to the operator's listener.
    pub(crate) operator: bool,
}
