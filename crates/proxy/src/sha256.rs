//! SHA-256, as it is written in headers and in the ledger.

use havenask_core::{hex, model::CreateInstanceRequest, purchase::order_content};
use sha2::{Digest, Sha256};

/// The SHA-256 of texts one after the other, in hexadecimal.
pub(crate) fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex::encode(&hash.finalize())
}

/// The SHA-256 of the content of an order: the same for one that is repeated.
pub(crate) fn of_content(request: &CreateInstanceRequest) -> String {
    sha256(&[order_content(request).as_bytes()])
}
