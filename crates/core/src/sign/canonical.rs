//! Sorted lists of parameters and headers, which both signatures are made of.

use alloc::{string::String, vec::Vec};

use crate::{
    http_request::HttpRequest,
    sorted::{self, Pair},
    strings::split,
};

/// The query by name, then by value.
pub(crate) fn sorted_query(query: &[(String, String)]) -> Vec<Pair<'_>> {
    let mut pairs = Vec::with_capacity(query.len());
    for (name, value) in query {
        sorted::insert(&mut pairs, (name, value));
    }
    pairs
}

/// The names of the headers in lower case, one a line: one text is less work than many.
pub(crate) fn names(request: &HttpRequest) -> String {
    let mut names = String::with_capacity(256);
    for (name, _) in &request.headers {
        names.push_str(name);
        names.push('\n');
    }
    names.make_ascii_lowercase();
    names
}

/// Those of such names that are wanted, sorted, each once.
pub(crate) fn sorted_names(names: &str, wanted: fn(&str) -> bool) -> Vec<Pair<'_>> {
    let mut sorted = Vec::with_capacity(12);
    for name in split(names, "\n") {
        if wanted(name) && !sorted.contains(&(name, "")) {
            sorted::insert(&mut sorted, (name, ""));
        }
    }
    sorted
}

/// Recognises an `x-acs-*` header, its name in lower case.
pub(crate) fn is_acs_header(name: &str) -> bool {
    name.starts_with("x-acs-")
}

/// The trimmed values of a header, sorted, in a list that is used again for each header.
pub(crate) fn values<'a>(values: &mut Vec<Pair<'a>>, request: &'a HttpRequest, name: &str) {
    values.clear();
    for (known, value) in &request.headers {
        if known.eq_ignore_ascii_case(name) {
            sorted::insert(values, (value.trim_ascii(), ""));
        }
    }
}
