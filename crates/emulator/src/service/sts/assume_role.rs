//! `AssumeRole`.

use havenask_core::{Timestamp, identity::ASSUME_ROLE};
use serde_json::json;

use super::principal_ids::ROLE_ID;
use crate::{
    caller::{AssumedRole, Caller},
    error::ApiError,
    http,
    operation::{ApiOperation, HandlerResult, RPC_PATH, RequestContext},
    product::STS,
    service::{json, state::Service},
};

pub(crate) const OPERATION: ApiOperation =
    STS.operation(ASSUME_ROLE, &["GET", "POST"], RPC_PATH, |service, context| {
        Box::pin(async move { assume_role(service, &context) })
    });

const DURATION: i64 = 3600;
const DURATIONS: std::ops::RangeInclusive<i64> = 900..=43_200;

/// Hands out credentials of a role. Every role of every account may be assumed: the emulator has no policies.
fn assume_role(service: &Service, context: &RequestContext<'_>) -> HandlerResult {
    let parameters = http::parameters(context.request)?;
    let parameter = |name| json::parameter(&parameters, name);
    let arn = parameter("RoleArn").ok_or_else(|| ApiError::missing("RoleArn"))?;
    let session =
        parameter("RoleSessionName").ok_or_else(|| ApiError::missing("RoleSessionName"))?;
    let (account, name) = role(arn).ok_or_else(|| {
        ApiError::parameter(
            "RoleArn: Write acs:ram::ACCOUNT:role/NAME, with the digits of an account.",
        )
    })?;
    if !(2..=64).contains(&session.len()) || !session.bytes().all(is_of_name) {
        return Err(ApiError::parameter(
            "RoleSessionName: Write 2 to 64 letters, digits and characters of .@-_",
        ));
    }
    let seconds = parameter("DurationSeconds").map_or(Ok(DURATION), str::parse);
    let seconds = seconds.ok().filter(|seconds| DURATIONS.contains(seconds));
    let seconds = seconds.ok_or_else(|| {
        ApiError::parameter("DurationSeconds: Write a whole number from 900 to 43200.")
    })?;
    let role = AssumedRole { name: name.to_owned(), session: session.to_owned() };
    let caller = Caller { account: account.to_owned(), role: Some(role) };
    let issued = service.temporary_credentials.issue(caller, context.now, seconds);
    json::body(&json!({
        "RequestId": context.request_id,
        "AssumedRoleUser": {
            "Arn": issued.caller.arn(),
            "AssumedRoleId": format!("{ROLE_ID}:{session}"),
        },
        "Credentials": {
            "AccessKeyId": issued.credentials.access_key_id(),
            "AccessKeySecret": issued.credentials.access_key_secret(),
            "SecurityToken": issued.credentials.security_token(),
            "Expiration": Timestamp::from_unix(issued.expires_at).iso(),
        },
    }))
}

/// Account and name of a role.
fn role(arn: &str) -> Option<(&str, &str)> {
    let (account, name) = arn.strip_prefix("acs:ram::")?.split_once(":role/")?;
    let is_account = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = !name.is_empty() && name.bytes().all(is_of_name);
    (is_account && is_name).then_some((account, name))
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'@' | b'-' | b'_')
}
