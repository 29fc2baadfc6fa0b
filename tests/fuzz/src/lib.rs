//! Laws of the core for any bytes that a stranger sends: one file a parser, one function a file, which panics where a law
//! is broken.
//!
//! `cargo test` runs them on the files of `corpus/`, `cargo xtask fuzz` on bytes that libFuzzer makes up
//! (`targets/`, a crate of its own, because libFuzzer is C++).

#![allow(
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a law that is broken panics: libFuzzer and the tests wait for that"
)]

pub mod answer;
pub mod date;
pub mod idempotency_key;
pub mod query;
pub mod request;
pub mod verify;
mod wire;

/// Panics where bytes break a law.
pub type Laws = fn(&[u8]);

/// Every target: its name, which is that of its folder in `corpus/`, and its laws.
pub const TARGETS: [(&str, Laws); 6] = [
    ("answer", answer::laws),
    ("date", date::laws),
    ("idempotency_key", idempotency_key::laws),
    ("query", query::laws),
    ("request", request::laws),
    ("verify", verify::laws),
];
