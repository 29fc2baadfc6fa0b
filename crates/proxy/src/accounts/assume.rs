//! `AssumeRole` of STS.

use havenask_core::{Credentials, Locale, identity::assume_role, json::Value, response};
use serde::Deserialize;

use crate::{
    config::RoleArn,
    credentials::RoleCredentials,
    upstream::{OutgoingRequest, Upstream},
};

/// The response of STS.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AssumeRoleResponse {
    credentials: RoleCredentials,
}

/// Assumes a role; returns its credentials and their expiry, or the reason that there are none.
pub(crate) async fn assume(
    sts: &Upstream,
    role: &RoleArn,
    session: &str,
) -> Result<(Credentials, i64), String> {
    let arn = &role.text;
    let asking = OutgoingRequest::Unsigned(assume_role(arn, session));
    let answer = sts.query(asking, Locale::En).await;
    let answer =
        answer.map_err(|failure| format!("{arn}: {} {}", failure.code, failure.message))?;
    if answer.status != 200 {
        let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
        let failure = response::parse_failure(answer.status, body.as_ref(), Locale::En);
        return Err(format!("{arn}: {} ({})", failure.code, answer.status));
    }
    let unreadable = || format!("{arn}: STS answers without credentials");
    let response: AssumeRoleResponse =
        serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
    let read = response.credentials.read().map_err(|error| format!("{arn}: {error}"))?;
    read.ok_or_else(unreadable)
}
