#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| havenask_fuzz::idempotency_key::laws(bytes));
