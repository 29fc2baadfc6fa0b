//! Numbers that nobody can guess, from the host's `crypto`.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["globalThis", "crypto"], js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

/// A new nonce, of the form that the official SDKs use: 32 hexadecimal digits.
#[must_use]
pub fn nonce() -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut bytes = [0; 16];
    fill(&mut bytes);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(HEX[usize::from(digit)])).collect()
}

/// A new idempotency key.
#[must_use]
pub fn idempotency_key() -> String {
    nonce()
}
