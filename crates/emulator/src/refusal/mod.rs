//! Errors as the cloud writes them: the gateway in upper case, the service behind it in lower case. The official SDKs read both.

pub(crate) mod codes;

use std::borrow::Cow;

use havenask_core::operation::PRODUCT;
use hyper::StatusCode;
use serde::Serialize;

use self::codes::Row;

/// A request that is not fulfilled.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) row: &'static Row,
    pub(crate) status: StatusCode,
    message: Cow<'static, str>,
    /// Milliseconds after which to try again: the header `x-acs-retry-after`, which makes the newer SDKs raise an error of
    /// throttling.
    pub(crate) retry_after: Option<u64>,
}

/// Who refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Gateway,
    /// The access control behind the gateway, which adds what is not granted.
    Ram,
    Service,
}

impl From<&'static Row> for Refusal {
    fn from(row: &'static Row) -> Self {
        Self::saying(row, row.message)
    }
}

impl Refusal {
    /// A refusal that says more than the row does.
    pub(crate) fn saying(row: &'static Row, message: impl Into<Cow<'static, str>>) -> Self {
        let status = StatusCode::from_u16(row.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { row, status, message: message.into(), retry_after: None }
    }

    /// A parameter that must be there is not.
    pub(crate) fn missing(parameter: &str) -> Self {
        Self::saying(codes::MISSING, format!("{parameter} is mandatory for this action."))
    }

    /// The service does not take a parameter.
    pub(crate) fn parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self::saying(codes::PARAMETER, message)
    }

    /// The body of the answer to a call of this action at this host.
    pub(crate) fn body(&self, request_id: &str, host: &str, action: &str) -> Vec<u8> {
        let Self { message, row: Row { by, code, .. }, .. } = self;
        let bytes = match by {
            By::Service => serde_json::to_vec(&ServiceError { request_id, code, message }),
            By::Gateway | By::Ram => serde_json::to_vec(&GatewayError {
                request_id,
                host_id: host,
                code,
                message,
                recommend: format!(
                    "https://api.aliyun.com/troubleshoot?q={code}&product={PRODUCT}&requestId={request_id}"
                ),
                access_denied_detail: (*by == By::Ram).then(|| AccessDeniedDetail::of(action)),
            }),
        };
        // Texts always have a JSON form.
        bytes.unwrap_or_default()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ServiceError<'a> {
    request_id: &'a str,
    code: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GatewayError<'a> {
    request_id: &'a str,
    host_id: &'a str,
    code: &'a str,
    message: &'a str,
    recommend: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_denied_detail: Option<AccessDeniedDetail>,
}

/// What RAM adds to a denial; names and values of RAM's page on diagnostic messages and of the examples in other
/// products' SDKs.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AccessDeniedDetail {
    auth_action: String,
    auth_principal_type: &'static str,
    auth_principal_display_name: &'static str,
    no_permission_type: &'static str,
    policy_type: &'static str,
}

impl AccessDeniedDetail {
    fn of(action: &str) -> Self {
        Self {
            auth_action: format!("{PRODUCT}:{action}"),
            auth_principal_type: "SubUser",
            auth_principal_display_name: "emulated-user",
            no_permission_type: "ImplicitDeny",
            policy_type: "AccountLevelIdentityBasedPolicy",
        }
    }
}
