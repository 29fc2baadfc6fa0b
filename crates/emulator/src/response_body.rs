//! Body of a response: sent at once, or as badly as a fault wants it.

use std::time::Duration;

use http_body_util::{
    Either, Full,
    channel::{Channel, Sender},
};
use hyper::body::Bytes;

/// Bytes of a response.
pub(crate) type ResponseBody = Either<Full<Bytes>, Channel<Bytes, ConnectionClosed>>;

/// Way in which the bytes are sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Delivery {
    AtOnce,
    /// Half of them, then the connection is closed.
    Half,
    /// One by one.
    Slow {
        bytes_per_second: u64,
    },
}

/// A connection that a fault has closed.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("closed by a fault")]
pub(crate) struct ConnectionClosed;

impl Delivery {
    pub(crate) fn body(self, bytes: Bytes) -> ResponseBody {
        if matches!(self, Self::AtOnce) {
            return Either::Left(Full::new(bytes));
        }
        let (sender, body) = Channel::new(1);
        tokio::spawn(self.send(bytes, sender));
        Either::Right(body)
    }

    async fn send(self, bytes: Bytes, mut sender: Sender<Bytes, ConnectionClosed>) {
        // Long enough to flush the socket; hyper has no notice of it.
        const FLUSHED: Duration = Duration::from_millis(20);
        let (end, pieces, pause) = match self {
            Self::AtOnce => (bytes.len(), 1, Duration::ZERO),
            Self::Half => (bytes.len() / 2, 1, FLUSHED),
            Self::Slow { bytes_per_second } => {
                let rate = u32::try_from(bytes_per_second).unwrap_or(u32::MAX).max(1);
                (bytes.len(), bytes.len(), Duration::from_secs(1) / rate)
            }
        };
        let all = bytes.slice(..end);
        for piece in all.chunks((end / pieces.max(1)).max(1)) {
            if sender.send_data(bytes.slice_ref(piece)).await.is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
        }
        if end < bytes.len() {
            sender.abort(ConnectionClosed);
        }
    }
}
