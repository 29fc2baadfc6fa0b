//! `GetCallerIdentity`.

use serde_json::json;

use crate::{
    gateway::magic_values::TEMPORARY_KEY,
    operation::{ApiOperation, HandlerResult, RPC_PATH, RequestContext},
    product::STS,
    service::json,
};

pub(crate) const OPERATION: ApiOperation =
    STS.operation("GetCallerIdentity", &["GET", "POST"], RPC_PATH, |_, context| {
        Box::pin(async move { get_caller_identity(&context) })
    });

/// Account of the emulator.
const ACCOUNT: &str = "1000000000000001";
const USER: &str = "200000000000000001";
const ROLE: &str = "300000000000000001";

/// Names the account, and the RAM user or, for a temporary AccessKey, the role.
fn get_caller_identity(context: &RequestContext<'_>) -> HandlerResult {
    let request_id = context.request_id;
    json::body(&if context.access_key_id.starts_with(TEMPORARY_KEY) {
        json!({
            "RequestId": request_id,
            "AccountId": ACCOUNT,
            "Arn": format!("acs:ram::{ACCOUNT}:assumed-role/emulated-role/emulated-session"),
            "IdentityType": "AssumedRoleUser",
            "PrincipalId": format!("{ROLE}:emulated-session"),
            "RoleId": ROLE,
        })
    } else {
        json!({
            "RequestId": request_id,
            "AccountId": ACCOUNT,
            "Arn": format!("acs:ram::{ACCOUNT}:user/emulated-user"),
            "IdentityType": "RAMUser",
            "PrincipalId": USER,
            "UserId": USER,
        })
    })
}
