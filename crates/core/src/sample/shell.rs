//! The request for a shell.

use alloc::string::String;

use crate::model::CreateInstanceRequest;

/// The body, as one word.
pub(super) fn body(request: &CreateInstanceRequest) -> String {
    let mut word = String::with_capacity(512);
    word.push('\'');
    for (index, piece) in request.to_json().split('\'').enumerate() {
        word.push_str(if index == 0 { "" } else { "'\\''" });
        word.push_str(piece);
    }
    word.push('\'');
    word
}
