//! The same `CreateInstance` as code that a developer copies. A sample runs as it is once the package that its first line
//! names is installed, takes the keys from the environment, and never tries twice: the API has no idempotency token, so
//! that a second try can buy a second instance.

mod cli;
mod curl;
mod dialect;
mod go;
mod java;
mod javascript;
mod language;
mod node;
mod python;
mod render;
mod shell;
mod template;

pub use self::{language::SampleLanguage, render::render};
