//! `cargo xtask test`.

mod report;
mod run;
mod rust_steps;
mod script_steps;
mod step;
mod steps;

pub(crate) use self::run::{list, run};
pub(crate) use self::script_steps::{package_tests, sdk_tests};
