//! JSON Pointer (RFC 6901).

use alloc::string::String;

use crate::strings::{concat, replace};

/// One more step of a JSON Pointer, escaped.
pub(crate) fn pointer(parent: &str, step: &str) -> String {
    concat(&[parent, "/", &replace(&replace(step, "~", "~0"), "/", "~1")])
}
