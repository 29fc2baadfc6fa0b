//! SHA-256, as it is written in headers and in the ledger.

use std::fmt::Write;

use havenask_core::{model::CreateInstanceRequest, purchase::order_content};
use sha2::{Digest, Sha256};

/// The SHA-256 of texts one after the other, in hexadecimal.
pub(crate) fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a String does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The SHA-256 of the content of an order: the same for one that is repeated.
pub(crate) fn of_content(request: &CreateInstanceRequest) -> String {
    sha256(&[order_content(request).as_bytes()])
}
