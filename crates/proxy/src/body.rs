//! Takes the body of a request, within its limits.

use axum::body::Body;
use havenask_core::ErrorCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::config::Limits;

/// How much of a body that is too large is read and dropped, so that its sender can read why it is refused: many write
/// everything before they look at the answer.
const DROPPED_BYTES: usize = 16 * 1024 * 1024;

/// The whole body, or why not.
pub(crate) async fn take(body: Body, limits: Limits) -> Result<Vec<u8>, ErrorCode> {
    let mut body = Limited::new(body, DROPPED_BYTES);
    let read = async {
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
            if length <= limits.body_bytes {
                bytes.extend_from_slice(data);
            }
        }
        if length > limits.body_bytes { Err(ErrorCode::BodyTooLarge) } else { Ok(bytes) }
    };
    tokio::time::timeout(limits.body, read).await.unwrap_or(Err(ErrorCode::BodyTimeout))
}
