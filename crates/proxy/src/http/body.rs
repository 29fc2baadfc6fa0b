//! Reads the body of a request, within its limits.

use axum::body::Body;
use havenask_core::ErrorCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::config::Limits;

/// Bytes of a body that are read, and dropped beyond its limit, so that its sender can read why it is refused: many write everything
/// before they read the response.
const DROPPED_BYTES: usize = 16 * 1024 * 1024;

/// Reads the whole body.
pub(super) async fn read(body: Body, limits: Limits) -> Result<Vec<u8>, ErrorCode> {
    let mut body = Limited::new(body, DROPPED_BYTES);
    let reading = async {
        let mut bytes = Vec::new();
        let mut length = 0;
        while let Some(frame) = body.frame().await {
            // It ended early, or a chunk is malformed.
            let frame = frame.map_err(|error| {
                let too_large = error.is::<LengthLimitError>();
                if too_large { ErrorCode::BodyTooLarge } else { ErrorCode::BodyIncomplete }
            })?;
            let Some(data) = frame.data_ref() else { continue };
            length += data.len();
            if length <= limits.max_body_bytes {
                bytes.extend_from_slice(data);
            }
        }
        if length > limits.max_body_bytes { Err(ErrorCode::BodyTooLarge) } else { Ok(bytes) }
    };
    tokio::time::timeout(limits.body_timeout, reading).await.unwrap_or(Err(ErrorCode::BodyTimeout))
}
