//! Credentials of the RAM role of an ECS instance, from its metadata service, requested as by the official SDK
//! (`alibabacloud_credentials/provider/ecs_ram_role.py`), with a token first, and without one where there is none.

use std::time::Duration;

use axum::body::Bytes;
use havenask_core::{Credentials, Timestamp};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Method, Request};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{CredentialError, parse::credentials};

const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
const TOKENS: &str = "/latest/api/token";
const TOKEN: &str = "x-aliyun-ecs-metadata-token";
const TOKEN_TTL: &str = "x-aliyun-ecs-metadata-token-ttl-seconds";
/// The timeout of a request; the service is on the same machine.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(2);
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// Credentials of a role, as the service returns them.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RoleCredentials {
    code: String,
    access_key_id: String,
    access_key_secret: String,
    security_token: String,
    expiration: String,
}

/// Fetches the credentials of a role, or of the one that the instance has, with their expiry.
pub(super) async fn fetch(
    metadata: &str,
    role: Option<&str>,
) -> Result<(Credentials, Option<i64>), CredentialError> {
    let token = ask(metadata, Method::PUT, TOKENS, (TOKEN_TTL, "21600")).await.ok();
    let token =
        token.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let get = async |path: &str| ask(metadata, Method::GET, path, (TOKEN, token)).await;
    let role = match role {
        Some(role) => role.to_owned(),
        None => String::from_utf8_lossy(&get(ROLES).await?).trim().to_owned(),
    };
    let answer = get(&[ROLES, &role].concat()).await?;
    let failed = || {
        CredentialError(format!(
            "the metadata service has no keys for the role {role:?}. See which role this ECS instance has."
        ))
    };
    let answer: RoleCredentials = serde_json::from_slice(&answer).map_err(|_| failed())?;
    let expires = Timestamp::parse(&answer.expiration).ok_or_else(failed)?;
    if answer.code != "Success" {
        return Err(failed());
    }
    let credentials = credentials([
        ("AccessKeyId", Some(answer.access_key_id)),
        ("AccessKeySecret", Some(answer.access_key_secret)),
        ("SecurityToken", Some(answer.security_token)),
    ]);
    let credentials = credentials.map_err(|error| {
        CredentialError(format!("the metadata service, role {role:?}: {error}."))
    })?;
    // Without a token they are no keys of a role.
    credentials.security_token().ok_or_else(failed)?;
    Ok((credentials, Some(expires.unix())))
}

async fn ask(
    metadata: &str,
    method: Method,
    path: &str,
    (name, value): (&str, &str),
) -> Result<Zeroizing<Vec<u8>>, CredentialError> {
    let failed = |why: String| {
        CredentialError(format!(
            "the metadata service {metadata}{path}: {why}. See whether this is an ECS instance, and has a RAM role."
        ))
    };
    let mut request = Request::builder().method(method).uri([metadata, path].concat());
    if !value.is_empty() {
        request = request.header(name, value);
    }
    let request = request.body(Empty::<Bytes>::new()).map_err(|error| failed(error.to_string()))?;
    let exchange = async {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let answer = client.request(request).await.map_err(|error| failed(error.to_string()))?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), MAX_RESPONSE_BYTES).collect().await;
        let body = body.map_err(|error| failed(error.to_string()))?.to_bytes();
        if status.is_success() {
            Ok(Zeroizing::new(body.to_vec()))
        } else {
            Err(failed(format!("it answers {status}")))
        }
    };
    let answered = tokio::time::timeout(REQUEST_TIMEOUT, exchange).await;
    answered.unwrap_or_else(|_| Err(failed("no answer".to_owned())))
}
