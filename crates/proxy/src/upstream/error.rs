//! Errors of connections to the cloud.

pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A request without a response.
pub(super) struct SendError {
    /// True if some of it may have been sent.
    pub(super) sent: bool,
    pub(super) cause: Cause,
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
