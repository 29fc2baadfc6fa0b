//! Errors as the cloud writes them: the gateway in upper case, the service behind it in lower case (`api-facts` section
//! 6). Codes and texts are those of the error tables that section lists, unless a comment says otherwise.

use std::borrow::Cow;

use havenask_core::operation::PRODUCT;
use hyper::StatusCode;
use serde::Serialize;

/// A request that is not fulfilled.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    message: Cow<'static, str>,
    by: By,
}

#[derive(Debug)]
enum By {
    Gateway,
    /// The access control, which the action is not granted by.
    Ram(&'static str),
    Service,
}

impl Refusal {
    /// One by the gateway.
    pub(crate) fn gateway(
        status: u16,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::by(By::Gateway, status, code, message.into())
    }

    /// One by the service.
    pub(crate) fn service(
        status: u16,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::by(By::Service, status, code, message.into())
    }

    /// One by the access control.
    pub(crate) fn forbidden(action: &'static str) -> Self {
        let message = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
        Self::by(By::Ram(action), 403, "Forbidden.RAM", message.into())
    }

    /// The service failed.
    pub(crate) fn internal() -> Self {
        Self::service(500, "InternalServerError", "internal server error")
    }

    /// The service does not take a parameter.
    pub(crate) fn parameter(message: impl Into<Cow<'static, str>>) -> Self {
        Self::service(400, "InvalidParameter", message)
    }

    fn by(by: By, status: u16, code: &'static str, message: Cow<'static, str>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, code, message, by }
    }

    /// The body of the answer. `host` is the host that was asked.
    pub(crate) fn body(&self, request_id: &str, host: &str) -> Vec<u8> {
        let Self { code, message, .. } = self;
        let bytes = match self.by {
            By::Service => serde_json::to_vec(&ServiceError { request_id, code, message }),
            By::Gateway | By::Ram(_) => serde_json::to_vec(&GatewayError {
                request_id,
                host_id: host,
                code,
                message,
                recommend: format!(
                    "https://api.aliyun.com/troubleshoot?q={code}&product={PRODUCT}&requestId={request_id}"
                ),
                access_denied_detail: self.denied(),
            }),
        };
        // Texts always have a JSON form.
        bytes.unwrap_or_default()
    }

    fn denied(&self) -> Option<AccessDeniedDetail> {
        let By::Ram(action) = self.by else { return None };
        Some(AccessDeniedDetail {
            auth_action: format!("{PRODUCT}:{action}"),
            auth_principal_type: "SubUser",
            auth_principal_display_name: "emulated-user",
            no_permission_type: "ImplicitDeny",
            policy_type: "AccountLevelIdentityBasedPolicy",
        })
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
