//! `cargo xtask bench`.

mod machine;
mod run;
mod table;

pub(crate) use self::run::run;
