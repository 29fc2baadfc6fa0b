//! Errors: of requests, as the cloud writes them, and of starting an emulator.

mod api_error;
pub(crate) mod codes;
mod emulator_error;

pub(crate) use self::api_error::ApiError;
pub use self::emulator_error::EmulatorError;
