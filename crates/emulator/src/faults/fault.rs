//! What can go wrong.

use hyper::StatusCode;
use serde::{Deserialize, Serialize};

use crate::refusal::{
    Refusal,
    codes::{self, Row},
};

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Fault {
    /// The request lies about before it is carried out.
    Delay {
        /// How long.
        milliseconds: u64,
    },
    /// The request is carried out, and the answer lies about.
    LateAnswer {
        /// How long.
        milliseconds: u64,
    },
    /// The connection is closed when the head of the request is there; its body is not read, and nothing is done.
    CloseBeforeReading,
    /// The request is carried out, and the connection is closed instead of an answer.
    CloseAfterCommit,
    /// The request is carried out; the head of the answer and half of its body are sent, and the connection is closed.
    HalfAnswer,
    /// The request is carried out, and its answer is sent byte for byte.
    SlowBytes {
        /// How fast; at least 1.
        bytes_per_second: u64,
    },
    /// A server fails: the gateway, or what stands before it.
    Error {
        /// 500, 502, 503 or 504.
        status: u16,
        /// What the answer is written in.
        #[serde(default)]
        format: Format,
        /// Whether the request is carried out all the same.
        #[serde(default)]
        committed: bool,
    },
    /// Too many requests: `Throttling.User`.
    Throttle {
        /// The header `x-acs-retry-after`: milliseconds.
        retry_after: u64,
    },
    /// Any error of the table, by its code.
    Refuse {
        /// `InvalidTimeStamp.Expired`.
        code: String,
        /// True if the request is carried out all the same: something in between has sent it twice, and this answers the
        /// second.
        #[serde(default)]
        committed: bool,
    },
    /// The instance is created, and `ListInstances` does not show it at first.
    LateVisibility {
        /// For how long.
        seconds: u32,
    },
}

/// What an error is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// As the gateway writes its errors.
    #[default]
    Json,
    /// As a load balancer does.
    Html,
}

impl Fault {
    /// Its name in JSON, and in the log.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Delay { .. } => "delay",
            Self::LateAnswer { .. } => "late-answer",
            Self::CloseBeforeReading => "close-before-reading",
            Self::CloseAfterCommit => "close-after-commit",
            Self::HalfAnswer => "half-answer",
            Self::SlowBytes { .. } => "slow-bytes",
            Self::Error { .. } => "error",
            Self::Throttle { .. } => "throttle",
            Self::Refuse { .. } => "refuse",
            Self::LateVisibility { .. } => "late-visibility",
        }
    }

    /// Returns whether the request is carried out although it is refused.
    pub(crate) const fn commits(&self) -> bool {
        matches!(self, Self::Error { committed: true, .. } | Self::Refuse { committed: true, .. })
    }

    /// What is answered instead of what the request asks for.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refuse { code, .. } => codes::find(code).map(Refusal::from),
            Self::Throttle { retry_after } => {
                let mut refusal = Refusal::from(codes::THROTTLED_USER);
                refusal.retry_after = Some(*retry_after);
                Some(refusal)
            }
            Self::Error { status, .. } => {
                let mut refusal = Refusal::from(failure(*status)?);
                refusal.status = StatusCode::from_u16(*status).ok()?;
                Some(refusal)
            }
            _ => None,
        }
    }
}

/// What the gateway says when a server behind it fails with this status. What it says with 502 and 504 is unpublished.
pub(super) const fn failure(status: u16) -> Option<&'static Row> {
    match status {
        500 => Some(codes::INTERNAL_ERROR),
        502..=504 => Some(codes::UNAVAILABLE),
        _ => None,
    }
}
