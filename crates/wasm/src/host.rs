//! Host functions: memory, the time, and random bytes.

use havenask_core::{SigningContext, Timestamp, sign};
use wasm_bindgen::prelude::wasm_bindgen;

/// The standard library would bring its own, with the machinery to print a panic: together a third of the wasm.
#[cfg(target_arch = "wasm32")]
mod alone {
    #[global_allocator]
    static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn milliseconds() -> f64;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

/// A date and a nonce: the given ones, or now and a random one.
pub(crate) fn signing_context(
    date: Option<Timestamp>,
    nonce: Option<alloc::string::String>,
) -> SigningContext {
    #[allow(clippy::cast_possible_truncation, reason = "a clock shows far less")]
    let now = || Timestamp::from_unix((milliseconds() / 1000.0) as i64);
    let random = || {
        let mut random = [0; 16];
        fill(&mut random);
        sign::nonce(&random)
    };
    SigningContext { date: date.unwrap_or_else(now), nonce: nonce.unwrap_or_else(random) }
}
