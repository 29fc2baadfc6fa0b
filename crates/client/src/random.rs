//! Numbers that nobody can guess, from the host's `crypto`.

use havenask_core::sign;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["globalThis", "crypto"], js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

/// A new idempotency key.
#[must_use]
pub fn idempotency_key() -> String {
    let mut random = [0; 16];
    fill(&mut random);
    sign::nonce(&random)
}
