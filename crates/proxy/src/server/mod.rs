//! The server.

mod connections;
mod error;
mod start;

pub use self::{
    error::StartError,
    start::{Running, start},
};
