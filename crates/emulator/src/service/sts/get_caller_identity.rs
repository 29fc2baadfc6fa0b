//! `GetCallerIdentity`.

use havenask_core::identity::GET_CALLER_IDENTITY;
use serde_json::{Value, json};

use super::principal_ids::{ROLE_ID, USER_ID};
use crate::{
    caller::Caller,
    operation::{ApiOperation, RPC_PATH},
    product::STS,
    service::json,
};

pub(crate) const OPERATION: ApiOperation =
    STS.operation(GET_CALLER_IDENTITY, &["GET", "POST"], RPC_PATH, |_, context| {
        Box::pin(async move { json::body(&identity(&context.caller, context.request_id)) })
    });

/// Names the account, and the RAM user or the role.
fn identity(caller: &Caller, request_id: &str) -> Value {
    let (account, arn) = (&caller.account, caller.arn());
    match &caller.role {
        Some(role) => json!({
            "RequestId": request_id,
            "AccountId": account,
            "Arn": arn,
            "IdentityType": "AssumedRoleUser",
            "PrincipalId": format!("{ROLE_ID}:{}", role.session),
            "RoleId": ROLE_ID,
        }),
        None => json!({
            "RequestId": request_id,
            "AccountId": account,
            "Arn": arn,
            "IdentityType": "RAMUser",
            "PrincipalId": USER_ID,
            "UserId": USER_ID,
        }),
    }
}
