//! How the bytes of an answer leave: at once, or as badly as a fault wants it.

use std::{fmt, time::Duration};

use http_body_util::{
    Either, Full,
    channel::{Channel, Sender},
};
use hyper::body::Bytes;

/// The bytes of an answer.
pub(crate) type Body = Either<Full<Bytes>, Channel<Bytes, Cut>>;

/// How they leave.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Delivery {
    AtOnce,
    /// Half of them, and the connection is closed.
    Half,
    /// One by one.
    Slow {
        bytes_per_second: u64,
    },
}

/// The connection is closed on command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut;

impl Delivery {
    pub(crate) fn body(self, bytes: Bytes) -> Body {
        if matches!(self, Self::AtOnce) {
            return Either::Left(Full::new(bytes));
        }
        let (sender, body) = Channel::new(1);
        tokio::spawn(self.send(bytes, sender));
        Either::Right(body)
    }

    async fn send(self, bytes: Bytes, mut sender: Sender<Bytes, Cut>) {
        // Long enough for what was sent to leave; nobody tells when it has.
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
            sender.abort(Cut);
        }
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("closed on command")
    }
}

impl std::error::Error for Cut {}
