//! Faults that can be injected.

use havenask_core::{operation::CREATE_INSTANCE, pricing::GET_API_PRICE};
use hyper::StatusCode;
use serde::{Deserialize, Serialize};

use crate::error::{
    ApiError,
    codes::{self, ErrorRow},
};

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Fault {
    /// Handles the request after a delay.
    Delay {
        /// Duration of the delay.
        milliseconds: u64,
    },
    /// Handles the request, and responds after a delay.
    LateAnswer {
        /// Duration of the delay.
        milliseconds: u64,
    },
    /// Closes the connection after the header of the request; its body is not read, and it is not handled.
    CloseBeforeReading,
    /// Handles the request, and closes the connection without a response.
    CloseAfterCommit,
    /// Handles the request, sends the header and half of the body of the response, and closes the connection.
    HalfAnswer,
    /// Handles the request, and sends the body of the response byte by byte.
    SlowBytes {
        /// Rate; at least 1.
        bytes_per_second: u64,
    },
    /// Responds with an error of the gateway, or of a load balancer before it.
    Error {
        /// 500, 502, 503 or 504.
        status: u16,
        /// Format of the response.
        #[serde(default)]
        format: ErrorFormat,
        /// Handles the request nevertheless.
        #[serde(default)]
        committed: bool,
    },
    /// Responds with `Throttling.User`.
    Throttle {
        /// Header `x-acs-retry-after`, in milliseconds.
        retry_after: u64,
    },
    /// Responds with an error of the table.
    Refuse {
        /// Code: `InvalidTimeStamp.Expired`.
        code: String,
        /// Handles the request nevertheless: an intermediary has sent it twice, and this is the response to the second.
        #[serde(default)]
        committed: bool,
    },
    /// Responds with the status 200 and `success: false`, as billing and prices do: `InternalError` with the message
    /// `PRICE.PRICING_PLAN_RESULT_NOT_FOUND`.
    SoftFailure,
    /// Quotes another price.
    ChangePrice {
        /// Percent of the price in the list: 120 is a fifth more.
        percent: u32,
    },
    /// Creates the instance, and hides it from `ListInstances` at first.
    LateVisibility {
        /// Duration.
        seconds: u32,
    },
}

/// Format of an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ErrorFormat {
    /// JSON of the gateway.
    #[default]
    Json,
    /// Page of a load balancer.
    Html,
}

impl Fault {
    /// Name in JSON, logs and metrics.
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
            Self::SoftFailure => "soft-failure",
            Self::ChangePrice { .. } => "change-price",
            Self::LateVisibility { .. } => "late-visibility",
        }
    }

    /// The operation that the fault is about, if it is about one alone.
    pub(crate) const fn only_operation(&self) -> Option<&'static str> {
        match self {
            Self::LateVisibility { .. } => Some(CREATE_INSTANCE),
            Self::ChangePrice { .. } => Some(GET_API_PRICE),
            _ => None,
        }
    }

    /// Returns true if the request is handled although the response is an error.
    pub(crate) const fn commits(&self) -> bool {
        matches!(self, Self::Error { committed: true, .. } | Self::Refuse { committed: true, .. })
    }

    /// Error that replaces the response.
    pub(crate) fn error(&self) -> Option<ApiError> {
        match self {
            Self::Refuse { code, .. } => codes::find(code).map(ApiError::from),
            Self::SoftFailure => Some(codes::PRICING_PLAN.into()),
            Self::Throttle { retry_after } => Some(ApiError {
                retry_after: Some(*retry_after),
                ..ApiError::from(codes::THROTTLED_USER)
            }),
            Self::Error { status, .. } => Some(ApiError {
                status: StatusCode::from_u16(*status).ok()?,
                ..ApiError::from(server_error(*status)?)
            }),
            _ => None,
        }
    }
}

/// Error of the gateway when a server behind it fails with this status; for 502 and 504 it is unpublished.
pub(super) const fn server_error(status: u16) -> Option<&'static ErrorRow> {
    match status {
        500 => Some(codes::INTERNAL_ERROR),
        502..=504 => Some(codes::UNAVAILABLE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use crate::service::OPERATIONS;

    /// Every fault, by the names that an unknown one is told.
    fn all() -> Vec<Fault> {
        let unknown = serde_json::from_str::<Fault>(r#"{"fault":""}"#).unwrap_err().to_string();
        let names = unknown.split('`').skip(3).step_by(2);
        let fault = |name| {
            serde_json::json!({
                "fault": name, "milliseconds": 1, "bytesPerSecond": 1, "status": 500, "retryAfter": 1, "code": "Forbidden",
                "percent": 1, "seconds": 1,
            })
        };
        names.map(|name| serde_json::from_value(fault(name)).unwrap()).collect()
    }

    #[test]
    fn the_help_names_every_operation_and_every_fault() {
        let help = include_str!("../help.txt");
        for operation in &OPERATIONS {
            assert!(help.contains(operation.action), "{}", operation.action);
        }
        assert!(all().len() > 10);
        for fault in all() {
            let json = serde_json::to_value(&fault).unwrap();
            assert_eq!(json["fault"], fault.name());
            assert!(help.contains(&format!("    {} ", fault.name())), "{}", fault.name());
        }
    }

    #[test]
    fn every_fault_has_a_test_of_its_effect() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.is_file());
        let tests: String = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        for fault in all() {
            let shown = format!("{fault:?}");
            let variant = shown.split(' ').next().unwrap();
            assert!(tests.contains(&format!("Fault::{variant}")), "{variant}");
        }
    }
}
