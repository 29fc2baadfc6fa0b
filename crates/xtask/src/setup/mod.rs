//! Set-up: tools, browsers, toolchains and packages that builds and tests need.

pub(crate) mod apt;
mod browser;
pub(crate) mod cache;
pub(crate) mod compiler;
mod debian;
mod engines;
pub(crate) mod faketime;
mod lazy;
mod load;
mod node;
pub(crate) mod path;
pub(crate) mod postgres;
mod program;
mod python;
mod target;
pub(crate) mod tools;
pub(crate) mod wasm_target;

pub(crate) use self::lazy::{Browser, Setup};
pub(crate) use self::target::WASM;
