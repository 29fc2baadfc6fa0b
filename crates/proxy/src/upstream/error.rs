//! Errors of connections to the cloud.

pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A request without a response.
pub(super) struct SendError {
    /// True if some of it may have been sent.
    pub(super) sent: bool,
    pub(super) cause: Cause,
}

impl SendError {
    /// No connection could be made.
    pub(super) const fn unsent(cause: Cause) -> Self {
        Self { sent: false, cause }
    }

    /// The connection broke.
    pub(super) fn sent(error: hyper::Error) -> Self {
        Self { sent: true, cause: error.into() }
    }
}

/// An endpoint that could not be connected to.
#[derive(Debug)]
pub(crate) struct ConnectError {
    pub(crate) why: String,
    /// True if somebody answers there who is not the cloud.
    pub(crate) in_tls: bool,
}

/// An error with all of its causes.
pub(super) fn error_chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
