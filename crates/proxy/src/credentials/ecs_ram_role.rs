//! Credentials of the RAM role of an ECS instance, from its metadata service, requested as by the official SDK
//! (`alibabacloud_credentials/provider/ecs_ram_role.py`), with a token first, and without one where there is none.

use std::time::Duration;

use axum::body::Bytes;
use havenask_core::Credentials;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Method, Request};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{CredentialError, role_credentials::RoleCredentials};

const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
const TOKENS: &str = "/latest/api/token";
const TOKEN: &str = "x-aliyun-ecs-metadata-token";
const TOKEN_TTL: &str = "x-aliyun-ecs-metadata-token-ttl-seconds";
/// The timeout of a request; the service is on the same machine.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(2);
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The response of the service.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MetadataResponse {
    code: String,
    #[serde(flatten)]
    credentials: RoleCredentials,
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
    let answer: MetadataResponse = serde_json::from_slice(&answer).map_err(|_| failed())?;
    if answer.code != "Success" {
        return Err(failed());
    }
    let read = answer.credentials.read().map_err(|error| {
        CredentialError(format!("the metadata service, role {role:?}: {error}."))
    })?;
    // Without a token they are no keys of a role.
    let (credentials, expires) = read.ok_or_else(failed)?;
    Ok((credentials, Some(expires)))
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
