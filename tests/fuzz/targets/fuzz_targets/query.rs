#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| havenask_fuzz::query::laws(bytes));
