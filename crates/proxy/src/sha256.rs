//! SHA-256, as it is written in headers and in the ledger.

use havenask_core::{model::CreateInstanceRequest, purchase::order_content};
use sha2::{Digest, Sha256};

/// The SHA-256 of texts one after the other, in hexadecimal.
pub(crate) fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let digits = hash.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])).collect()
}

/// The SHA-256 of the content of an order: the same for one that is repeated.
pub(crate) fn of_content(request: &CreateInstanceRequest) -> String {
    sha256(&[order_content(request).as_bytes()])
}
