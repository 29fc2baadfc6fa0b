//! The request for a shell.

use alloc::string::String;

use crate::{
    model::CreateInstanceRequest,
    strings::{concat, replace},
};

/// The body, as one word.
pub(super) fn body(request: &CreateInstanceRequest) -> String {
    concat(&["'", &replace(&request.to_json(), "'", "'\\''"), "'"])
}
