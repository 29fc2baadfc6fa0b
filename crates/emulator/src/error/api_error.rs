//! Errors of requests, as the cloud writes them: the gateway in upper case, the service behind it in lower case, billing and prices
//! with the status 200. The official SDKs read all of them.

use std::borrow::Cow;

use hyper::StatusCode;
use serde::Serialize;

use super::codes::{self, ErrorRow, Layer};
use crate::product::{ApiProduct, FailureStyle};

/// Error of a request.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) row: &'static ErrorRow,
    pub(crate) status: StatusCode,
    pub(crate) message: Cow<'static, str>,
    /// Milliseconds for the header `x-acs-retry-after`, which makes the newer SDKs raise an error of throttling.
    pub(crate) retry_after: Option<u64>,
}

impl From<&'static ErrorRow> for ApiError {
    fn from(row: &'static ErrorRow) -> Self {
        Self::with_message(row, row.message)
    }
}

impl ApiError {
    /// Builds an error with a message of its own.
    pub(crate) fn with_message(
        row: &'static ErrorRow,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let status = StatusCode::from_u16(row.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { row, status, message: message.into(), retry_after: None }
    }

    /// Builds the error of a mandatory parameter that is missing.
    pub(crate) fn missing(parameter: &str) -> Self {
        Self::with_message(codes::MISSING, format!("{parameter} is mandatory for this action."))
    }

    /// Builds the service's error of an invalid parameter.
    pub(crate) fn parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self::with_message(codes::PARAMETER, message)
    }

    /// Serialises the response body for a request of this action to this host.
    pub(crate) fn body(
        &self,
        request_id: &str,
        host: &str,
        product: &ApiProduct,
        action: &str,
    ) -> Vec<u8> {
        let Self { message, row: ErrorRow { layer, code, .. }, .. } = self;
        let ApiProduct { code: product, failures, .. } = product;
        let bytes = match (layer, failures) {
            (Layer::Service, FailureStyle::LowerCaseError) => {
                serde_json::to_vec(&ServiceError { request_id, code, message })
            }
            (Layer::Business, FailureStyle::LowerCaseSuccessFalse) => {
                serde_json::to_vec(&CallFailure { request_id, success: false, code, message })
            }
            (Layer::Business, _) => {
                serde_json::to_vec(&RpcFailure { request_id, success: false, code, message })
            }
            (Layer::Gateway | Layer::Ram | Layer::Service, _) => {
                serde_json::to_vec(&GatewayError {
                    request_id,
                    host_id: host,
                    code,
                    message,
                    recommend: format!(
                        "https://api.aliyun.com/troubleshoot?q={code}&product={product}&requestId={request_id}"
                    ),
                    access_denied_detail: (*layer == Layer::Ram)
                        .then(|| AccessDeniedDetail::new(format!("{product}:{action}"))),
                })
            }
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

/// Failure of a price.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallFailure<'a> {
    request_id: &'a str,
    success: bool,
    code: &'a str,
    message: &'a str,
}

/// Failure of billing.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RpcFailure<'a> {
    request_id: &'a str,
    success: bool,
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

/// Detail that RAM adds to a denial; names and values of RAM's page on diagnostic messages and of the examples in other
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
    fn new(auth_action: String) -> Self {
        Self {
            auth_action,
            auth_principal_type: "SubUser",
            auth_principal_display_name: "emulated-user",
            no_permission_type: "ImplicitDeny",
            policy_type: "AccountLevelIdentityBasedPolicy",
        }
    }
}
